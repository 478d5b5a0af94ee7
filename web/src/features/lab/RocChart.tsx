import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import { plotArea, pointTooltip, shareAxis } from './chart-parts';
import { rocPoint } from './figures';
import { useShown } from './subject';
import type { Judgement } from './types';

interface CurveProps {
  judgement: Judgement;
  /** The published one, drawn quietly behind. */
  before: Judgement | undefined;
}

const height_px = 250;

/** Hits against false alarms for every score at which one could draw the line. */
export function RocChart({ judgement, before }: CurveProps) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { subject, outcome } = useShown();
  const point = rocPoint(judgement);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => {
      const at = rocPoint(judgement);
      return {
        animation: false,
        grid: plotArea(),
        tooltip: pointTooltip((alarm, hit) =>
          t('roc.tooltip', { hit: format.percent(hit, 0), alarm: format.percent(alarm, 0) }),
        ),
        xAxis: shareAxis(format, t('roc.falseRate')),
        yAxis: shareAxis(format),
        series: [
          {
            type: 'line',
            silent: true,
            data: [
              [0, 0],
              [1, 1],
            ],
            lineStyle: { color: tokens.quiet, width: 1, type: 'dashed' },
          },
          ...(before
            ? [{ type: 'line', data: pairs(before), lineStyle: { color: tokens.quiet }, color: tokens.quiet }]
            : []),
          { type: 'line', data: pairs(judgement), lineStyle: { color: tokens.accent }, color: tokens.accent },
          {
            type: 'scatter',
            symbolSize: 10,
            data: at ? [[at.false_rate, at.true_rate]] : [],
            itemStyle: { color: tokens.surface, borderColor: tokens.accent, borderWidth: 2 },
          },
        ],
      };
    },
    [judgement, before, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('roc.falseRate'), align: 'right', format: (cell) => format.percent(Number(cell), 1) },
        { header: t('roc.trueRate'), align: 'right', format: (cell) => format.percent(Number(cell), 1) },
      ],
      rows: judgement.roc.map(({ false_rate, true_rate }) => [false_rate, true_rate]),
    }),
    [judgement, format, t],
  );
  return (
    <ChartCard
      title={t('roc.title')}
      help={t('help.roc', { outcome: outcome.name })}
      sentence={
        point
          ? t('roc.sentence', {
              hit: format.percent(point.true_rate, 0),
              alarm: format.percent(point.false_rate, 0),
              outcome: outcome.name,
            })
          : t('chart.nothing')
      }
      series={[
        { name: t(`subject.${subject}`), color: 'var(--text-link)' },
        ...(before ? [{ name: t('subject.published'), color: 'var(--chart-quiet)' }] : []),
        { name: t('power.chance'), color: 'var(--chart-quiet)', dashed: true },
      ]}
      option={option}
      table={table}
      fileName="lab-roc"
      height_px={height_px}
    />
  );
}

function pairs({ roc }: Judgement): [number, number][] {
  return roc.map(({ false_rate, true_rate }) => [false_rate, true_rate]);
}
