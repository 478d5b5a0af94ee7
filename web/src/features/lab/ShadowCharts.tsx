import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import classes from './Lab.module.css';
import type { Shadow } from './shadow';

const height_px = 200;

/** Day by day: how many customers the draft puts at another level, and by how much it differs on average. */
export function ShadowCharts({ days }: { days: Shadow['days'] }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const axis = useMemo(
    () => ({ type: 'category' as const, data: days.map(({ day }) => format.dayShort(day)) }),
    [days, format],
  );
  const differing = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      tooltip: { trigger: 'axis' },
      xAxis: axis,
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: [
        {
          name: t('shadow.differing'),
          type: 'bar',
          data: days.map((each) => each.differing),
          itemStyle: { color: tokens.accent },
        },
      ],
    }),
    [days, axis, t],
  );
  const mean = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      tooltip: {
        trigger: 'axis',
        valueFormatter: (value: unknown) => (value == null ? '–' : format.change(Number(value), 1)),
      },
      xAxis: axis,
      yAxis: { type: 'value', minInterval: 1 },
      series: [
        {
          name: t('shadow.meanDifference'),
          type: 'line',
          // One day alone is a point: a line needs two.
          showSymbol: days.length < 2,
          symbol: 'circle',
          symbolSize: 7,
          data: days.map((each) => each.mean_difference),
          lineStyle: { color: tokens.accent },
          itemStyle: { color: tokens.accent },
        },
      ],
    }),
    [days, axis, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('column.day') },
        { header: t('shadow.accounts'), align: 'right' },
        { header: t('shadow.differing'), align: 'right' },
        {
          header: t('shadow.meanDifference'),
          align: 'right',
          format: (cell) => (cell == null ? '–' : format.change(Number(cell), 1)),
        },
      ],
      rows: days.map((each) => [each.day, each.accounts, each.differing, each.mean_difference]).toReversed(),
    }),
    [days, format, t],
  );
  const last = days.at(-1);
  if (!last) return null;
  return (
    <div className={classes.charts}>
      <ChartCard
        title={t('shadow.perDay')}
        help={t('help.shadow')}
        sentence={t('shadow.lastDay', { count: last.differing, day: format.day(last.day) })}
        option={differing}
        table={table}
        fileName="lab-shadow"
        height_px={height_px}
      />
      <ChartCard
        title={t('shadow.meanPerDay')}
        help={t('help.shadowMean')}
        sentence={t('shadow.meanLastDay', {
          change: format.change(last.mean_difference, 1),
          day: format.day(last.day),
        })}
        option={mean}
        table={table}
        fileName="lab-shadow-mean"
        height_px={height_px}
      />
    </div>
  );
}
