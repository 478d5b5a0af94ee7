import { useQuery } from '@tanstack/react-query';
import { useEffect } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import { plansQuery, type Plan } from '../requests';
import { useHash } from '../router';
import { Mark } from '../ui/Mark';
import { Page } from '../ui/Page';
import { Section } from '../ui/Section';
import { Empty, Loaded } from '../ui/States';
import ui from '../ui/Ui.module.css';
import { useIsViewed } from '../who';
import { ActionRow } from './ActionRow';
import { GoalCard } from './GoalCard';
import { finished, openOfOurs, openOfTheirs, waitsForWord } from './order';
import classes from './Plan.module.css';
import { Timeline } from './Timeline';

/** What was agreed, how far it is, and what is to do: one plan after the other, mostly one. */
export function PlanPage() {
  const { t } = useTranslation('texts');
  const plans = useQuery(plansQuery);
  const items = plans.data?.items;
  useScrollToHash(items !== undefined);
  return (
    <Page title={t('page.plan')} lead={t('plan.lead')}>
      <Loaded query={plans} height_px={480}>
        {({ items, as_of }) =>
          items.length === 0 ? (
            <Empty title={t('plan.none')}>{t('plan.noneHelp')}</Empty>
          ) : (
            items.map((plan) => <OnePlan key={plan.id} plan={plan} today={as_of} />)
          )
        }
      </Loaded>
    </Page>
  );
}

/** A link from elsewhere names the goal or action it means; it is there only once the plan is. */
function useScrollToHash(isHere: boolean) {
  const hash = useHash();
  useEffect(() => {
    if (isHere && hash !== '') document.getElementById(hash)?.scrollIntoView();
  }, [hash, isHere]);
}

function OnePlan({ plan, today }: { plan: Plan; today: string }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const isViewed = useIsViewed();
  const waiting = plan.goals.filter(waitsForWord).length;
  return (
    <article className={ui.stack} aria-label={plan.name[language]}>
      <div className={ui.card}>
        <div className={ui.row}>
          <h2>{plan.name[language]}</h2>
          <Mark tone={plan.state === 'active' ? 'good' : 'plain'}>{t(`plan.state.${plan.state}`)}</Mark>
        </div>
        {plan.purpose[language] && (
          <dl className={classes.facts}>
            <div>
              <dt>{t('plan.purpose')}</dt>
              <dd>{plan.purpose[language]}</dd>
            </div>
          </dl>
        )}
        {plan.sent_on && <p className={ui.quiet}>{t('plan.sentOn', { day: format.day(plan.sent_on) })}</p>}
      </div>
      {waiting > 0 && plan.state !== 'closed' && (
        <div className={`${ui.notice} ${classes.ask}`}>
          <p>
            <strong>{t('plan.pleaseConfirm', { count: waiting })}</strong>
          </p>
          <p>{isViewed ? t('viewed.noDeeds') : t('plan.confirmHelp')}</p>
        </div>
      )}
      {plan.goals.map((goal) => (
        <GoalCard key={goal.key} plan={plan} goal={goal} today={today} />
      ))}
      <Actions plan={plan} today={today} />
      <Timeline plan={plan} today={today} />
    </article>
  );
}

function Actions({ plan, today }: { plan: Plan; today: string }) {
  const { t } = useTranslation('texts');
  const [theirs, ours, done] = [openOfTheirs(plan), openOfOurs(plan), finished(plan)];
  if (plan.actions.length === 0) return null;
  const list = (actions: typeof theirs) => (
    <ul className={classes.actions}>
      {actions.map((action) => (
        <ActionRow key={action.key} plan={plan} action={action} today={today} />
      ))}
    </ul>
  );
  return (
    <>
      <Section title={t('action.theirs')}>
        {theirs.length === 0 ? <p className={ui.quiet}>{t('action.noneOfTheirs')}</p> : list(theirs)}
      </Section>
      {ours.length > 0 && <Section title={t('action.ours')}>{list(ours)}</Section>}
      {done.length > 0 && (
        <details className={ui.card}>
          <summary>{t('action.done', { count: done.length })}</summary>
          {list(done)}
        </details>
      )}
    </>
  );
}
