import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { tooltipLines } from '../../components/chart/tooltip';
import { majorUnits } from '../../lib/format/money';
import { useFormat, useLanguage } from '../../lib/viewer';
import { differenceText, inStandardErrors, sideText } from './amounts';
import type { Effect } from './requests';

interface EffectChartProps {
  effects: readonly Effect[];
  currency: string;
  fileName: string;
}

const rowHeight_px = 44;
const frame_px = 56;

/** Every effect as a point with its 90 % interval, each scaled to its own interval so that all share one axis. */
export function EffectChart({ effects, currency, fileName }: EffectChartProps) {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  const shown = useMemo(() => effects.filter((effect) => inStandardErrors(effect) !== null).toReversed(), [effects]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => {
      const colorOf = ({ verdict }: Effect) =>
        verdict === 'helps' ? tokens.rise : verdict === 'hurts' ? tokens.fall : tokens.dimmed;
      const scaled = shown.map((effect) => inStandardErrors(effect)!);
      const reach = Math.max(2, ...scaled.flatMap(({ low, high }) => [Math.abs(low), Math.abs(high)])) * 1.08;
      return {
        grid: { left: 4, right: 12, top: 8, bottom: 24, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
        tooltip: {
          trigger: 'item',
          confine: true,
          formatter: ({ dataIndex }: { dataIndex: number }) => {
            const effect = shown[dataIndex];
            return effect ? tooltipLines([{ name: effect.name[language], value: effect.sentence[language] }]) : '';
          },
        },
        xAxis: {
          type: 'value',
          min: -reach,
          max: reach,
          axisLabel: { show: false },
          splitLine: { show: false },
          name: t('chart.axis'),
          nameLocation: 'middle',
          nameGap: 8,
          nameTextStyle: { color: tokens.dimmed },
        },
        yAxis: {
          type: 'category',
          data: shown.map(
            (effect) => `${effect.name[language]}  ${differenceText(effect, effect.difference, format, currency)}`,
          ),
          axisTick: { show: false },
        },
        series: [
          {
            type: 'custom',
            // A line from low to high; the point lies on it.
            renderItem: (
              _params: unknown,
              api: { value: (index: number) => number; coord: (at: number[]) => number[] },
            ) => {
              const row = api.value(0);
              const [from, y] = api.coord([api.value(2), row]) as [number, number];
              const [to] = api.coord([api.value(3), row]) as [number, number];
              const [middle] = api.coord([api.value(1), row]) as [number, number];
              const color = colorOf(shown[row]!);
              return {
                type: 'group',
                children: [
                  { type: 'line', shape: { x1: from, y1: y, x2: to, y2: y }, style: { stroke: color, lineWidth: 3 } },
                  {
                    type: 'line',
                    shape: { x1: from, y1: y - 6, x2: from, y2: y + 6 },
                    style: { stroke: color, lineWidth: 2 },
                  },
                  {
                    type: 'line',
                    shape: { x1: to, y1: y - 6, x2: to, y2: y + 6 },
                    style: { stroke: color, lineWidth: 2 },
                  },
                  { type: 'circle', shape: { cx: middle, cy: y, r: 5 }, style: { fill: color } },
                ],
              };
            },
            encode: { x: [1, 2, 3], y: 0 },
            data: scaled.map(({ middle, low, high }, row) => [row, middle, low, high]),
            markLine: {
              silent: true,
              symbol: 'none',
              label: { show: false },
              lineStyle: { color: tokens.text, type: 'solid', width: 1 },
              data: [{ xAxis: 0 }],
            },
          },
        ],
      } as ChartOption;
    },
    [shown, currency, format, language, t],
  );
  const table = useEffectTable(effects, currency);
  return (
    <Chart
      label={t('chart.label')}
      option={option}
      table={table}
      fileName={fileName}
      height_px={shown.length * rowHeight_px + frame_px}
    />
  );
}

function useEffectTable(effects: readonly Effect[], currency: string): ChartTable {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const right = 'right' as const;
    const headers = ['treated', 'others', 'difference', 'low', 'high'].map((key) => ({
      header: t(`chart.${key}`),
      align: right,
    }));
    const text = (effect: Effect, value: number | null) =>
      effect.unit === 'money' && value !== null
        ? format.number(majorUnits({ amount_minor: Math.round(value), currency }))
        : differenceText(effect, value, format, currency);
    return {
      columns: [
        { header: t('chart.measure') },
        ...headers,
        { header: t('chart.p'), align: right },
        { header: t('chart.cases'), align: right },
      ],
      rows: effects.map((effect) => [
        effect.name[language],
        sideText(effect, effect.treated.value, format, currency),
        sideText(effect, effect.comparison.value, format, currency),
        text(effect, effect.difference),
        text(effect, effect.low),
        text(effect, effect.high),
        effect.p_value === null ? null : format.number(effect.p_value, 3),
        `${format.number(effect.treated.accounts)} / ${format.number(effect.comparison.accounts)}`,
      ]),
    };
  }, [effects, currency, format, language, t]);
}
