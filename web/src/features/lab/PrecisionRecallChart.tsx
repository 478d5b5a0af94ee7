import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import { plotArea, pointTooltip, shareAxis } from './chart-parts';
import { useShown } from './subject';
import type { Judgement } from './types';

interface PrecisionRecallChartProps {
  judgement: Judgement;
  before: Judgement | undefined;
}

/** How many of those warned of are right, against how many of all cases are warned of. */
export function PrecisionRecallChart({ judgement, before }: PrecisionRecallChartProps) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { subject, outcome } = useShown();
  const { at_threshold: at, base_rate } = judgement;
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => {
      const { precision, recall } = judgement.at_threshold;
      const most = Math.max(
        judgement.base_rate ?? 0,
        ...[judgement, before].flatMap((each) => each?.precision_recall.map((point) => point.precision) ?? []),
      );
      return {
        animation: false,
        grid: plotArea(),
        tooltip: pointTooltip((recalled, precise) =>
          t('precisionRecall.tooltip', { recall: format.percent(recalled, 0), precision: format.percent(precise, 0) }),
        ),
        xAxis: shareAxis(format, t('figure.recall')),
        // A rare outcome lives in the lowest tenth: an axis to 100 % would show a flat line.
        yAxis: {
          type: 'value',
          min: 0,
          max: Math.min(1, Math.ceil(most * 11) / 10),
          axisLabel: { formatter: (value: number) => format.percent(value, 0) },
        },
        series: [
          ...(before
            ? [{ type: 'line', data: pairs(before), lineStyle: { color: tokens.quiet }, color: tokens.quiet }]
            : []),
          {
            type: 'line',
            data: pairs(judgement),
            lineStyle: { color: tokens.accent },
            color: tokens.accent,
            markLine: {
              silent: true,
              symbol: 'none',
              lineStyle: { color: tokens.quiet, type: 'dashed', width: 1 },
              label: { show: false },
              data: judgement.base_rate === null ? [] : [{ yAxis: judgement.base_rate }],
            },
          },
          {
            type: 'scatter',
            symbolSize: 10,
            data: precision && recall ? [[recall.value, precision.value]] : [],
            itemStyle: { color: tokens.surface, borderColor: tokens.accent, borderWidth: 2 },
          },
        ],
      };
    },
    [judgement, before, format, t],
  );
  const table = useMemo<ChartTable>(() => {
    const percent = (cell: unknown) => format.percent(Number(cell), 1);
    return {
      columns: [
        { header: t('column.score'), align: 'right', format: (cell) => format.number(Number(cell), 1) },
        { header: t('figure.precision'), align: 'right', format: percent },
        { header: t('figure.recall'), align: 'right', format: percent },
        { header: t('column.flaggedShare'), align: 'right', format: percent },
      ],
      rows: judgement.precision_recall.map(({ score, precision, recall, flagged_share }) => [
        score,
        precision,
        recall,
        flagged_share,
      ]),
    };
  }, [judgement, format, t]);
  return (
    <ChartCard
      title={t('precisionRecall.title')}
      help={t('help.precisionRecall', { outcome: outcome.name })}
      sentence={
        at.precision && at.recall
          ? t('precisionRecall.sentence', {
              precision: format.percent(at.precision.value, 0),
              recall: format.percent(at.recall.value, 0),
              outcome: outcome.name,
            })
          : t('chart.nothing')
      }
      series={[
        { name: t(`subject.${subject}`), color: 'var(--text-link)' },
        ...(before ? [{ name: t('subject.published'), color: 'var(--chart-quiet)' }] : []),
        {
          name: t('figure.baseRate', { rate: format.percent(base_rate, 1) }),
          color: 'var(--chart-quiet)',
          dashed: true,
        },
      ]}
      option={option}
      table={table}
      fileName="lab-precision-recall"
      height_px={250}
    />
  );
}

function pairs({ precision_recall }: Judgement): [number, number][] {
  return precision_recall.map(({ precision, recall }) => [recall, precision]);
}
