import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { useFormat } from '../../../lib/viewer';
import type { SurveyAnswer } from '../types';

const height_px = 180;

/** The answers of one kind of survey over time. */
export function SurveyChart({ kind, answers }: { kind: SurveyAnswer['kind']; answers: readonly SurveyAnswer[] }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const name = t(`survey.${kind}`);
  const oldestFirst = useMemo(() => answers.toSorted((a, b) => a.answered_at.localeCompare(b.answered_at)), [answers]);
  const scale_max = Math.max(...answers.map((answer) => answer.scale_max));
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      tooltip: {
        trigger: 'item',
        formatter: (point: unknown) => {
          const answer = oldestFirst[(point as { dataIndex: number }).dataIndex];
          return answer
            ? `${format.instant(answer.answered_at)}<br><b>${format.number(answer.score, 1)}</b> / ${format.number(answer.scale_max)}`
            : '';
        },
      },
      xAxis: {
        type: 'time',
        axisLabel: {
          formatter: (at: number) => format.month(new Date(at).toISOString().slice(0, 10)),
          hideOverlap: true,
        },
      },
      yAxis: { type: 'value', min: 0, max: scale_max, interval: scale_max / 2 },
      series: [
        {
          name,
          type: 'line',
          showSymbol: true,
          symbol: 'circle',
          symbolSize: 7,
          data: oldestFirst.map(({ answered_at, score }) => [answered_at, score]),
          lineStyle: { color: tokens.quiet, width: 1.5 },
          itemStyle: { color: tokens.accent },
        },
      ],
    }),
    [oldestFirst, format, name, scale_max],
  );
  const table = useMemo(
    () => ({
      columns: [
        { header: t('history.day') },
        { header: name, align: 'right' as const },
        { header: t('surveys.contact') },
        { header: t('surveys.comment') },
      ],
      rows: oldestFirst
        .map(({ answered_at, score, contact, comment }) => [answered_at.slice(0, 10), score, contact, comment])
        .toReversed(),
    }),
    [oldestFirst, name, t],
  );
  return (
    <Chart
      label={t('surveys.chart', { survey: name })}
      option={option}
      table={table}
      fileName={`survey-${kind}`}
      height_px={height_px}
    />
  );
}
