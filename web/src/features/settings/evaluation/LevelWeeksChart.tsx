import { Group, Select, Skeleton, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { Release } from '../../../api/releases';
import { Chart, type ChartTable } from '../../../components/chart/Chart';
import type { ChartOption } from '../../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../../components/chart/tokens';
import { ErrorState } from '../../../components/ErrorState';
import { asLevel } from '../../../lib/level';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { levelWeeksQuery, type LevelWeek } from './releases';

interface LevelWeeksChartProps {
  /** Those whose history can be read. */
  releases: readonly Release[];
  shown: Release;
  onShow: (release: number) => void;
}

/** How many customers each level had, week by week, under one version at a time. */
export function LevelWeeksChart({ releases, shown, onShow }: LevelWeeksChartProps) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const weeks = useQuery(levelWeeksQuery(shown.release));
  return (
    <section>
      <Group gap="sm" mb={8}>
        <Title order={3}>{t('releases.levels')}</Title>
        <Select
          size="xs"
          w={220}
          aria-label={t('releases.levelsUnder')}
          allowDeselect={false}
          value={String(shown.release)}
          onChange={(next) => next && onShow(Number(next))}
          data={releases.map(({ release, day }) => ({
            value: String(release),
            label: t('releases.choice', { release, day: format.day(day) }),
          }))}
        />
      </Group>
      {weeks.isPending && <Skeleton height={260} />}
      {weeks.isError && <ErrorState error={weeks.error} onRetry={() => void weeks.refetch()} />}
      {weeks.data?.weeks.length === 0 && <Text fz="sm">{t('releases.noWeeks')}</Text>}
      {weeks.data && weeks.data.weeks.length > 0 && <Areas weeks={weeks.data.weeks} />}
    </section>
  );
}

function Areas({ weeks }: { weeks: readonly LevelWeek[] }) {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const language = useLanguage();
  // Worst at the bottom, so that trouble grows from the ground.
  const levels = useMemo(() => (weeks[0]?.levels ?? []).toReversed(), [weeks]);
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      grid: { left: 8, right: 88, top: 12, bottom: 8, outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' },
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', boundaryGap: false, data: weeks.map(({ day }) => format.dayShort(day)) },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: levels.map(({ level, name }) => {
        const color = tokens.levels[asLevel(level)];
        const data = weeks.map((week) => week.levels.find((each) => each.level === level)?.accounts ?? 0);
        return {
          name: name[language],
          type: 'line',
          stack: 'levels',
          data,
          lineStyle: { width: 0 },
          itemStyle: { color },
          areaStyle: { color, opacity: 0.75 },
          // A level with nobody at the end has no place for its name.
          endLabel: { show: (data.at(-1) ?? 0) > 0, formatter: name[language], color: tokens.text, fontSize: 11 },
          labelLayout: { moveOverlap: 'shiftY' },
        };
      }),
    }),
    [weeks, levels, language, format],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('releases.week') },
        ...(weeks[0]?.levels ?? []).map(({ name }) => ({ header: name[language], align: 'right' as const })),
      ],
      rows: weeks.map((week) => [week.day, ...week.levels.map(({ accounts }) => accounts)]).toReversed(),
    }),
    [weeks, language, t],
  );
  return <Chart label={t('releases.levels')} option={option} table={table} fileName="levels-by-week" height_px={260} />;
}
