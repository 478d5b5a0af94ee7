import { IconCheck, IconCircle, IconCircleCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';
import { journeyQuery, useConfirmMilestone, type Milestone, type Stage } from '../requests';
import { Button } from '../ui/Button';
import { Mark } from '../ui/Mark';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Loaded } from '../ui/States';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useTellProblem } from '../ui/use-tell-problem';
import { Feeling } from './Feeling';
import classes from './Journey.module.css';
import { StageTrack } from './StageTrack';

/** The way to the outcome: every stage with what is to be reached in it, by data or by the customer's word. */
export function JourneyPage() {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const journey = useQuery(journeyQuery);
  return (
    <Page title={t('page.journey')} lead={t('journey.lead')}>
      <Loaded query={journey} height_px={480}>
        {(known) =>
          known === null ? (
            <Empty title={t('journey.none')}>{t('journey.noneHelp')}</Empty>
          ) : (
            <>
              <Section title={known.name[language]}>
                <StageTrack journey={known} />
              </Section>
              {known.stages.map((stage) => (
                <StageSection key={stage.key} stage={stage} />
              ))}
              <Feeling key={known.my_feeling?.day} known={known.my_feeling} />
            </>
          )
        }
      </Loaded>
    </Page>
  );
}

const tones = { passed: 'good', current: 'mind', ahead: 'plain' } as const;

function StageSection({ stage }: { stage: Stage }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  return (
    <Section
      title={stage.name[language]}
      aside={<Mark tone={tones[stage.state]}>{t(`journey.state.${stage.state}`)}</Mark>}
    >
      {stage.outcome[language] && <p>{t('journey.outcome', { outcome: stage.outcome[language] })}</p>}
      {stage.milestones.length > 0 && (
        <ul className={classes.milestones}>
          {stage.milestones.map((milestone) => (
            <MilestoneRow key={milestone.key} milestone={milestone} />
          ))}
        </ul>
      )}
    </Section>
  );
}

function MilestoneRow({ milestone }: { milestone: Milestone }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const confirm = useConfirmMilestone();
  const tellProblem = useTellProblem();
  const { name, reached_on, confirmed_on, can_confirm } = milestone;
  const set = (confirmed: boolean) =>
    carryOut(
      confirm,
      { milestone: milestone.key, confirmed, words: '' },
      {
        onSuccess: () => tell(confirmed ? t('journey.thanks') : t('journey.takenBack')),
        onError: tellProblem,
      },
    );
  const Icon = confirmed_on ? IconCircleCheck : reached_on ? IconCheck : IconCircle;
  return (
    <li data-reached={reached_on !== null || confirmed_on !== null || undefined}>
      <Icon size={20} aria-hidden />
      <div className={classes.milestone}>
        <p>
          {name[language]}
          {!milestone.is_required && <span className={ui.quiet}> {t('journey.optional')}</span>}
        </p>
        {reached_on && <p className={ui.quiet}>{t('journey.reached', { day: format.day(reached_on) })}</p>}
        {confirmed_on && <p className={ui.quiet}>{t('journey.confirmed', { day: format.day(confirmed_on) })}</p>}
      </div>
      {can_confirm && (
        <Button
          isDeed
          isBusy={confirm.isPending}
          look={confirmed_on ? 'quiet' : 'plain'}
          onClick={() => set(confirmed_on === null)}
        >
          {confirmed_on ? t('journey.takeBack') : t('journey.confirm')}
          <span className="visually-hidden">: {name[language]}</span>
        </Button>
      )}
    </li>
  );
}
