import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { tooltipLines } from '../../../components/chart/tooltip';
import { useFormat } from '../../../lib/viewer';
import { shareExtent } from '../chart-axes';
import type { Executive } from '../types';
import { CardHead } from './Card';
import classes from './Executive.module.css';

/** NRR and GRR of twelve months each, month by month, against what was aimed at. */
export function RetentionTrend({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const { nrr, grr } = data;
  const months = useMemo(() => nrr.series.map(({ month }) => month), [nrr]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => {
      const [nrrColor, grrColor] = [tokens.accent, tokens.series[1]!];
      const line = (name: string, values: (number | null)[], color: string) => ({
        name,
        type: 'line',
        data: values,
        color,
        lineStyle: { color },
        showSymbol: values.filter((value) => value !== null).length === 1,
        symbol: 'circle',
        symbolSize: 7,
        endLabel: { show: true, formatter: name, color, distance: 6, fontWeight: 600 },
        labelLayout: { moveOverlap: 'shiftY' },
      });
      const goal = (value: number | null, color: string) =>
        value === null
          ? []
          : [
              {
                type: 'line',
                silent: true,
                data: months.map(() => value),
                lineStyle: { color, type: 'dashed', width: 1 },
                tooltip: { show: false },
              },
            ];
      const shown = [...nrr.series, ...grr.series].map(({ value }) => value);
      return {
        grid: { left: 8, right: 46, top: 12, bottom: 4, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        tooltip: {
          trigger: 'axis',
          confine: true,
          formatter: (points: unknown) => {
            const [first] = points as { dataIndex: number }[];
            const at = first?.dataIndex ?? 0;
            return tooltipLines([
              { name: months[at] ? format.month(months[at]) : '' },
              { name: 'NRR', value: format.percent(nrr.series[at]?.value), color: nrrColor },
              { name: 'GRR', value: format.percent(grr.series[at]?.value), color: grrColor },
            ]);
          },
        },
        xAxis: {
          type: 'category',
          data: months,
          boundaryGap: false,
          axisLabel: { formatter: (month: string) => format.month(month), interval: 'auto' },
        },
        yAxis: {
          type: 'value',
          ...shareExtent([...shown, nrr.goal, grr.goal]),
          axisLabel: { formatter: (value: number) => format.percent(value, 0) },
        },
        series: [
          line(
            'NRR',
            nrr.series.map(({ value }) => value),
            nrrColor,
          ),
          line(
            'GRR',
            grr.series.map(({ value }) => value),
            grrColor,
          ),
          ...goal(nrr.goal, nrrColor),
          ...goal(grr.goal, grrColor),
        ],
      };
    },
    [nrr, grr, months, format],
  );
  const table = useMemo<ChartTable>(() => {
    const percent = (cell: unknown) => format.percent(cell as number | null);
    return {
      columns: [
        { header: t('table.month'), format: (cell) => format.month(String(cell)) },
        { header: 'NRR', align: 'right', format: percent },
        { header: 'GRR', align: 'right', format: percent },
      ],
      rows: months.map((month, at) => [month, nrr.series[at]?.value, grr.series[at]?.value]),
    };
  }, [months, nrr, grr, format, t]);
  const hasGoal = nrr.goal !== null || grr.goal !== null;
  return (
    <section className={classes.card} data-size="middle" aria-label={t('executive.retention')}>
      <Chart
        label={t('executive.retention')}
        option={option}
        table={table}
        fileName={`nrr-grr-${data.month}`}
        height_px={204}
        header={
          <CardHead
            title={t('executive.retention')}
            figure="nrr_12"
            period={hasGoal ? t('executive.dashedIsGoal') : t('executive.over12Each')}
          />
        }
      />
    </section>
  );
}
