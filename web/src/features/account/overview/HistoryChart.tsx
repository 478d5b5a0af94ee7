import { useCallback, useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { dayAxisLabel } from '../day-axis';
import type { Health, HealthHistory, NotableDay } from '../health-types';
import { publicationMarks } from './beside';
import type { BesideLine } from './use-beside';

interface HistoryChartProps {
  history: HealthHistory;
  health: Health;
  notable: readonly NotableDay[];
  /** The same account under another version, or as it was shown. */
  beside: BesideLine | undefined;
  header: ReactNode;
}

const height_px = 280;

/** The score as a line; days of notable change are points on it. Wheel, pinch and the strip below zoom. */
export function HistoryChart({ history, health, notable, beside, header }: HistoryChartProps) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const scoreName = t('history.score');
  const { groups, scorecard } = health;
  const marks = useMemo(() => new Map(notable.map((change) => [change.day, change])), [notable]);

  const published = useMemo(() => publicationMarks(history.publications ?? [], history.days), [history]);
  const besideOn = useMemo(() => new Map(beside?.line), [beside]);
  const ownName = beside && history.release ? t('versions.now', { release: history.release }) : scoreName;
  // The label of the line that ends higher stands above it, the other's below.
  const isAbove = (history.score.at(-1) ?? 0) >= (lastOf(beside) ?? 0);

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
          const other = beside && besideOn.get(first.axisValue);
          const compared = beside && other != null ? `<br>${beside.name} ${format.number(other)}` : '';
          const version = published.find(({ day }) => day === first.axisValue);
          const made = version ? `<br>${t('versions.version', { release: version.release })}` : '';
          return `${format.day(first.axisValue)}<br><b>${ownName} ${format.number(score)}</b>${compared}${moved}${made}`;
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
          name: ownName,
          type: 'line',
          data: history.score,
          endLabel: beside && lineLabel(ownName, tokens.accent, isAbove),
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
          name: beside?.name ?? '',
          type: 'line',
          data: beside?.line ?? [],
          step: beside?.isStepped ? 'end' : false,
          connectNulls: false,
          endLabel: beside && lineLabel(beside.name, tokens.dimmed, !isAbove),
          lineStyle: { color: tokens.dimmed, width: 1.5 },
          itemStyle: { color: tokens.dimmed },
          // Days on which a version was published.
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: tokens.dimmed, type: 'dashed', width: 1 },
            label: { color: tokens.dimmed, fontSize: 11, position: 'insideEndTop', rotate: 0 },
            data: published.map(({ day, release }) => ({
              xAxis: day,
              label: { formatter: t('versions.version', { release }) },
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
    [history, marks, notable, published, beside, besideOn, isAbove, ownName, scorecard, language, format, t],
  );

  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('history.day') },
        { header: ownName, align: 'right' },
        ...(beside ? [{ header: beside.name, align: 'right' as const }] : []),
        ...groups.map(({ name }) => ({ header: name[language], align: 'right' as const })),
      ],
      rows: history.days
        .map((day, index) => [
          day,
          rounded(history.score[index]),
          ...(beside ? [rounded(besideOn.get(day))] : []),
          ...groups.map(({ key }) => rounded(history.groups[key]?.[index])),
        ])
        .toReversed(),
    }),
    [history, groups, beside, besideOn, language, ownName, t],
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

function lastOf(beside: BesideLine | undefined): number | null {
  return beside?.line.findLast(([, score]) => score !== null)?.[1] ?? null;
}

/** The line's name on its end, inside the plot: the margin beside it names the levels. */
function lineLabel(name: string, color: string, isAbove: boolean) {
  return {
    show: true,
    formatter: name,
    color,
    fontSize: 12,
    align: 'right' as const,
    offset: [-10, isAbove ? -14 : 14],
  };
}

function rounded(value: number | null | undefined): number | null {
  return value == null ? null : Math.round(value * 10) / 10;
}
