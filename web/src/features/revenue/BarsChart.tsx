import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../components/chart/Chart';
import type { ChartOption, ChartPick } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { tooltipLines } from '../../components/chart/tooltip';
import { majorUnits } from '../../lib/format/money';
import { useFormat } from '../../lib/viewer';
import { useMoney } from './use-money';

export interface Bar {
  key: string;
  name: string;
  amount: number;
  accounts: number;
  color?: (tokens: ChartTokens) => string;
}

interface BarsChartProps {
  label: string;
  bars: readonly Bar[];
  currency: string;
  fileName: string;
  header: ReactNode;
  onPick?: (bar: Bar) => void;
}

const row_px = 30;
const leastHeight_px = 120;

/** Amounts by name, the bars lying so that names have room; each says its figure and its share itself. */
export function BarsChart({ label, bars, currency, fileName, header, onPick }: BarsChartProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const money = useMoney(currency);
  const total = bars.reduce((sum, { amount }) => sum + amount, 0);
  const share = useCallback(
    (amount: number) => format.percent(total === 0 ? null : amount / total, 0),
    [format, total],
  );
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 4, right: 112, top: 0, bottom: 0, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'item',
        confine: true,
        formatter: ({ dataIndex }: { dataIndex: number }) => {
          const bar = bars[dataIndex];
          return bar
            ? tooltipLines([
                { name: bar.name, value: money.exact(bar.amount) },
                { name: t('table.share'), value: share(bar.amount) },
                { name: t('table.accounts'), value: format.number(bar.accounts) },
              ])
            : '';
        },
      },
      yAxis: {
        type: 'category',
        inverse: true,
        data: bars.map(({ name }) => name),
        axisLine: { lineStyle: { color: tokens.border } },
        axisLabel: {
          color: tokens.text,
          width: 116,
          overflow: 'break',
          lineHeight: 13,
          interval: 0,
          hideOverlap: false,
        },
      },
      xAxis: { type: 'value', min: 0, axisLabel: { show: false }, splitLine: { show: false } },
      series: [
        {
          type: 'bar',
          barMaxWidth: 16,
          data: bars.map(({ amount, color }) => ({
            value: amount,
            itemStyle: { color: color?.(tokens) ?? tokens.accent },
          })),
          label: {
            show: true,
            position: 'right',
            color: tokens.text,
            formatter: ({ dataIndex }: { dataIndex: number }) => {
              const { amount } = bars[dataIndex]!;
              return `${money.short(amount)}  ${share(amount)}`;
            },
          },
        },
      ],
    }),
    [bars, money, share, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('table.item') },
        { header: t('chart.amountIn', { currency }), align: 'right', format: (cell) => format.number(Number(cell), 2) },
        { header: t('table.accounts'), align: 'right', format: (cell) => format.number(Number(cell)) },
      ],
      rows: bars.map(({ name, amount, accounts }) => [name, majorUnits({ amount_minor: amount, currency }), accounts]),
    }),
    [bars, currency, format, t],
  );
  const choices = useMemo(() => bars.map(({ name, amount }) => `${name} ${money.exact(amount)}`), [bars, money]);
  const pick = useCallback(
    ({ dataIndex }: ChartPick) => {
      const bar = bars[dataIndex];
      if (bar) onPick?.(bar);
    },
    [bars, onPick],
  );
  return (
    <Chart
      label={label}
      option={option}
      table={table}
      fileName={fileName}
      height_px={Math.max(row_px * bars.length, leastHeight_px)}
      header={header}
      onPick={onPick && pick}
      choices={choices}
    />
  );
}
