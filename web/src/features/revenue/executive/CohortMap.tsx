import { Text } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { tooltipLines } from '../../../components/chart/tooltip';
import { fiscalQuarter, type Day } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import type { Executive } from '../types';
import { Card, CardHead } from './Card';
import { cohortPoints, shadeOf } from './cohort-points';
import classes from './Executive.module.css';

const row_px = 22;
const monthsAStep = 3;

/** What is left of each quarter's first revenue, three months by three months. */
export function CohortMap({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const navigate = useNavigate();
  const { cohorts } = data;
  const columns = Math.max(0, ...cohorts.map(({ retained }) => retained.length));
  // Shorter than elsewhere: the figures need the width.
  const quarterName = useCallback(
    (start: Day) => {
      const { year, quarter } = fiscalQuarter(start, data.fiscal_start);
      return t('cohort.quarter', { year: String(year).slice(2), quarter });
    },
    [data.fiscal_start, t],
  );
  const points = useMemo(() => cohortPoints(cohorts), [cohorts]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 4, right: 4, top: 4, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        confine: true,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const point = points[dataIndex];
          const cohort = point && cohorts[point.row];
          return cohort
            ? tooltipLines([
                { name: format.fiscalQuarter(cohort.start), value: t('cohort.accounts', { count: cohort.accounts }) },
                { name: t('cohort.after', { count: point.column * monthsAStep }), value: format.percent(point.share) },
              ])
            : '';
        },
      },
      xAxis: {
        type: 'category',
        position: 'top',
        data: Array.from({ length: columns }, (_, column) => String(column * monthsAStep)),
        axisLine: { show: false },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: cohorts.map(({ start }) => quarterName(start)),
        axisLine: { show: false },
        axisLabel: { color: tokens.text, fontSize: 11 },
      },
      series: [
        {
          type: 'heatmap',
          data: points.map(({ row, column, share }) => ({
            value: [column, row, share],
            itemStyle: {
              color: tokens.accent,
              opacity: shadeOf(share),
              borderColor: tokens.surface,
              borderWidth: 1,
            },
          })),
          label: {
            show: true,
            color: tokens.text,
            fontSize: 11,
            opacity: 1,
            formatter: ({ dataIndex }: { dataIndex: number }) => format.number((points[dataIndex]?.share ?? 0) * 100),
          },
          emphasis: { itemStyle: { borderColor: tokens.text } },
        },
      ],
    }),
    [points, cohorts, columns, quarterName, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('cohort.start') },
        { header: t('table.accounts'), align: 'right' },
        ...Array.from({ length: columns }, (_, column) => ({
          header: t('cohort.after', { count: column * monthsAStep }),
          align: 'right' as const,
          format: (cell: unknown) => format.percent(cell as number | null, 0),
        })),
      ],
      rows: cohorts.map(({ start, accounts, retained }) => [
        format.fiscalQuarter(start),
        accounts,
        ...Array.from({ length: columns }, (_, column) => retained[column]),
      ]),
    }),
    [cohorts, columns, format, t],
  );
  const pick = useCallback(
    () => void navigate({ to: '/revenue/explorer', search: { by: 'cohort', figure: 'closing', range: 'last24' } }),
    [navigate],
  );
  const title = t('executive.cohorts');
  const head = { title, figure: 'cohorts', period: t('cohort.unit') };
  if (points.length === 0)
    return (
      <Card {...head}>
        <Text fz="sm" c="dimmed">
          {t('cohort.none')}
        </Text>
      </Card>
    );
  return (
    <section className={classes.card} aria-label={title}>
      <Chart
        label={title}
        option={option}
        table={table}
        fileName={`cohorts-${data.month}`}
        height_px={row_px * (cohorts.length + 1)}
        header={<CardHead {...head} />}
        onPick={pick}
      />
    </section>
  );
}
