import { ActionIcon, Badge, Button, Menu, Skeleton, Stack, Text } from '@mantine/core';
import { IconDots, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { contractsQuery, type Subscription } from '../../../api/contracts';
import { ContractDialog, type ContractDeed } from '../../../components/contracts/ContractDialog';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { Figure } from '../../../components/Figure';
import { Money } from '../../../components/Money';
import { useAsOf } from '../../../lib/as-of';
import { useShortcut } from '../../../lib/shortcuts';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat } from '../../../lib/viewer';
import { useCanEdit } from '../use-subject';
import contractClasses from './Contracts.module.css';
import recordsClasses from '../Records.module.css';
import classes from '../Tables.module.css';
import { DaysLeft } from '../HeaderFigures';
import { Panel } from '../Panel';
import type { Subject } from '../requests';
import { TermBars } from './TermBars';

const statusRank = { active: 0, future: 1, ended: 2 } as const;

/** What is under contract, how many seats, until when, and what it is worth; and the way to say so. */
export function ContractsSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const canEdit = useCanEdit();
  const [deed, setDeed] = useState<ContractDeed | null>(null);
  useShortcut({ key: 'a', label: t('keys.contract'), group: t('keys.group') }, () => setDeed({ deed: 'add' }), canEdit);
  return (
    <>
      <Contracts subject={subject} onDeed={canEdit ? setDeed : undefined} />
      <ContractDialog accountId={subject.id} what={deed} onClose={() => setDeed(null)} />
    </>
  );
}

interface ContractsProps {
  subject: Subject;
  /** Absent for those who only read, and in the past. */
  onDeed?: (deed: ContractDeed) => void;
}

function Contracts({ subject, onDeed }: ContractsProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const { day } = useAsOf();
  const subscriptions = useQuery(contractsQuery(subject));
  if (subscriptions.isPending) return <Skeleton height={360} />;
  if (subscriptions.isError)
    return <ErrorState error={subscriptions.error} onRetry={() => void subscriptions.refetch()} />;
  const { items, totals } = subscriptions.data;
  const add = onDeed && (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={<IconPlus size={14} />}
      onClick={() => onDeed({ deed: 'add' })}
    >
      {t('contracts.add')}
    </Button>
  );
  if (items.length === 0)
    return (
      <EmptyState title={t('contracts.none')} action={add}>
        {t('contracts.noneHelp')}
      </EmptyState>
    );
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
      <Panel title={t('contracts.list')} aside={add}>
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
              {onDeed && (
                <th scope="col">
                  <span className="visually-hidden">{t('contracts.menu')}</span>
                </th>
              )}
            </tr>
          </thead>
          <tbody>
            {sorted.map((subscription) => (
              <SubscriptionRow key={subscription.id} subscription={subscription} onDeed={onDeed} />
            ))}
          </tbody>
        </table>
      </Panel>
    </Stack>
  );
}

interface RowProps {
  subscription: Subscription;
  onDeed: ContractsProps['onDeed'];
}

function RowMenu({ subscription: { id, product, start, status }, onDeed }: Required<RowProps>) {
  const { t } = useTranslation('account');
  const format = useFormat();
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          size={24}
          aria-label={t('contracts.actions', { product, start: format.dayShort(start) })}
        >
          <IconDots size={15} stroke={1.7} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item onClick={() => onDeed?.({ deed: 'edit', id })}>{t('contracts.edit')}</Menu.Item>
        {status !== 'ended' && (
          <Menu.Item onClick={() => onDeed?.({ deed: 'end', id })}>{t('contracts.end')}</Menu.Item>
        )}
        <Menu.Item onClick={() => onDeed?.({ deed: 'remove', id })}>{t('contracts.remove')}</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}

function SubscriptionRow({ subscription, onDeed }: RowProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const word = useKnownWord();
  const { status, billing_period_months: months } = subscription;
  return (
    <tr data-quiet={status === 'ended' || undefined} className={contractClasses.row}>
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
      {onDeed && (
        <td className={contractClasses.menu}>
          <RowMenu subscription={subscription} onDeed={onDeed} />
        </td>
      )}
    </tr>
  );
}
