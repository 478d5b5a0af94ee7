import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { tooltipLines } from '../../components/chart/tooltip';
import { useFormat } from '../../lib/viewer';
import classes from './Signals.module.css';

interface Week {
  day: string;
  fired: number;
}

interface WeeksChartProps {
  label: string;
  weeks: readonly Week[];
  /** The same weeks by the published version: a line. */
  published?: readonly Week[];
  fileName: string;
  height_px?: number;
  header?: React.ReactNode;
}

/** Firings by week as bars, the published version's as a line over them. */
export function WeeksChart({ label, weeks, published, fileName, height_px = 180, header }: WeeksChartProps) {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const before = useMemo(() => new Map(published?.map(({ day, fired }) => [day, fired])), [published]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        formatter: (points: unknown) => {
          const week = weeks[(points as { dataIndex: number }[])[0]?.dataIndex ?? -1];
          if (!week) return '';
          return tooltipLines([
            { name: t('weeks.from', { day: format.day(week.day) }) },
            { name: t('weeks.fired'), value: format.number(week.fired), color: tokens.accent },
            ...(published
              ? [{ name: t('weeks.published'), value: format.number(before.get(week.day) ?? 0), color: tokens.fall }]
              : []),
          ]);
        },
      },
      xAxis: {
        type: 'category',
        data: weeks.map(({ day }) => day),
        axisLabel: { formatter: (day: string) => format.dayShort(day) },
      },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: [
        { type: 'bar', data: weeks.map(({ fired }) => fired), color: tokens.accent },
        ...(published
          ? [
              {
                type: 'line',
                step: 'middle',
                data: weeks.map(({ day }) => before.get(day) ?? 0),
                color: tokens.fall,
                lineStyle: { color: tokens.fall, width: 1.5 },
              },
            ]
          : []),
      ],
    }),
    [weeks, published, before, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('weeks.week'), format: (cell) => format.day(String(cell)) },
        { header: t('weeks.fired'), align: 'right' },
        ...(published ? [{ header: t('weeks.published'), align: 'right' as const }] : []),
      ],
      rows: weeks.map(({ day, fired }) => [day, fired, ...(published ? [before.get(day) ?? 0] : [])]),
    }),
    [weeks, published, before, format, t],
  );
  return (
    <div>
      <Chart label={label} option={option} table={table} fileName={fileName} height_px={height_px} header={header} />
      {published && (
        <div className={classes.key} aria-hidden>
          <span>{t('weeks.this')}</span>
          <span>{t('weeks.published')}</span>
        </div>
      )}
    </div>
  );
}
