import { Anchor, Button, Group, Text } from '@mantine/core';
import { IconPencil, IconSparkles } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan } from '../../api/plans';
import { DateText } from '../../components/DateText';
import { PlanStateBadge } from '../../components/goals/GoalBadges';
import { NextStepText } from '../../components/goals/NextStepText';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import { useEditing } from './editing';
import { HeadDialog } from './HeadDialog';
import { OffersDialog } from './OffersDialog';
import classes from './Plans.module.css';
import type { PlanDeeds } from './use-plan-deeds';

/** Whose plan it is, why they bought, how far it is agreed, and what happens next. */
export function PlanHead({ plan, deeds }: { plan: Plan; deeds: PlanDeeds }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { mayEdit } = useEditing();
  const [editing, setEditing] = useState(false);
  const [offered, setOffered] = useState(false);
  const purpose = wordsIn(plan.document.purpose, language);
  return (
    <section className={classes.head} aria-label={t('head.label')}>
      <div className={classes.purpose}>
        <Text fz="xs" c="dimmed">
          {t('head.purpose')}
        </Text>
        <Text fz="md" className="phrases" c={purpose === '' ? 'dimmed' : undefined}>
          {purpose || t('head.noPurpose')}
          {mayEdit && (
            <Button
              ml={8}
              size="compact-xs"
              variant="subtle"
              leftSection={<IconPencil size={13} aria-hidden />}
              onClick={() => setEditing(true)}
            >
              {t('head.edit')}
            </Button>
          )}
        </Text>
      </div>
      <dl className={classes.facts}>
        <Fact label={t('column.account')}>
          <Anchor
            inherit
            renderRoot={(props) => (
              <Link
                to="/accounts/$accountId"
                params={{ accountId: String(plan.account_id) }}
                search={{ tab: 'plan' as const }}
                {...props}
              />
            )}
          >
            {plan.account_name}
          </Anchor>
        </Fact>
        <Fact label="ARR">
          <Money value={plan.arr} />
        </Fact>
        <Fact label={t('column.owner')}>{plan.owner?.name ?? '–'}</Fact>
        <Fact label={t('column.state')}>
          <PlanStateBadge state={plan.state} />
        </Fact>
        <Fact label={t('head.agreement')}>
          <Agreement plan={plan} />
        </Fact>
        {plan.state !== 'closed' && (
          <Fact label={t('column.nextStep')}>
            <NextStepText step={plan.next_step} />
          </Fact>
        )}
        {plan.closed && (
          <Fact label={t('head.closed')}>
            <DateText value={plan.closed.at} form="absolute" /> {plan.closed.by}
            {plan.closed.why !== '' && ` · ${plan.closed.why}`}
          </Fact>
        )}
      </dl>
      {plan.sent?.has_newer && plan.state !== 'closed' && (
        <Text fz="sm" className={classes.note}>
          {t('head.hasNewer')}
        </Text>
      )}
      {plan.offers > 0 && mayEdit && (
        <Group className={classes.note} gap={12} justify="space-between">
          <Text fz="sm">
            <IconSparkles size={15} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
            {t('head.offers', { count: plan.offers })}
          </Text>
          <Button size="compact-sm" variant="default" onClick={() => setOffered(true)}>
            {t('head.look')}
          </Button>
        </Group>
      )}
      <HeadDialog opened={editing} onClose={() => setEditing(false)} />
      <OffersDialog plan={plan} deeds={deeds} opened={offered} onClose={() => setOffered(false)} />
    </section>
  );
}

function Fact({ label, children }: { label: string; children: React.ReactNode }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** How many goals the customer confirmed of the version that was sent, and who was asked. */
function Agreement({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  if (!plan.sent) return <>{t('head.neverSent')}</>;
  const confirmed = plan.goals.filter(({ confirmation }) => confirmation === 'confirmed').length;
  const commented = plan.goals.filter(({ confirmation }) => confirmation === 'commented').length;
  return (
    <span>
      {t('confirmedOf', { confirmed: format.number(confirmed), total: format.number(plan.goals.length) })}
      {commented > 0 && ` · ${t('head.commented', { count: commented })}`}
      <Text span fz="xs" c="dimmed" display="block">
        {t('head.sent', {
          day: format.instant(plan.sent.at),
          people: plan.sent.asked.map(({ name }) => name).join(t('head.and')),
        })}
      </Text>
    </span>
  );
}
