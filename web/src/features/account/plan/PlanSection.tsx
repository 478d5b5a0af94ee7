import { Anchor, Button, Skeleton, Text } from '@mantine/core';
import { IconArrowRight, IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { accountPlansQuery, accountValueQuery, planQuery, wordsIn, type PlanLine } from '../../../api/plans';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { PlanStateBadge } from '../../../components/goals/GoalBadges';
import { NewPlanDialog } from '../../../components/goals/NewPlanDialog';
import { NextStepText } from '../../../components/goals/NextStepText';
import { ValueBars } from '../../../components/goals/ValueBars';
import { useAsOf } from '../../../lib/as-of';
import { useLanguage } from '../../../lib/viewer';
import { Panel } from '../Panel';
import type { Subject } from '../requests';
import { useCanEdit } from '../use-subject';
import { GoalLines } from './GoalLines';
import classes from './Plan.module.css';

/** The account's living success plan: why they bought, its goals, what happens next, and the value so far. */
export function PlanSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const plans = useQuery(accountPlansQuery(subject.id, subject.asOf));
  if (plans.isPending) return <Skeleton height={320} />;
  if (plans.isError) return <ErrorState error={plans.error} onRetry={() => void plans.refetch()} />;
  const living = plans.data.find(({ state }) => state !== 'closed');
  const earlier = plans.data.filter(({ id }) => id !== living?.id);
  return (
    <div className={classes.section}>
      {living ? <Living key={living.id} line={living} subject={subject} /> : <Create accountId={subject.id} />}
      {plans.data.length > 0 && <Value subject={subject} />}
      {earlier.length > 0 && (
        <Panel title={t('plan.earlier')}>
          <ul className={classes.earlier}>
            {earlier.map((line) => (
              <Earlier key={line.id} line={line} />
            ))}
          </ul>
        </Panel>
      )}
    </div>
  );
}

function Create({ accountId }: { accountId: string }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const { isPast } = useAsOf();
  const navigate = useNavigate();
  const [creating, setCreating] = useState(false);
  return (
    <>
      <EmptyState
        icon={IconTargetArrow}
        title={isPast ? t('plan.nonePast') : t('plan.none')}
        action={
          canEdit && (
            <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setCreating(true)}>
              {t('plan.create')}
            </Button>
          )
        }
      >
        {t('plan.noneHelp')}
      </EmptyState>
      <NewPlanDialog
        account={creating ? Number(accountId) : null}
        onClose={() => setCreating(false)}
        onCreated={({ id }) => void navigate({ to: '/plans/$planId', params: { planId: String(id) } })}
      />
    </>
  );
}

function Living({ line, subject }: { line: PlanLine; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const plan = useQuery(planQuery(line.id, subject.asOf));
  const purpose = wordsIn(plan.data?.document.purpose, language);
  return (
    <Panel
      title={wordsIn(plan.data?.document.name ?? line.name, language)}
      aside={
        <Button
          size="xs"
          variant="default"
          rightSection={<IconArrowRight size={15} stroke={1.8} />}
          renderRoot={(props) => <Link to="/plans/$planId" params={{ planId: String(line.id) }} {...props} />}
        >
          {t('plan.open')}
        </Button>
      }
    >
      {plan.isPending && <Skeleton height={240} />}
      {plan.isError && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />}
      {plan.data && (
        <>
          {purpose !== '' && (
            <Text fz="md" mb={12} className="phrases">
              <Text span fz="xs" c="dimmed" display="block">
                {t('plan.purpose')}
              </Text>
              {purpose}
            </Text>
          )}
          <dl className={classes.facts}>
            <div>
              <dt>{t('plan.nextStep')}</dt>
              <dd>
                <NextStepText step={plan.data.next_step} />
              </dd>
            </div>
            <div>
              <dt>{t('plan.confirmed')}</dt>
              <dd>
                <PlanStateBadge state={plan.data.state} />{' '}
                {t('plan.confirmedCount', { confirmed: line.confirmed, total: line.goals.total })}
              </dd>
            </div>
            {line.late_actions > 0 && (
              <div>
                <dt>{t('plan.late')}</dt>
                <dd data-late>{t('plan.lateCount', { count: line.late_actions })}</dd>
              </div>
            )}
          </dl>
          <GoalLines plan={plan.data} />
        </>
      )}
    </Panel>
  );
}

function Value({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const value = useQuery(accountValueQuery(subject.id, subject.asOf));
  if (!value.data) return null;
  return (
    <Panel title={t('plan.value')}>
      {value.data.items.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('plan.noValue')}
        </Text>
      ) : (
        <ValueBars value={value.data} />
      )}
    </Panel>
  );
}

function Earlier({ line }: { line: PlanLine }) {
  const language = useLanguage();
  return (
    <li>
      <Anchor
        inherit
        renderRoot={(props) => <Link to="/plans/$planId" params={{ planId: String(line.id) }} {...props} />}
      >
        {wordsIn(line.name, language)}
      </Anchor>{' '}
      <PlanStateBadge state={line.state} />
    </li>
  );
}
