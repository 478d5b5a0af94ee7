import { Group, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Publication } from '../../../api/releases';
import { ErrorState } from '../../../components/ErrorState';
import { useAsOf } from '../../../lib/as-of';
import { addDays } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import type { Health } from '../health-types';
import { longest_days, periodOf } from '../period';
import { historyQuery, notableDaysQuery, type Subject } from '../requests';
import { periods } from '../search';
import { useAccountAddress } from '../use-account-address';
import { besideFrom } from './beside';
import { BesideSelect } from './BesideSelect';
import { HistoryChart } from './HistoryChart';
import { NotableDays } from './NotableDays';
import { useBeside } from './use-beside';

/** That one version scored all of it: a trend never mixes them unsaid. */
function VersionNote({ release, publications }: { release?: number; publications: readonly Publication[] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const published = publications.find((each) => each.release === release);
  if (!published) return null;
  return (
    <Text fz="xs" c="dimmed">
      {t('versions.allUnder', { release: published.release, day: format.day(published.day) })}
    </Text>
  );
}

/** The score day by day, with the days on which it moved and why. */
export function HistorySection({ subject, health }: { subject: Subject; health: Health }) {
  const { t } = useTranslation('account');
  const { day } = useAsOf();
  const { period = 'year', showPeriod, beside: wanted, showBeside } = useAccountAddress();
  const span = periodOf(period, day);
  const history = useQuery(historyQuery(subject, span));
  const notable = useQuery(notableDaysQuery(subject, { ...span, from: span.from ?? addDays(day, -longest_days) }));
  const chosen = useMemo(() => besideFrom(wanted), [wanted]);
  const { beside, error } = useBeside(subject, span, chosen, history.data);
  if (history.isError) return <ErrorState error={history.error} onRetry={() => void history.refetch()} />;
  const days = notable.data ?? [];
  const { publications = [], release } = history.data ?? {};
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
          beside={beside}
          header={
            <Group gap="xs">
              <SegmentedControl
                size="xs"
                aria-label={t('history.period')}
                value={period}
                onChange={(next) => {
                  const chosenPeriod = periods.find((choice) => choice === next);
                  if (chosenPeriod) showPeriod(chosenPeriod);
                }}
                data={periods.map((choice) => ({ value: choice, label: t(`period.${choice}`) }))}
              />
              <BesideSelect value={wanted} present={release} publications={publications} onChange={showBeside} />
            </Group>
          }
        />
      )}
      {error && <ErrorState error={error} />}
      {beside && (
        <Text fz="sm">
          <b>{beside.name}</b>: {beside.sentence}
        </Text>
      )}
      <VersionNote release={release} publications={publications} />
      <NotableDays days={days} />
    </Stack>
  );
}
