import { Skeleton, Switch, Table, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useCallback, useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { ChartTable } from '../../components/chart/Chart';
import type { ChartOption } from '../../components/chart/ChartCanvas';
import type { ChartTokens } from '../../components/chart/tokens';
import { ErrorState } from '../../components/ErrorState';
import { LevelBadge } from '../../components/LevelBadge';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { ChartCard } from './ChartCard';
import { shadowQuery, useShadowSwitch } from './lab';
import classes from './Lab.module.css';
import { useShown } from './subject';
import type { Panel, Shadow } from './types';

/** A draft that is scored every day beside the published one, before anybody relies on it. */
export function ShadowTab({ panel }: { panel: Panel }) {
  const { t } = useTranslation('lab');
  const { scorecard } = useShown();
  const shadows = useQuery(shadowQuery);
  const toggle = useShadowSwitch();
  if (shadows.isError) return <ErrorState error={shadows.error} onRetry={() => void shadows.refetch()} />;
  if (!shadows.data) return <Skeleton height={240} />;
  const shadow = shadows.data.find((each) => each.scorecard === scorecard.key);
  const isOn = shadow !== undefined && shadow.since !== null;
  const hasDraft = panel.scorecards.find(({ key }) => key === scorecard.key)?.has_draft ?? false;
  return (
    <>
      <Switch
        label={t('shadow.switch')}
        description={t(hasDraft || isOn ? 'shadow.help' : 'shadow.noDraft')}
        disabled={(!hasDraft && !isOn) || toggle.isPending}
        checked={isOn}
        onChange={(event) =>
          carryOut(toggle, { scorecard: scorecard.key, on: event.currentTarget.checked }, { onError: showProblem })
        }
        mb={16}
      />
      {isOn && <Running shadow={shadow} />}
    </>
  );
}

function Running({ shadow }: { shadow: Shadow }) {
  const { t } = useTranslation('lab');
  const format = useFormat();
  const { days, levels, differing, since } = shadow;
  const option = useCallback(
    (tokens: ChartTokens): ChartOption => ({
      animation: false,
      tooltip: { trigger: 'axis' },
      xAxis: { type: 'category', data: days.map(({ day }) => format.dayShort(day)) },
      yAxis: { type: 'value', min: 0, minInterval: 1 },
      series: [
        {
          name: t('shadow.differing'),
          type: 'bar',
          data: days.map((each) => each.differing),
          itemStyle: { color: tokens.accent },
        },
      ],
    }),
    [days, format, t],
  );
  const table = useMemo<ChartTable>(
    () => ({
      columns: [
        { header: t('column.day') },
        { header: t('shadow.differing'), align: 'right' },
        {
          header: t('shadow.meanDifference'),
          align: 'right',
          format: (cell) => (cell == null ? '–' : format.change(Number(cell), 1)),
        },
      ],
      rows: days.map((each) => [each.day, each.differing, each.mean_difference]).toReversed(),
    }),
    [days, format, t],
  );
  return (
    <div className={classes.charts}>
      <section className={classes.card}>
        <Text fz="sm" mb={8}>
          {t('shadow.since', { day: format.day(since?.slice(0, 10)) })}
        </Text>
        <Table aria-label={t('shadow.levels')}>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.level')}</Table.Th>
              <Table.Th ta="right">{t('subject.published')}</Table.Th>
              <Table.Th ta="right">{t('subject.draft')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {levels.map((each) => (
              <Table.Tr key={each.level}>
                <Table.Td>
                  <LevelBadge level={each.level} />
                </Table.Td>
                <Table.Td ta="right">{format.number(each.accounts_published)}</Table.Td>
                <Table.Td ta="right">{format.number(each.accounts_draft)}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </section>
      <ChartCard
        title={t('shadow.perDay')}
        help={t('help.shadow')}
        sentence={t('shadow.sentence', { count: differing })}
        option={option}
        table={table}
        fileName="lab-shadow"
        height_px={220}
      />
    </div>
  );
}
