import { Group, Input, SegmentedControl, Select, Text } from '@mantine/core';
import { memo, useId, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { InfoTip } from '../../components/InfoTip';
import { useLanguage } from '../../lib/viewer';
import classes from './Lab.module.css';
import { useOutcomeName } from './outcome-name';
import { SenseSwitch } from './SenseSwitch';
import {
  leadDays,
  type LeadDays,
  type Outcome,
  type ReadyPanel,
  type ScorecardDefinition,
  type ScorecardLevel,
  type Sense,
} from './types';
import { useLabAddress } from './use-lab-address';

interface ChoiceBarProps {
  panel: ReadyPanel;
  scorecard: ScorecardDefinition;
  use: 'published' | 'draft';
  isTuned: boolean;
  outcome: Outcome | undefined;
  /** Undefined where only the reader can say, and has not yet. */
  sense: Sense | undefined;
  levels: readonly ScorecardLevel[];
  /** Undefined until the server has said which one it takes by itself. */
  level: string | undefined;
}

const withoutSegment = '';
const manyOutcomes = 10;

/** What is judged, and against what. */
export const ChoiceBar = memo(function ChoiceBar({
  panel,
  scorecard,
  use,
  isTuned,
  outcome,
  sense,
  levels,
  level,
}: ChoiceBarProps) {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const { lead, segment, choose } = useLabAddress();
  const named = ({ key, name }: { key: string; name: { en: string; ja: string } }) => ({
    value: key,
    label: name[language],
  });
  const outcomeName = useOutcomeName();
  const groupOf = (isOfAttribute: boolean) =>
    panel.outcomes
      .filter(({ attribute }) => (attribute !== null) === isOfAttribute)
      .map((each) => ({
        value: each.key,
        label: t('choice.outcomeOf', { name: outcomeName(each), count: each.accounts }),
      }));
  const outcomes = [
    { group: t('choice.ofContracts'), items: groupOf(false) },
    { group: t('choice.ofAttributes'), items: groupOf(true) },
  ].filter(({ items }) => items.length > 0);
  const versions = [
    ...(scorecard.body ? [{ value: 'published', label: t('choice.published') }] : []),
    ...(scorecard.draft_body ? [{ value: 'draft', label: t('choice.draft') }] : []),
  ];
  // From the level at the other end on, everybody would be foreseen.
  const isGood = sense === 'good';
  const offeredLevels = (isGood ? levels.slice(0, -1) : levels.slice(1)).map(({ key, name }, at, offered) => {
    const isLast = at === (isGood ? 0 : offered.length - 1);
    const words = { level: name[language] };
    return { value: key, label: isLast ? name[language] : t(isGood ? 'choice.orBetter' : 'choice.orWorse', words) };
  });
  return (
    <div className={classes.choices} role="group" aria-label={t('choice.title')}>
      <Choice label={t('choice.scorecard')} width_px={200}>
        {(id) => (
          <Select
            id={id}
            size="xs"
            allowDeselect={false}
            data={panel.scorecards.map(named)}
            value={scorecard.key}
            onChange={(key) => key && choose({ scorecard: key, use: undefined, tuned: undefined, level: undefined })}
          />
        )}
      </Choice>
      {versions.length > 1 && (
        <Choice label={t('choice.version')} isGroup>
          {() => (
            <SegmentedControl
              size="xs"
              aria-label={t('choice.version')}
              data={versions}
              value={use}
              onChange={(next) =>
                choose({ use: next === 'draft' ? 'draft' : undefined, ...(isTuned && { tuned: undefined }) })
              }
            />
          )}
        </Choice>
      )}
      <Choice label={t('choice.outcome')} help={t('choice.outcomeHelp')} width_px={220}>
        {(id) => (
          <Select
            id={id}
            size="xs"
            allowDeselect={false}
            searchable={panel.outcomes.length > manyOutcomes}
            data={outcomes}
            value={outcome?.key ?? null}
            onChange={(key) => key && choose({ outcome: key, sense: undefined, level: undefined })}
          />
        )}
      </Choice>
      {outcome?.sense === null && (
        <Choice label={t('choice.sense')} help={t('choice.senseHelp')} isGroup>
          {() => <SenseSwitch sense={sense} onChoose={(next) => choose({ sense: next, level: undefined })} />}
        </Choice>
      )}
      <Choice label={t('choice.lead')} help={t('choice.leadHelp')} isGroup>
        {() => (
          <SegmentedControl
            size="xs"
            aria-label={t('choice.lead')}
            data={leadDays.map((days) => ({ value: String(days), label: t('choice.days', { count: days }) }))}
            value={String(lead)}
            onChange={(days) => choose({ lead: Number(days) as LeadDays })}
          />
        )}
      </Choice>
      <Choice label={t('choice.level')} help={t('choice.levelHelp')} width_px={150}>
        {(id) => (
          <Select
            id={id}
            size="xs"
            allowDeselect={false}
            data={offeredLevels}
            value={level ?? null}
            onChange={(key) => key && choose({ level: key })}
          />
        )}
      </Choice>
      <Choice label={t('choice.segment')} width_px={150}>
        {(id) => (
          <Select
            id={id}
            size="xs"
            allowDeselect={false}
            data={[{ value: withoutSegment, label: t('choice.noSegment') }, ...panel.segment_fields.map(named)]}
            value={segment ?? withoutSegment}
            onChange={(key) => choose({ segment: key || undefined })}
          />
        )}
      </Choice>
    </div>
  );
});

interface ChoiceProps {
  label: string;
  help?: string;
  width_px?: number;
  /** Several controls under one heading, which cannot be the label of one of them. */
  isGroup?: boolean;
  children: (id: string) => ReactNode;
}

function Choice({ label, help, width_px, isGroup = false, children }: ChoiceProps) {
  const id = useId();
  return (
    <div className={classes.choice} style={{ width: width_px }}>
      <Group gap={2} wrap="nowrap" h={20}>
        {isGroup ? (
          <Text fz="xs" c="dimmed" aria-hidden>
            {label}
          </Text>
        ) : (
          <Input.Label htmlFor={id} fz="xs" fw={400} c="dimmed" m={0}>
            {label}
          </Input.Label>
        )}
        {help && <InfoTip about={label}>{help}</InfoTip>}
      </Group>
      {children(id)}
    </div>
  );
}
