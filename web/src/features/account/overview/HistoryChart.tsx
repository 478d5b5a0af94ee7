import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { dayAxisLabel } from '../day-axis';
import type { Health, HealthHistory, NotableDay } from '../health-types';

interface HistoryChartProps {
  history: HealthHistory;
  health: Health;
  notable: readonly NotableDay[];
  header: ReactNode;
}

const height_px = 280;

/** The score as a line; days of notable change are points on it. Wheel, pinch and the strip below zoom. */
export function HistoryChart({ history, health, notable, header }: HistoryChartProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const scoreName = t('history.score');
  const { groups, scorecard } = health;
  const marks = useMemo(() => new Map(notable.map((change) => [change.day, change])), [notable]);

  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 8, right: 64, top: 12, bottom: 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        formatter: (points: unknown) => {
          const [first] = points as { axisValue: string; dataIndex: number }[];
          if (!first) return '';
          const change = marks.get(first.axisValue);
          const score = history.score[first.dataIndex];
          const moved = change
            ? `<br>${t('history.moved', { from: format.number(change.from_score), to: format.number(change.to_score) })}`
            : '';
          return `${format.day(first.axisValue)}<br><b>${scoreName} ${format.number(score)}</b>${moved}`;
        },
      },
      xAxis: {
        type: 'category',
        data: history.days,
        boundaryGap: false,
        axisLabel: dayAxisLabel(history.days, format),
      },
      yAxis: { type: 'value', min: 0, max: 100, interval: 50, splitLine: { show: false } },
      dataZoom: [
        { type: 'inside', zoomOnMouseWheel: 'ctrl', moveOnMouseMove: true, moveOnMouseWheel: false },
        {
          type: 'slider',
          height: 18,
          bottom: 6,
          borderColor: tokens.border,
          backgroundColor: 'transparent',
          fillerColor: `${tokens.accent}22`,
          dataBackground: { lineStyle: { color: tokens.quiet }, areaStyle: { opacity: 0 } },
          selectedDataBackground: { lineStyle: { color: tokens.accent }, areaStyle: { opacity: 0 } },
          handleStyle: { color: tokens.surface, borderColor: tokens.quiet },
          moveHandleSize: 0,
          showDetail: false,
          brushSelect: false,
        },
      ],
      series: [
        {
          name: scoreName,
          type: 'line',
          data: history.score,
          connectNulls: false,
          lineStyle: { color: tokens.accent, width: 2 },
          itemStyle: { color: tokens.accent },
          // The grid lines are where one level ends and the next begins.
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: tokens.border, type: 'solid', width: 1 },
            label: { color: tokens.dimmed, fontSize: 11, position: 'end' },
            data: (scorecard?.levels ?? []).map((level) => ({
              yAxis: level.from,
              label: { formatter: level.name[language] },
            })),
          },
        },
        {
          name: t('history.notable'),
          type: 'scatter',
          symbolSize: 9,
          data: notable.map(({ day, to_score }) => [day, to_score]),
          itemStyle: { color: tokens.surface, borderColor: tokens.accent, borderWidth: 2 },
        },
      ],
    }),
    [history, marks, notable, scorecard, language, format, scoreName, t],
  );

  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('history.day') },
        { header: scoreName, align: 'right' },
        ...groups.map(({ name }) => ({ header: name[language], align: 'right' as const })),
      ],
      rows: history.days
        .map((day, index) => [
          day,
          rounded(history.score[index]),
          ...groups.map(({ key }) => rounded(history.groups[key]?.[index])),
        ])
        .toReversed(),
    }),
    [history, groups, language, scoreName, t],
  );
  return (
    <Chart
      label={t('history.chart')}
      option={option}
      table={table}
      fileName="score-history"
      height_px={height_px}
      header={header}
    />
  );
}

function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 10) / 10;
}
