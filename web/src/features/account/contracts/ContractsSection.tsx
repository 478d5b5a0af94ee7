import { Badge, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { Figure } from '../../../components/Figure';
import { Money } from '../../../components/Money';
import { useAsOf } from '../../../lib/as-of';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat } from '../../../lib/viewer';
import recordsClasses from '../Records.module.css';
import classes from '../Tables.module.css';
import { DaysLeft } from '../HeaderFigures';
import { Panel } from '../Panel';
import { subscriptionsQuery, type Subject } from '../requests';
import type { Subscription } from '../types';
import { TermBars } from './TermBars';

const statusRank = { active: 0, future: 1, ended: 2 } as const;

/** What is under contract, how many seats, until when, and what it is worth. */
export function ContractsSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { day } = useAsOf();
  const subscriptions = useQuery(subscriptionsQuery(subject));
  if (subscriptions.isPending) return <Skeleton height={360} />;
  if (subscriptions.isError)
    return <ErrorState error={subscriptions.error} onRetry={() => void subscriptions.refetch()} />;
  const { items, totals } = subscriptions.data;
  if (items.length === 0) return <EmptyState title={t('contracts.none')}>{t('contracts.noneHelp')}</EmptyState>;
  const sorted = items.toSorted(
    (a, b) => statusRank[a.status] - statusRank[b.status] || b.start.localeCompare(a.start),
  );
  return (
    <Stack gap="lg">
      <div className={recordsClasses.totals}>
        <Figure
          label={t('figure.arr')}
          value={<Money value={totals.arr} />}
          asOf={day}
          definition={t('contracts.arrHelp')}
        />
        <Figure label={t('figure.mrr')} value={<Money value={totals.mrr} />} definition={t('contracts.mrrHelp')} />
        <Figure label={t('figure.seats')} value={format.number(totals.seats)} unit={t('contracts.seatUnit')} />
        <Figure label={t('figure.renewal')} value={<DaysLeft day={totals.next_renewal_day} />} />
        <Figure
          label={t('figure.notice')}
          value={<DaysLeft day={totals.notice_deadline} />}
          definition={t('contracts.noticeHelp')}
        />
      </div>
      <Panel title={t('contracts.terms')}>
        <TermBars subscriptions={items} today={day} />
      </Panel>
      <Panel title={t('contracts.list')}>
        <table className={classes.records} aria-label={t('contracts.list')}>
          <thead>
            <tr>
              <th scope="col">{t('contracts.product')}</th>
              <th scope="col">{t('contracts.status')}</th>
              <th scope="col">{t('contracts.term')}</th>
              <th scope="col" data-align="right">
                {t('figure.seats')}
              </th>
              <th scope="col" data-align="right">
                {t('contracts.amount')}
              </th>
              <th scope="col" data-align="right">
                {t('figure.mrr')}
              </th>
              <th scope="col">{t('contracts.renewal')}</th>
            </tr>
          </thead>
          <tbody>
            {sorted.map((subscription) => (
              <SubscriptionRow key={subscription.id} subscription={subscription} />
            ))}
          </tbody>
        </table>
      </Panel>
    </Stack>
  );
}

function SubscriptionRow({ subscription }: { subscription: Subscription }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const word = useKnownWord();
  const { status, billing_period_months: months } = subscription;
  return (
    <tr data-quiet={status === 'ended' || undefined}>
      <th scope="row">
        {subscription.product}
        <Text span fz="xs" c="dimmed" className={classes.second}>
          {[subscription.plan && word('plan', subscription.plan), subscription.external_id].filter(Boolean).join(' · ')}
        </Text>
        {subscription.transferred_from ? (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contracts.transferred', { id: subscription.transferred_from })}
          </Text>
        ) : null}
      </th>
      <td data-label={t('contracts.status')}>
        <Badge size="sm">{t(`contracts.state.${status}`)}</Badge>
        {subscription.is_trial ? (
          <Badge size="sm" ml={4}>
            {t('contracts.trial')}
          </Badge>
        ) : null}
        {subscription.past_due_from ? (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contracts.pastDue', { day: format.dayShort(subscription.past_due_from) })}
          </Text>
        ) : null}
      </td>
      <td data-label={t('contracts.term')}>
        {format.dayShort(subscription.start)} –{' '}
        {subscription.end ? format.dayShort(subscription.end) : t('contracts.open')}
      </td>
      <td data-align="right" data-label={t('figure.seats')}>
        {format.number(subscription.seats)}
      </td>
      <td data-align="right" data-label={t('contracts.amount')}>
        {format.moneyExact(subscription.amount)}
        <Text span fz="xs" c="dimmed" className={classes.second}>
          {t('contracts.every', { count: months })}
        </Text>
        {subscription.discount ? (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contracts.discount', { amount: format.moneyExact(subscription.discount) })}
          </Text>
        ) : null}
      </td>
      <td data-align="right" data-label={t('figure.mrr')}>
        <Money value={subscription.mrr} />
      </td>
      <td data-label={t('contracts.renewal')}>
        {subscription.auto_renewal ? t('contracts.automatic') : t('contracts.manual')}
        {subscription.notice_days ? (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contracts.noticeDays', { count: subscription.notice_days })}
          </Text>
        ) : null}
        {subscription.cancelled_on ? (
          <Text span fz="xs" c="dimmed" className={classes.second}>
            {t('contracts.cancelled', { day: format.dayShort(subscription.cancelled_on) })}
          </Text>
        ) : null}
      </td>
    </tr>
  );
}
