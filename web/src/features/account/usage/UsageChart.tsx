import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption, ChartPick } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { useFormat } from '../../../lib/viewer';
import { dayAxisLabel } from '../day-axis';
import type { Usage } from '../types';
import { useOpenPanel } from '../use-account-address';

const height_px = 280;

/** Active people each day and over 28 days, against the seats. A click on a day walks down to its events. */
export function UsageChart({ usage }: { usage: Usage }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const open = useOpenPanel();
  const daily = t('usage.daily');
  const rolling = t('usage.rolling');
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      grid: { left: 8, right: 96, top: 16, bottom: 44, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: {
        trigger: 'axis',
        formatter: (points: unknown) => {
          const [first] = points as { axisValue: string; dataIndex: number }[];
          if (!first) return '';
          const at = first.dataIndex;
          return [
            format.day(first.axisValue),
            `${rolling} <b>${format.number(usage.active_users_28d[at])}</b>`,
            `${daily} <b>${format.number(usage.active_users[at])}</b>`,
            `${t('usage.events')} <b>${format.number(usage.events[at])}</b>`,
          ].join('<br>');
        },
      },
      xAxis: { type: 'category', data: usage.days, axisLabel: dayAxisLabel(usage.days, format) },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
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
          name: daily,
          type: 'bar',
          data: usage.active_users,
          itemStyle: { color: tokens.quiet },
          barCategoryGap: '20%',
        },
        {
          name: rolling,
          type: 'line',
          data: usage.active_users_28d,
          lineStyle: { color: tokens.accent },
          itemStyle: { color: tokens.accent },
          endLabel: { show: true, formatter: () => t('usage.rollingShort'), color: tokens.accent, distance: 8 },
          labelLayout: { moveOverlap: 'shiftY' },
        },
        // A series rather than a mark, so that the seats are always in sight and labels keep out of each other's way.
        {
          name: t('usage.seatsName'),
          type: 'line',
          silent: true,
          data: usage.seats === null ? [] : usage.days.map(() => usage.seats),
          lineStyle: { color: tokens.dimmed, type: 'dashed', width: 1 },
          itemStyle: { color: tokens.dimmed },
          endLabel: {
            show: true,
            formatter: () => t('usage.seats', { count: usage.seats ?? 0, formatted: format.number(usage.seats) }),
            color: tokens.dimmed,
            distance: 8,
          },
          labelLayout: { moveOverlap: 'shiftY' },
        },
      ],
    }),
    [usage, format, daily, rolling, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('history.day') },
        { header: rolling, align: 'right' },
        { header: daily, align: 'right' },
        { header: t('usage.events'), align: 'right' },
      ],
      rows: usage.days
        .map((day, index) => [day, usage.active_users_28d[index], usage.active_users[index], usage.events[index]])
        .toReversed(),
    }),
    [usage, daily, rolling, t],
  );
  const pick = useCallback(
    ({ dataIndex }: ChartPick) => {
      const day = usage.days[dataIndex];
      if (day) open({ kind: 'events', question: { day } });
    },
    [usage, open],
  );
  return (
    <Chart
      label={t('usage.chart')}
      option={option}
      table={table}
      fileName="usage"
      height_px={height_px}
      onPick={pick}
      header={<UsageNow usage={usage} />}
    />
  );
}

/** The figure of the last day in a sentence. */
function UsageNow({ usage }: { usage: Usage }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const active = usage.active_users_28d.at(-1) ?? 0;
  const sentence =
    usage.seats === null || usage.seats === 0
      ? t('usage.nowWithoutSeats', { count: active, formatted: format.number(active) })
      : t('usage.now', {
          count: active,
          formatted: format.number(active),
          seats: format.number(usage.seats),
          share: format.percent(active / usage.seats, 0),
        });
  return <span>{sentence}</span>;
}
