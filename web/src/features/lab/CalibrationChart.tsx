import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import { below, placeTooltip, plotArea, whiskers } from './chart-parts';
import { useShown } from './subject';
import type { CalibrationBin, Judgement } from './types';

/** Bands with fewer of all rows are drawn, but the sentence does not build on them. */
const leastShare = 0.01;

/** What really happened to those with a score of about so much. */
export function CalibrationChart({ judgement }: { judgement: Judgement }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { outcome } = useShown();
  const { calibration, base_rate, rows: all } = judgement;
  const range = useCallback(
    ({ from, to }: CalibrationBin) => `${format.number(from, 0)}–${format.number(to, 0)}`,
    [format],
  );
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      grid: plotArea(),
      tooltip: placeTooltip(
        calibration,
        (bin) =>
          t('calibration.tooltip', {
            range: range(bin),
            rate: format.percent(bin.rate?.value, 1),
            rows: format.number(bin.rows),
          }),
        'shadow',
      ),
      xAxis: { type: 'category', data: calibration.map(range), ...below(t('column.score')) },
      yAxis: {
        type: 'value',
        min: 0,
        // A rate is never above 100 %, though its whisker may reach it.
        max: ({ max }: { max: number }) => (max > 0.8 ? 1 : null),
        axisLabel: { formatter: (value: number) => format.percent(value, 0) },
      },
      series: [
        {
          type: 'bar',
          // A bar that stands on few rows is pale.
          data: calibration.map(({ rate, rows }) => ({
            value: rate?.value ?? null,
            itemStyle: { opacity: rows >= all * leastShare ? 0.55 : 0.2 },
          })),
          itemStyle: { color: tokens.accent },
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: tokens.dimmed, type: 'dashed', width: 1 },
            label: { show: false },
            data: base_rate === null ? [] : [{ yAxis: base_rate }],
          },
        },
        {
          type: 'line',
          data: whiskers(calibration.map(({ rate }) => rate)),
          connectNulls: false,
          silent: true,
          lineStyle: { color: tokens.text, width: 1.5 },
          tooltip: { show: false },
        },
      ],
    }),
    [calibration, base_rate, all, format, range, t],
  );
  const table = useMemo<ChartTable>(() => {
    const percent = (cell: unknown) => (cell === null ? '–' : format.percent(Number(cell), 1));
    return {
      columns: [
        { header: t('column.score') },
        { header: t('column.rate'), align: 'right', format: percent },
        { header: t('column.low'), align: 'right', format: percent },
        { header: t('column.high'), align: 'right', format: percent },
        { header: t('column.rows'), align: 'right', format: (cell) => format.number(Number(cell)) },
      ],
      rows: calibration.map((bin) => [
        range(bin),
        bin.rate?.value ?? null,
        bin.rate?.low ?? null,
        bin.rate?.high ?? null,
        bin.rows,
      ]),
    };
  }, [calibration, format, range, t]);
  const telling = calibration.filter(({ rate, rows }) => rate !== null && rows >= all * leastShare);
  const [lowest, highest] = [telling[0], telling.at(-1)];
  return (
    <ChartCard
      title={t('calibration.title')}
      help={t('help.calibration', { outcome: outcome.name })}
      sentence={
        lowest?.rate && highest?.rate
          ? t('calibration.sentence', {
              low: range(lowest),
              lowRate: format.percent(lowest.rate.value, 1),
              high: range(highest),
              highRate: format.percent(highest.rate.value, 1),
              outcome: outcome.name,
            })
          : t('chart.nothing')
      }
      series={[
        {
          name: t('figure.baseRate', { rate: format.percent(base_rate, 1) }),
          color: 'var(--mantine-color-dimmed)',
          dashed: true,
        },
      ]}
      option={option}
      table={table}
      fileName="lab-calibration"
      height_px={250}
    />
  );
}
