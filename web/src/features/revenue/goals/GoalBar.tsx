import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { GoalProgress } from '../types';
import classes from './Goals.module.css';

/** How much of a goal is there. Of churn the bar is what was used up of what may be lost at most. */
export function GoalBar({ goal }: { goal: GoalProgress }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const language = useLanguage();
  const { progress, reached } = goal;
  const isOver = goal.key === 'churn' && progress !== null && progress > 1;
  return (
    <span
      className={classes.bar}
      role="meter"
      aria-label={goal.name[language]}
      aria-valuemin={0}
      aria-valuemax={100}
      aria-valuenow={Math.round(Math.min(Math.max(progress ?? 0, 0), 1) * 100)}
      aria-valuetext={progress === null ? t('goals.unknown') : format.percent(progress, 0)}
    >
      <i
        data-tone={isOver ? 'over' : reached ? 'reached' : 'open'}
        style={{ width: `${Math.min(Math.max(progress ?? 0, 0), 1) * 100}%` }}
      />
    </span>
  );
}
