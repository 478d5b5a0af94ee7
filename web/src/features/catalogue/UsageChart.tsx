import { SegmentedControl } from '@mantine/core';
import { useCallback, useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { Chart, type ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { useFormat } from '../../lib/viewer';
import type { FeatureUsage } from './catalogue';

const height_px = 180;
const labelEvery_days = 21;
const series = ['events', 'users'] as const;
type Series = (typeof series)[number];

/** Events or people a day over the last 90 days. */
export function UsageChart({ feature, usage }: { feature: Feature; usage: FeatureUsage }) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const [shown, setShown] = useState<Series>('events');
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      tooltip: {
        trigger: 'axis',
        formatter: (points: unknown) => {
          const [first] = points as { axisValue: string; dataIndex: number }[];
          if (!first) return '';
          return [
            format.day(first.axisValue),
            `${t('chart.events')} <b>${format.number(usage.events[first.dataIndex])}</b>`,
            `${t('chart.users')} <b>${format.number(usage.users[first.dataIndex])}</b>`,
          ].join('<br>');
        },
      },
      xAxis: {
        type: 'category',
        data: usage.days,
        axisLabel: {
          interval: (index: number) => (usage.days.length - 1 - index) % labelEvery_days === 0,
          formatter: (day: string) =>
            format.language === 'ja'
              ? `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`
              : format.dayShort(day).replace(/ \d{4}$/, ''),
        },
      },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: [
        {
          name: t(`chart.${shown}`),
          type: 'bar',
          data: usage[shown],
          itemStyle: { color: shown === 'events' ? tokens.quiet : tokens.accent },
          barCategoryGap: '20%',
        },
      ],
    }),
    [usage, format, shown, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('chart.day') },
        { header: t('chart.events'), align: 'right' },
        { header: t('chart.users'), align: 'right' },
      ],
      rows: usage.days.map((day, index) => [day, usage.events[index], usage.users[index]]).toReversed(),
    }),
    [usage, t],
  );
  return (
    <Chart
      label={t('chart.label', { name: feature.name[format.language] || feature.key })}
      option={option}
      table={table}
      fileName={`usage-${feature.key.replaceAll(/[^\p{L}\p{N}]+/gu, '-')}`}
      height_px={height_px}
      header={
        <SegmentedControl
          size="xs"
          aria-label={t('chart.choice')}
          value={shown}
          onChange={(next) => setShown(series.find((each) => each === next) ?? 'events')}
          data={series.map((each) => ({ value: each, label: t(`chart.${each}`) }))}
        />
      }
    />
  );
}
