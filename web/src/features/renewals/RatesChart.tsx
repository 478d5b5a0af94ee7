import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import type { CsvCell } from '../../components/chart/csv';
import { tooltipLines } from '../../components/chart/tooltip';
import { majorUnits } from '../../lib/format/money';
import { useFormat } from '../../lib/viewer';
import { countRate, type Grain, onTimeRate, type Rate, renewalRate } from './rates';

interface RatesChartProps {
  rates: readonly Rate[];
  grain: Grain;
  currency: string;
  /** Above the bars. */
  header: ReactNode;
}

const parts = [
  { key: 'onTime', color: (tokens: ChartTokens) => tokens.accent },
  { key: 'late', color: (tokens: ChartTokens) => tokens.levels.watch },
  { key: 'lost', color: (tokens: ChartTokens) => tokens.fall },
] as const;

/** What fell due as bars, cut into on time, late and not renewed; the rate stands above each. */
export function RatesChart({ rates, grain, currency, header }: RatesChartProps) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const nameOf = useCallback(
    ({ period }: Rate) => (grain === 'month' ? format.month(period) : format.fiscalQuarter(period)),
    [format, grain],
  );
  const money = useCallback((amount_minor: number) => format.money({ amount_minor, currency }), [format, currency]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 4, right: 8, top: 44, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      legend: { top: 0, left: 0, data: parts.map(({ key }) => t(`rates.${key}`)) },
      tooltip: {
        trigger: 'axis',
        axisPointer: { type: 'shadow' },
        confine: true,
        formatter: (points: { dataIndex: number }[]) => {
          const rate = rates[points[0]?.dataIndex ?? -1];
          if (!rate) return '';
          return tooltipLines([
            { name: nameOf(rate), value: format.percent(renewalRate(rate), 1) },
            ...parts.map(({ key, color }) => ({
              name: t(`rates.${key}`),
              value: `${money(rate[`${key}_minor`])} (${t('sum.count', { count: rate[key] })})`,
              color: color(tokens),
            })),
          ]);
        },
      },
      xAxis: { type: 'category', data: rates.map(nameOf), axisLine: { lineStyle: { color: tokens.border } } },
      yAxis: { type: 'value', min: 0, axisLabel: { formatter: money } },
      series: parts.map(({ key, color }, index) => ({
        name: t(`rates.${key}`),
        type: 'bar',
        stack: 'due',
        barMaxWidth: grain === 'month' ? 28 : 56,
        itemStyle: { color: color(tokens), borderRadius: 0 },
        data: rates.map((rate) => rate[`${key}_minor`]),
        ...(index === parts.length - 1 && {
          label: {
            show: true,
            position: 'top',
            color: tokens.text,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const share = renewalRate(rates[dataIndex]!);
              return share === null ? '' : format.percent(share, 0);
            },
          },
          labelLayout: { hideOverlap: true },
        }),
      })),
    }),
    [rates, nameOf, money, format, grain, t],
  );
  const table = useRatesTable({ rates, grain, currency });
  return (
    <Chart
      label={t('rates.chart')}
      option={option}
      table={table}
      fileName={`renewal-rates-${grain}`}
      height_px={300}
      header={header}
    />
  );
}

/** The figures behind the bars, and those of the file. */
function useRatesTable({ rates, grain, currency }: Omit<RatesChartProps, 'header'>): ChartTable {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  return useMemo(() => {
    const right = 'right' as const;
    const amount = (name: string) => ({
      header: t('rates.amountIn', { name, currency }),
      align: right,
      format: (cell: CsvCell) => format.number(Number(cell)),
    });
    const count = (name: string) => ({ header: t('rates.countOf', { name }), align: right });
    const share = (header: string) => ({
      header,
      align: right,
      format: (cell: CsvCell) => (cell == null ? '–' : format.percent(Number(cell), 1)),
    });
    const major = (amount_minor: number) => majorUnits({ amount_minor, currency });
    const names = (['due', 'onTime', 'late', 'lost'] as const).map((key) => t(`rates.${key}`));
    return {
      columns: [
        { header: t(`rates.${grain}`) },
        ...names.map(amount),
        ...names.map(count),
        ...(['renewalRate', 'onTimeRate', 'countRate'] as const).map((key) => share(t(`rates.${key}`))),
        amount(t('rates.expanded')),
      ],
      rows: rates.map((rate) => [
        grain === 'month' ? format.month(rate.period) : format.fiscalQuarter(rate.period),
        ...[rate.due_minor, rate.onTime_minor, rate.late_minor, rate.lost_minor].map(major),
        ...[rate.due, rate.onTime, rate.late, rate.lost],
        ...[renewalRate(rate), onTimeRate(rate), countRate(rate)],
        major(rate.expanded_minor),
      ]),
    };
  }, [rates, grain, currency, format, t]);
}
