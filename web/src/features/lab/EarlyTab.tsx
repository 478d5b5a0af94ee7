import { Text } from '@mantine/core';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { EmptyState } from '../../components/EmptyState';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import { below, placeTooltip, plotArea } from './chart-parts';
import classes from './Lab.module.css';
import { useShown } from './subject';
import type { Judgement, ScorecardLevel } from './types';

/** How early the score fell before it happened. */
export function EarlyTab({ candidate }: { candidate: Judgement }) {
  const { t } = useTranslation('lab');
  const { outcome } = useShown();
  if (candidate.outcomes === 0 || candidate.before_outcome.weeks.length === 0)
    return <EmptyState title={t('early.nothing')}>{t('early.nothingHelp', { outcome: outcome.name })}</EmptyState>;
  return (
    <div className={classes.charts}>
      <WeeksBefore judgement={candidate} />
      <FirstFlagged judgement={candidate} />
    </div>
  );
}

function WeeksBefore({ judgement }: { judgement: Judgement }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { outcome, levels } = useShown();
  const weeks = useMemo(
    () => judgement.before_outcome.weeks.toSorted((a, b) => b.weeks_before - a.weeks_before),
    [judgement],
  );
  const threshold = thresholdOf(levels, judgement);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      grid: plotArea({ right: 24 }),
      tooltip: placeTooltip(weeks, (week) =>
        t('early.tooltip', {
          count: week.weeks_before,
          median: format.number(week.median, 0),
          low: format.number(week.p25, 0),
          high: format.number(week.p75, 0),
          others: format.number(week.others_median, 0),
        }),
      ),
      xAxis: {
        type: 'category',
        boundaryGap: false,
        data: weeks.map(({ weeks_before }) => weeks_before),
        ...below(t('early.weeksBefore')),
      },
      yAxis: { type: 'value', min: 0, max: 100, interval: 25 },
      series: [
        { type: 'line', stack: 'middle', silent: true, data: weeks.map(({ p25 }) => p25), lineStyle: { opacity: 0 } },
        {
          type: 'line',
          stack: 'middle',
          silent: true,
          data: weeks.map(({ p25, p75 }) => p75 - p25),
          lineStyle: { opacity: 0 },
          areaStyle: { color: tokens.accent, opacity: 0.16 },
        },
        {
          type: 'line',
          data: weeks.map(({ others_median }) => others_median),
          lineStyle: { color: tokens.quiet },
          color: tokens.quiet,
        },
        {
          type: 'line',
          data: weeks.map(({ median }) => median),
          lineStyle: { color: tokens.accent },
          color: tokens.accent,
          markLine: {
            silent: true,
            symbol: 'none',
            lineStyle: { color: tokens.dimmed, type: 'dashed', width: 1 },
            label: { show: false },
            data: threshold === undefined ? [] : [{ yAxis: threshold }],
          },
        },
      ],
    }),
    [weeks, threshold, format, t],
  );
  const table = useMemo<ChartTable>(() => {
    const score = (cell: unknown) => (cell === null ? '–' : format.number(Number(cell), 1));
    return {
      columns: [
        { header: t('early.weeksBefore'), align: 'right' },
        { header: t('early.median'), align: 'right', format: score },
        { header: t('early.quarter'), align: 'right', format: score },
        { header: t('early.threeQuarters'), align: 'right', format: score },
        { header: t('early.others'), align: 'right', format: score },
        { header: t('column.accounts'), align: 'right' },
      ],
      rows: weeks.map((week) => [
        week.weeks_before,
        week.median,
        week.p25,
        week.p75,
        week.others_median,
        week.accounts,
      ]),
    };
  }, [weeks, format, t]);
  const [first, last] = [weeks[0], weeks.at(-1)];
  return (
    <ChartCard
      title={t('early.title', { outcome: outcome.name })}
      help={t('help.early', { outcome: outcome.name })}
      sentence={
        first && last
          ? t('early.sentence', {
              weeks: format.number(first.weeks_before),
              from: format.number(first.median, 0),
              last: format.number(last.weeks_before),
              to: format.number(last.median, 0),
            })
          : t('chart.nothing')
      }
      series={[
        { name: t('early.medianOf', { outcome: outcome.name }), color: 'var(--text-link)' },
        { name: t('early.others'), color: 'var(--chart-quiet)' },
        { name: t('early.threshold'), color: 'var(--mantine-color-dimmed)', dashed: true },
      ]}
      option={option}
      table={table}
      fileName="lab-before-outcome"
      height_px={280}
    />
  );
}

/** The score that parts those who were foreseen from the others. */
function thresholdOf(levels: readonly ScorecardLevel[], { at_level, sense }: Judgement): number | undefined {
  const place = levels.findIndex(({ key }) => key === at_level);
  return sense === 'good' ? levels[place]?.from : levels[place - 1]?.from;
}

function FirstFlagged({ judgement }: { judgement: Judgement }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { outcome } = useShown();
  const { first_flagged_days: days } = judgement.before_outcome;
  const { histogram } = days;
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      grid: plotArea({ top: 20 }),
      xAxis: {
        type: 'category',
        data: histogram.map(({ from_days, to_days }) => `${from_days}–${to_days}`),
        ...below(t('flagged.daysBefore')),
      },
      yAxis: { type: 'value', min: 0, minInterval: 1, show: false },
      series: [
        {
          type: 'bar',
          data: histogram.map(({ accounts }) => accounts),
          itemStyle: { color: tokens.accent },
          label: {
            show: true,
            position: 'top',
            color: tokens.text,
            fontSize: 12,
            // Nothing stands over an empty place.
            formatter: ({ value }: { value: number }) => (value > 0 ? String(value) : ''),
          },
        },
      ],
    }),
    [histogram, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [{ header: t('flagged.daysBefore') }, { header: t('column.accounts'), align: 'right' }],
      rows: histogram.map(({ from_days, to_days, accounts }) => [`${from_days}–${to_days}`, accounts]),
    }),
    [histogram, t],
  );
  return (
    <ChartCard
      title={t('flagged.title')}
      help={t('help.flagged', { outcome: outcome.name })}
      sentence={
        days.median === null
          ? t('chart.nothing')
          : t('flagged.sentence', { outcome: outcome.name, days: format.number(days.median, 0) })
      }
      option={option}
      table={table}
      fileName="lab-first-flagged"
      height_px={280}
    >
      {days.never_share !== null && (
        <Text fz="sm">{t('flagged.never', { share: format.percent(days.never_share, 0) })}</Text>
      )}
    </ChartCard>
  );
}
