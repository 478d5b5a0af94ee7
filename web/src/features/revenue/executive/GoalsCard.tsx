import { Anchor, Text } from '@mantine/core';
import { IconCheck } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { GoalBar } from '../goals/GoalBar';
import { useGoalFormat } from '../goals/use-goal-format';
import type { Executive } from '../types';
import { Card } from './Card';
import classes from './Executive.module.css';

/** What the quarter is to bring, and how much of it is there. */
export function GoalsCard({ data }: { data: Executive }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const say = useGoalFormat(data.currency);
  return (
    <Card
      title={t('goals.title')}
      figure="goals"
      period={format.fiscalQuarter(data.goals_quarter)}
      size="middle"
      actions={
        <Anchor fz="xs" className={classes.cardLink} renderRoot={(props) => <Link to="/revenue/goals" {...props} />}>
          {t(data.goals.length === 0 ? 'goals.set' : 'goals.all')}
        </Anchor>
      }
    >
      {data.goals.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('goals.noneShort')}
        </Text>
      )}
      <ul className={classes.goals}>
        {data.goals.map((goal) => (
          <li key={goal.key}>
            <span>
              {goal.name[language]}
              {goal.reached && <IconCheck size={14} stroke={2.2} aria-label={t('goals.reached')} />}
            </span>
            <span className="tabular">
              {say(goal, goal.actual)}
              <Text span fz="xs" c="dimmed">
                {' / '}
                {say(goal, goal.goal)}
              </Text>
            </span>
            <GoalBar goal={goal} />
          </li>
        ))}
      </ul>
    </Card>
  );
}
