import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountPlansQuery, planQuery, wordsIn, type Goal, type Plan, type PlanLine } from '../../../api/plans';
import { ErrorState } from '../../../components/ErrorState';
import { ConfirmationBadge, GoalStatusBadge } from '../../../components/goals/GoalBadges';
import { NewPlanDialog } from '../../../components/goals/NewPlanDialog';
import { NextStepText } from '../../../components/goals/NextStepText';
import { useAsOf } from '../../../lib/as-of';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { Grounds, Trouble } from '../journey/PositionFacts';
import { accountJourneyQuery } from '../journey/requests';
import type { Subject } from '../requests';
import { SectionLink } from '../SectionLink';
import { useAccountAddress } from '../use-account-address';
import { useCanEdit } from '../use-subject';
import classes from './Lead.module.css';

/** What the customer wants comes before how they are doing: why they bought, their goals, what is next, and where. */
export function Lead({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const { section } = useAccountAddress();
  const plans = useQuery(accountPlansQuery(subject.id, subject.asOf));
  const living = plans.data?.find(({ state }) => state !== 'closed');
  return (
    <section className={classes.lead} aria-label={t('lead.title')} data-elsewhere={section !== 'overview' || undefined}>
      {plans.isPending && <Skeleton height={72} />}
      {plans.isError && <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />}
      {plans.data && (living ? <Goals line={living} subject={subject} /> : <Invitation subject={subject} />)}
      <Where subject={subject} />
    </section>
  );
}

function Goals({ line, subject }: { line: PlanLine; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const plan = useQuery(planQuery(line.id, subject.asOf));
  if (plan.isPending) return <Skeleton height={72} />;
  if (plan.isError) return <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />;
  const purpose = wordsIn(plan.data.document.purpose, language);
  return (
    <>
      <div className={classes.why}>
        <Text className={classes.label}>{t('lead.why')}</Text>
        <Text className={classes.purpose} title={purpose}>
          {purpose || t('lead.noPurpose')}
        </Text>
        <Text className={classes.label} mt={8}>
          {t('plan.nextStep')}
        </Text>
        <NextStepText step={plan.data.next_step} />
      </div>
      <div className={classes.goals}>
        <div className={classes.head}>
          <Text className={classes.label}>{t('plan.goals')}</Text>
          <SectionLink section="plan" />
        </div>
        <GoalRows plan={plan.data} />
      </div>
    </>
  );
}

const mostGoals = 4;

function GoalRows({ plan }: { plan: Plan }) {
  const { t } = useTranslation('account');
  const open = plan.document.goals.filter(({ closed_on }) => closed_on === null);
  const shown = (open.length > 0 ? open : plan.document.goals).slice(0, mostGoals);
  if (shown.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('plan.noGoals')}
      </Text>
    );
  return (
    <ul className={classes.rows}>
      {shown.map((goal) => (
        <GoalRow key={goal.key} goal={goal} plan={plan} />
      ))}
      {plan.document.goals.length > shown.length && (
        <li>
          <Text fz="xs" c="dimmed">
            {t('lead.more', { count: plan.document.goals.length - shown.length })}
          </Text>
        </li>
      )}
    </ul>
  );
}

function GoalRow({ goal, plan }: { goal: Goal; plan: Plan }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  const standing = plan.goals.find(({ key }) => key === goal.key);
  const name = wordsIn(goal.name, language);
  const progress = standing?.progress;
  const share = progress === null || progress === undefined ? null : Math.min(1, Math.max(0, progress));
  return (
    <li>
      <Anchor
        inherit
        truncate
        title={name}
        renderRoot={(props) => (
          <Link
            to="/plans/$planId"
            params={{ planId: String(plan.id) }}
            search={{ panel: `goal~${goal.key}` }}
            {...props}
          />
        )}
      >
        {name}
      </Anchor>
      {standing && <GoalStatusBadge status={standing.status} />}
      <span className={classes.share}>
        {share !== null && (
          <>
            <span className={classes.track} aria-hidden>
              <i style={{ width: `${100 * share}%` }} />
            </span>
            <span aria-label={t('lead.progress', { percent: format.percent(share, 0) })}>
              {format.percent(share, 0)}
            </span>
          </>
        )}
      </span>
      {standing && <ConfirmationBadge confirmation={standing.confirmation} />}
    </li>
  );
}

/** Nobody asked yet what the customer wants to reach: this is where it begins. */
function Invitation({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const { isPast } = useAsOf();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  return (
    <div className={classes.invitation}>
      <IconTargetArrow size={22} stroke={1.6} aria-hidden />
      <div>
        <Text fw={600}>{isPast ? t('plan.nonePast') : t('lead.none')}</Text>
        {!isPast && (
          <Text fz="sm" c="dimmed">
            {t('lead.noneHelp')}
          </Text>
        )}
      </div>
      {canEdit && (
        <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setCreating(true)}>
          {t('plan.create')}
        </Button>
      )}
      <NewPlanDialog
        account={creating ? Number(subject.id) : null}
        onClose={() => setCreating(false)}
        onCreated={({ id }) => void navigate({ to: '/plans/$planId', params: { planId: String(id) } })}
      />
    </div>
  );
}

/** Where on the journey, assumed, proven and confirmed apart. Nothing where the account is on none, or in the past. */
function Where({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const journey = useQuery({ ...accountJourneyQuery(subject.id), enabled: subject.asOf === undefined });
  const { map, position } = journey.data ?? {};
  if (!map || !position) return null;
  return (
    <div className={classes.where}>
      <div className={classes.head}>
        <Text className={classes.label}>{t('lead.where')}</Text>
        <SectionLink section="journey" />
      </div>
      <dl className={classes.grounds}>
        <Grounds map={map} position={position} />
      </dl>
      <Trouble position={position} />
    </div>
  );
}
