import { IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../../api/problem';
import { useFormat, useLanguage } from '../../lib/viewer';
import { StageTrack } from '../journey/StageTrack';
import { pagesFor } from '../pages';
import { journeyQuery, plansQuery, surveysQuery, type NextStep } from '../requests';
import { Go } from '../router';
import { Mark } from '../ui/Mark';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Failure, Skeleton } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { useIsViewed, useMe } from '../who';
import { PlanGlance } from './PlanGlance';
import { nextOfOurs, waitingFor, type Waiting } from './waiting';
import classes from './Home.module.css';

/** What waits for the reader first, then where they are on their way, then what the vendor does next. */
export function HomePage() {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const me = useMe();
  const { shows } = me;
  const plans = useQuery({ ...plansQuery, enabled: shows.plan });
  const journey = useQuery({ ...journeyQuery, enabled: shows.journey });
  const surveys = useQuery({ ...surveysQuery, enabled: shows.surveys });
  const asked = [plans, journey, surveys];
  // What is no longer shared since the page was opened is not there: that is no failure.
  const failed = asked.find(({ isError, error }) => isError && !isProblem(error, 404));
  const isComing = asked.some(({ isLoading }) => isLoading);
  const asks = shows.plan || shows.journey || shows.surveys;
  const way = journey.data ?? undefined; // null: on no journey yet
  const waiting = waitingFor({ plans: plans.data, journey: way, surveys: surveys.data?.items });
  const ours = nextOfOurs(way);
  return (
    <Page title={t('home.title', { name: me.person.name })} lead={me.vendor.welcome[language] || undefined}>
      {failed && <Failure error={failed.error} onRetry={() => asked.forEach((each) => void each.refetch())} />}
      {isComing && <Skeleton height_px={220} />}
      {!isComing && asks && !(failed && waiting.length === 0) && (
        <Section title={t('home.waiting')}>
          {waiting.length === 0 ? (
            <p className={ui.quiet}>{t('home.nothingWaits')}</p>
          ) : (
            <ul className={classes.waiting}>
              {waiting.map((each) => (
                <WaitingRow key={`${each.kind} ${each.key}`} waiting={each} />
              ))}
            </ul>
          )}
        </Section>
      )}
      {way && (
        <Section title={t('home.journey')} aside={<Go to="/portal/journey">{t('home.more')}</Go>}>
          <StageTrack journey={way} />
        </Section>
      )}
      {plans.data && <PlanGlance plans={plans.data} />}
      {ours.length > 0 && (
        <Section title={t('home.ours')}>
          <ul className={classes.ours}>
            {ours.map((step) => (
              <OurStep key={`${step.kind} ${step.key}`} step={step} />
            ))}
          </ul>
        </Section>
      )}
      {!asks &&
        (pagesFor(me).length === 1 ? (
          <Empty title={t('home.nothingShared')}>{t('home.nothingSharedHelp')}</Empty>
        ) : (
          <ul className={classes.links}>
            {pagesFor(me)
              .slice(1)
              .map(({ path, name }) => (
                <li key={path}>
                  <Go to={path}>{t(`page.${name}`)}</Go>
                </li>
              ))}
          </ul>
        ))}
    </Page>
  );
}

function OurStep({ step }: { step: NextStep }) {
  const language = useLanguage();
  const format = useFormat();
  return (
    <li>
      <p>{step.name[language]}</p>
      {step.due && (
        <p className={ui.quiet}>
          {format.day(step.due)} · {format.relativeDay(step.due)}
        </p>
      )}
    </li>
  );
}

function WaitingRow({ waiting }: { waiting: Waiting }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const isViewed = useIsViewed();
  const due = waiting.kind === 'action' ? waiting.due : waiting.kind === 'survey' ? waiting.until : null;
  const inside = (
    <>
      <span className={classes.what}>
        <span className={classes.kind}>
          {t(`home.kind.${waiting.kind}`)}
          {waiting.kind === 'action' && waiting.isMine && <Mark>{t('action.mine')}</Mark>}
          {waiting.kind === 'action' && waiting.isLate && <Mark tone="mind">{t('action.late')}</Mark>}
        </span>
        <span className={classes.name}>{waiting.name[language]}</span>
        {due && (
          <span className={ui.quiet}>
            {t('action.due', { day: format.day(due) })} · {format.relativeDay(due)}
          </span>
        )}
      </span>
      <IconChevronRight size={20} aria-hidden />
    </>
  );
  if (waiting.kind !== 'survey') {
    return (
      <li>
        <Go to={waiting.to}>{inside}</Go>
      </li>
    );
  }
  // Answering is the customer's: who only looks is led to the list of the questions.
  return <li>{isViewed ? <Go to="/portal/surveys">{inside}</Go> : <a href={waiting.url}>{inside}</a>}</li>;
}
