import { useElementSize } from '@mantine/hooks';
import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from './Chart';
import type { ChartOption, ChartPick } from './ChartCanvas';
import type { ChartTokens } from './tokens';
import { waterfallBars, type WaterfallStep } from './waterfall';
import { waterfallOption } from './waterfall-option';

export interface WaterfallChartProps {
  label: string;
  steps: readonly WaterfallStep[];
  /** The figure beside a bar: short, a change with its sign. */
  short: (step: WaterfallStep) => string;
  /** The same to the last unit, for the tooltip and those who listen. */
  exact: (step: WaterfallStep) => string;
  /** The column of the table behind: "金額(円)", and the figure that a spreadsheet takes. */
  amount: { header: string; of: (step: WaterfallStep) => number; format: (figure: number) => string };
  fileName: string;
  height_px?: number;
  header?: ReactNode;
  /** A click, Enter or space on a bar walks down. */
  onPick?: (step: WaterfallStep) => void;
}

/** Below this width for each bar the names would run into each other; the bars then lie under one another. */
const narrowest_px = 70;
const row_px = 30;

/** What led from one figure to another. Bars stand on zero, say their figures themselves, and differ by sign and colour. */
export function WaterfallChart({
  label,
  steps,
  short,
  exact,
  amount,
  fileName,
  height_px = 260,
  header,
  onPick,
}: WaterfallChartProps) {
  const { t } = useTranslation('common');
  const { ref, width } = useElementSize();
  const lying = width > 0 && width < narrowest_px * steps.length;
  const bars = useMemo(() => waterfallBars(steps), [steps]);
  const slot_px = width > 0 ? width / Math.max(steps.length, 1) : narrowest_px;
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => waterfallOption(bars, tokens, { lying, slot_px, short, exact }),
    [bars, lying, slot_px, short, exact],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('chart.step') },
        { header: amount.header, align: 'right', format: (cell) => amount.format(Number(cell)) },
      ],
      rows: steps.map((step) => [step.name, amount.of(step)]),
    }),
    [steps, amount, t],
  );
  const choices = useMemo(() => steps.map((step) => `${step.name} ${exact(step)}`), [steps, exact]);
  const pick = useCallback(
    ({ dataIndex }: ChartPick) => {
      const step = steps[dataIndex];
      if (step) onPick?.(step);
    },
    [steps, onPick],
  );
  return (
    <div ref={ref}>
      <Chart
        label={label}
        option={option}
        table={table}
        fileName={fileName}
        height_px={lying ? Math.max(height_px, row_px * steps.length + 16) : height_px}
        header={header}
        onPick={onPick && pick}
        choices={choices}
      />
    </div>
  );
}
