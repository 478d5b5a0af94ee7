import { Anchor, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Plan } from '../../../api/plans';
import { DateText } from '../../../components/DateText';
import { ConfirmationBadge, GoalStatusBadge } from '../../../components/goals/GoalBadges';
import { GoalChart } from '../../../components/goals/GoalChart';
import { GoalFigures } from '../../../components/goals/GoalFigures';
import { useLanguage } from '../../../lib/viewer';
import classes from './Plan.module.css';

/** The goals one under the other: how each stands, its figures and its course. */
export function GoalLines({ plan }: { plan: Plan }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  if (plan.document.goals.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('plan.noGoals')}
      </Text>
    );
  return (
    <ul className={classes.goals} aria-label={t('plan.goals')}>
      {plan.document.goals.map((goal) => {
        const standing = plan.goals.find(({ key }) => key === goal.key);
        if (!standing) return null;
        const name = wordsIn(goal.name, language);
        return (
          <li key={goal.key}>
            <div className={classes.goalName}>
              <Anchor
                inherit
                fw={600}
                renderRoot={(props) => (
                  <Link
                    to="/plans/$planId"
                    params={{ planId: String(plan.id) }}
                    search={{ panel: `goal~${goal.key}` }}
                    {...props}
                  />
                )}
              >
                {name}
              </Anchor>
              <Text fz="xs" c="dimmed">
                {wordsIn(goal.criterion, language)}
              </Text>
              <div className={classes.goalState}>
                <GoalStatusBadge status={standing.status} />
                <ConfirmationBadge confirmation={standing.confirmation} />
                {goal.due && (
                  <Text span fz="xs" c="dimmed">
                    {t('plan.due')} <DateText value={goal.due} form="absolute" />
                  </Text>
                )}
              </div>
            </div>
            <GoalFigures goal={goal} standing={standing} />
            {goal.kind !== 'yes_no' && (
              <GoalChart course={{ ...goal, readings: standing.readings }} unit={goal.unit} name={name} />
            )}
          </li>
        );
      })}
    </ul>
  );
}
