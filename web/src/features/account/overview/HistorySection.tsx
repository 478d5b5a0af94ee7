import { SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { useAsOf } from '../../../lib/as-of';
import { addDays } from '../../../lib/format/date';
import type { Health } from '../health-types';
import { longest_days, periodOf } from '../period';
import { historyQuery, notableDaysQuery, type Subject } from '../requests';
import { periods } from '../search';
import { useAccountAddress } from '../use-account-address';
import { HistoryChart } from './HistoryChart';
import { NotableDays } from './NotableDays';

/** The score day by day, with the days on which it moved and why. */
export function HistorySection({ subject, health }: { subject: Subject; health: Health }) {
  const { t } = useTranslation('account');
  const { day } = useAsOf();
  const { period = 'year', showPeriod } = useAccountAddress();
  const span = periodOf(period, day);
  const history = useQuery(historyQuery(subject, span));
  const notable = useQuery(notableDaysQuery(subject, { ...span, from: span.from ?? addDays(day, -longest_days) }));
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const days = notable.data ?? [];
  return (
    <Stack gap="sm">
      {history.isPending ? (
        <Skeleton height={300} />
      ) : history.data.score.every((score) => score === null) ? (
        <Text c="dimmed">{t('history.none')}</Text>
      ) : (
        <HistoryChart
          history={history.data}
          health={health}
          notable={days}
          header={
            <SegmentedControl
              size="xs"
              aria-label={t('history.period')}
              value={period}
              onChange={(next) => {
                const chosen = periods.find((choice) => choice === next);
                if (chosen) showPeriod(chosen);
              }}
              data={periods.map((choice) => ({ value: choice, label: t(`period.${choice}`) }))}
            />
          }
        />
      )}
      <NotableDays days={days} />
    </Stack>
  );
}
