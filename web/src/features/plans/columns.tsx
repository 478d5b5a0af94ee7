import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type PlanLine } from '../../api/plans';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { PlanStateBadge } from '../../components/goals/GoalBadges';
import { NextStepText } from '../../components/goals/NextStepText';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { useFormat, useLanguage } from '../../lib/viewer';
import classes from './Plans.module.css';

export function usePlanColumns(): readonly DataColumn<PlanLine>[] {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 240,
        cell: (line) => (
          <span className={classes.two}>
            <Anchor
              inherit
              fw={550}
              truncate
              title={line.account_name}
              renderRoot={(props) => <Link to="/plans/$planId" params={{ planId: String(line.id) }} {...props} />}
            >
              {line.account_name}
            </Anchor>
            <Text span fz="xs" c="dimmed" truncate title={wordsIn(line.name, language)}>
              {wordsIn(line.name, language)}
            </Text>
          </span>
        ),
      },
      {
        id: 'state',
        header: t('column.state'),
        width_px: 110,
        cell: ({ state }) => <PlanStateBadge state={state} />,
      },
      { id: 'arr', header: 'ARR', width_px: 100, align: 'right', cell: ({ arr }) => <Money value={arr} /> },
      {
        id: 'level',
        header: t('column.level'),
        width_px: 116,
        cell: ({ level }) => <LevelBadge level={level} />,
      },
      {
        id: 'goals',
        header: t('column.goals'),
        width_px: 160,
        cell: (line) => <GoalCounts line={line} />,
      },
      {
        id: 'confirmed',
        header: t('column.confirmed'),
        width_px: 120,
        cell: ({ confirmed, goals, waits_for_confirmation, state }) =>
          state === 'draft' ? (
            '–'
          ) : (
            <span className={classes.two}>
              {t('confirmedOf', { confirmed: format.number(confirmed), total: format.number(goals.total) })}
              {waits_for_confirmation && (
                <Text span fz="xs" c="dimmed">
                  {t('waits')}
                </Text>
              )}
            </span>
          ),
      },
      {
        id: 'next_step',
        header: t('column.nextStep'),
        width_px: 340,
        cell: ({ next_step, state }) => (state === 'closed' ? '–' : <NextStepText step={next_step} />),
      },
      {
        id: 'due',
        header: t('column.due'),
        width_px: 130,
        cell: ({ next_goal_due }) => <DateText value={next_goal_due} form="absolute" />,
      },
      {
        id: 'late',
        header: t('column.late'),
        width_px: 110,
        align: 'right',
        cell: ({ late_actions }) =>
          late_actions > 0 ? <span className={classes.late}>{format.number(late_actions)}</span> : '–',
      },
      {
        id: 'value',
        header: t('column.value'),
        width_px: 120,
        align: 'right',
        cell: ({ value }) => (value.amount_minor > 0 ? <Money value={value} /> : '–'),
      },
      {
        id: 'owner',
        header: t('column.owner'),
        width_px: 130,
        cell: ({ owner }) => owner?.name ?? '–',
      },
    ],
    [t, language, format],
  );
}

function GoalCounts({ line: { goals } }: { line: PlanLine }) {
  const { t } = useTranslation('plans');
  const format = useFormat();
  if (goals.total === 0) return <span className={classes.late}>{t('noGoals')}</span>;
  const parts = [
    goals.achieved > 0 && t('goalsAchieved', { formatted: format.number(goals.achieved) }),
    goals.behind > 0 && t('goalsBehind', { formatted: format.number(goals.behind) }),
    goals.missed > 0 && t('goalsMissed', { formatted: format.number(goals.missed) }),
  ].filter(Boolean);
  return (
    <span className={classes.two}>
      {t('goalsTotal', { count: goals.total, formatted: format.number(goals.total) })}
      {parts.length > 0 && (
        <Text span fz="xs" c="dimmed">
          {parts.join(' · ')}
        </Text>
      )}
    </span>
  );
}
