import { Badge, Button, Group, Skeleton, Text } from '@mantine/core';
import { IconCalendarCheck } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../../components/confirm';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { InfoTip } from '../../../components/InfoTip';
import { InstantText } from '../../../components/InstantText';
import { SidePanel } from '../../../components/SidePanel';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { isDay } from '../../../lib/format/date';
import { usePanel } from '../../../lib/use-panel';
import { useFormat, useViewer } from '../../../lib/viewer';
import { monthsQuery, useRevenueDeeds } from '../revenue';
import type { ClosedMonth } from '../types';
import { useMoney, useSignedMoney } from '../use-money';
import classes from './Mend.module.css';
import { RestatementContent } from './RestatementContent';

/** Months that were reported, and what became known of them afterwards. */
export function MonthsTab() {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const isAdmin = useViewer().role === 'admin';
  const months = useQuery(monthsQuery(undefined));
  const { closeMonth } = useRevenueDeeds();
  if (months.isPending) return <Skeleton height={300} />;
  if (months.isError) return <ErrorState error={months.error} onRetry={() => void months.refetch()} />;
  const { items, next, currency } = months.data;
  const close = (month: string) =>
    confirm({
      title: t('months.closeTitle', { month: format.month(month) }),
      children: t('months.closeDetail'),
      confirmLabel: t('months.close', { month: format.month(month) }),
      onConfirm: () =>
        carryOut(closeMonth, month, {
          onSuccess: () => showToast(t('months.closed', { month: format.month(month) })),
          onError: showProblem,
        }),
    });
  const closeButton = isAdmin && next && (
    <Button
      variant={items.length === 0 ? 'filled' : 'default'}
      size="sm"
      loading={closeMonth.isPending}
      onClick={() => close(next)}
    >
      {t('months.close', { month: format.month(next) })}
    </Button>
  );
  return (
    <>
      {items.length === 0 ? (
        <EmptyState icon={IconCalendarCheck} title={t('months.none')} action={closeButton}>
          {t(isAdmin ? 'months.noneHelp' : 'months.noneHelpOthers')}
        </EmptyState>
      ) : (
        <>
          <Group justify="space-between" mb="sm">
            <Text fz="sm" c="dimmed" maw={640}>
              {t('months.help')}
            </Text>
            {closeButton}
          </Group>
          <div className={classes.scroll} tabIndex={0} role="region" aria-label={t('mend.tab.months')}>
            <table className={classes.table}>
              <thead>
                <tr>
                  <th scope="col">{t('table.month')}</th>
                  <th scope="col">{t('months.closedAt')}</th>
                  <th scope="col" data-align="right">
                    {t('months.then')}
                  </th>
                  <th scope="col" data-align="right">
                    {t('months.now')}
                  </th>
                  <th scope="col" data-align="right">
                    {t('table.difference')}{' '}
                    <InfoTip about={t('table.difference')}>{t('months.differenceHelp')}</InfoTip>
                  </th>
                  <th scope="col">
                    <span className="visually-hidden">{t('months.actions')}</span>
                  </th>
                </tr>
              </thead>
              <tbody>
                {items.map((month) => (
                  <MonthRow key={month.month} month={month} currency={currency} isAdmin={isAdmin} />
                ))}
              </tbody>
            </table>
          </div>
        </>
      )}
      <SidePanel
        title={(id) => (isDay(id) ? t('months.restatementOf', { month: format.month(id) }) : t('panel.unknown'))}
      >
        {(id) => (isDay(id) ? <RestatementContent key={id} month={id} /> : null)}
      </SidePanel>
    </>
  );
}

function MonthRow({ month: closed, currency, isAdmin }: { month: ClosedMonth; currency: string; isAdmin: boolean }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const money = useMoney(currency);
  const signed = useSignedMoney(currency);
  const { open } = usePanel();
  const { reopenMonth } = useRevenueDeeds();
  const { month, closed_at, closed_by, closing_then, closing_now, restated } = closed;
  const name = format.month(month);
  const reopen = () =>
    confirm({
      title: t('months.reopenTitle', { month: name }),
      children: t('months.reopenDetail'),
      confirmLabel: t('months.reopen'),
      danger: true,
      onConfirm: () =>
        carryOut(reopenMonth, month, {
          onSuccess: () => showToast(t('months.reopened', { month: name })),
          onError: showProblem,
        }),
    });
  return (
    <tr>
      <th scope="row">
        {name}
        {restated && (
          <Badge size="sm" display="block" w="fit-content">
            {t('months.restated')}
          </Badge>
        )}
      </th>
      <td>
        <InstantText value={closed_at} />
        <Text fz="xs" c="dimmed">
          {closed_by}
        </Text>
      </td>
      <td data-align="right">{money.exact(closing_then)}</td>
      <td data-align="right">{money.exact(closing_now)}</td>
      <td data-align="right">{signed.exact(closing_now - closing_then)}</td>
      <td>
        <Group gap={6} justify="flex-end" wrap="nowrap">
          {restated && (
            <Button size="compact-sm" variant="default" onClick={() => open(month)}>
              {t('months.show')}
            </Button>
          )}
          {isAdmin && (
            <Button
              size="compact-sm"
              variant="default"
              loading={reopenMonth.isPending}
              aria-label={t('months.reopenOf', { month: name })}
              onClick={reopen}
            >
              {t('months.reopen')}
            </Button>
          )}
        </Group>
      </td>
    </tr>
  );
}
