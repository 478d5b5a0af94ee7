import { useMediaQuery } from '@mantine/hooks';
import { IconArrowsUpDown } from '@tabler/icons-react';
import { useCallback, useDeferredValue, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { PageHeader } from '../../components/PageHeader';
import { ChoiceBar } from './ChoiceBar';
import { DraftActions } from './DraftActions';
import { Headline } from './Headline';
import classes from './Lab.module.css';
import { useOutcomeName } from './outcome-name';
import { PanelStatus } from './PanelStatus';
import { ResultTabs } from './ResultTabs';
import type { LabTab } from './search';
import { SenseSwitch } from './SenseSwitch';
import { Subject, type Shown } from './subject';
import { SuggestModal } from './SuggestModal';
import { Tuner } from './Tuner';
import type { Question, ReadyPanel, ScorecardBody, ScorecardDefinition } from './types';
import { useJudgement } from './use-judgement';
import { useLabAddress } from './use-lab-address';
import { useTuning } from './use-tuning';

interface WorkbenchProps {
  panel: ReadyPanel;
  definition: ScorecardDefinition;
  /** What the sliders start from. */
  body: ScorecardBody;
  use: 'published' | 'draft';
}

/** Choices above, sliders at the side, and what they mean for the prediction in the middle. */
export function Workbench({ panel, definition, body, use }: WorkbenchProps) {
  const { t } = useTranslation('lab');
  const isNarrow = useMediaQuery('(max-width: 75em)', false, { getInitialValueInEffect: false }) ?? false;
  const [isSuggesting, setSuggesting] = useState(false);
  const address = useLabAddress();
  const { lead, level, segment, tab = 'accuracy', tuned: given, choose } = address;
  const { current, tuning, isTuned, move, set } = useTuning(body, given, choose);

  const outcomeName = useOutcomeName();
  const named = panel.outcomes.find(({ key }) => key === address.outcome) ?? panel.outcomes[0];
  const outcome = named?.key ?? 'churned';
  // Of a contract it is known what is bad; of anything else the reader says it.
  const sense = named?.sense ?? address.sense;
  const isAttribute = named?.sense === null;
  const question = useMemo(
    (): Question => ({
      scorecard: definition.key,
      use: isTuned ? 'body' : use,
      ...(isTuned && { body: current }),
      outcome,
      ...(isAttribute && sense && { sense }),
      lead_days: lead,
      ...(level && { at_level: level }),
      ...(segment && { segment_by: segment }),
    }),
    [definition.key, use, isTuned, current, outcome, isAttribute, sense, lead, level, segment],
  );
  const stamp = `${panel.built_at} ${definition.version} ${definition.updated_at}`;
  const { judged, isBehind, askAgain } = useJudgement(question, {
    stamp,
    withMovers: tab === 'compare',
    hasPublished: definition.body !== null,
    isAsked: sense !== undefined,
  });
  // The hand comes first: figures and charts are drawn when the sliders have been.
  const drawn = useDeferredValue(judged);
  const nameOfOutcome = named ? outcomeName(named) : outcome;
  const { levels } = current;
  const subject = isTuned ? 'tuned' : use;
  const shown = useMemo(
    (): Shown => ({
      scorecard: definition,
      levels,
      outcome: { key: outcome, name: nameOfOutcome },
      leadDays: lead,
      currency: panel.currency,
      subject,
    }),
    [definition, levels, outcome, nameOfOutcome, lead, panel.currency, subject],
  );
  const showTab = useCallback((next: LabTab | undefined) => choose({ tab: next }), [choose]);
  return (
    <Subject value={shown}>
      <PageHeader
        title={t('title')}
        subtitle={t('intro')}
        actions={
          <DraftActions
            definition={definition}
            body={current}
            use={use}
            isTuned={isTuned}
            onReset={() => set({})}
            onSuggest={sense && (() => setSuggesting(true))}
            onSaved={() => choose({ use: 'draft', tuned: undefined }, { replace: true })}
          />
        }
      />
      <ChoiceBar
        panel={panel}
        scorecard={definition}
        use={use}
        isTuned={isTuned}
        outcome={named}
        sense={sense}
        levels={levels}
        level={level ?? drawn.candidate?.at_level}
      />
      <PanelStatus panel={panel} judgement={drawn.candidate} />
      <div className={classes.workbench}>
        <aside className={classes.tuner} aria-label={t('tuner.title')}>
          <Tuner body={current} base={body} tuning={tuning} isFoldable={isNarrow} onMove={move} />
        </aside>
        <div className={classes.results} aria-busy={isBehind}>
          {judged.error != null && <ErrorState error={judged.error} onRetry={askAgain} />}
          {sense ? (
            <Headline judged={drawn} />
          ) : (
            <EmptyState
              icon={IconArrowsUpDown}
              title={t('sense.ask', { outcome: nameOfOutcome })}
              action={<SenseSwitch sense={sense} onChoose={(next) => choose({ sense: next, level: undefined })} />}
            >
              {t('sense.help')}
            </EmptyState>
          )}
        </div>
        {sense && (
          <div className={classes.tabs}>
            <ResultTabs judged={drawn} tab={tab} segment={segment} onTab={showTab} />
          </div>
        )}
      </div>
      {isSuggesting && (
        <SuggestModal
          question={question}
          body={current}
          stamp={stamp}
          onApply={(moved) => {
            move(moved);
            setSuggesting(false);
          }}
          onClose={() => setSuggesting(false)}
        />
      )}
    </Subject>
  );
}
