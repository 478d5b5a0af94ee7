import { useTranslation } from 'react-i18next';
import type { Goal, GoalStanding } from '../../api/plans';
import { useFigureText } from './figure-text';
import classes from './Goals.module.css';

/** Baseline → now → target, and how much of the way is done. Goals without figures are told by their status alone. */
export function GoalFigures({ goal, standing }: { goal: Goal; standing: GoalStanding }) {
  const { t } = useTranslation('goals');
  const figure = useFigureText();
  if (goal.kind === 'yes_no') return null;
  const share = standing.progress === null ? null : Math.round(100 * Math.min(1, Math.max(0, standing.progress)));
  return (
    <div className={classes.figures}>
      <dl>
        <div>
          <dt>{t('figures.baseline')}</dt>
          <dd>{figure(goal.baseline, goal.unit)}</dd>
        </div>
        <div data-now>
          <dt>{t('figures.current')}</dt>
          <dd>{figure(standing.current, goal.unit)}</dd>
        </div>
        <div>
          <dt>{t('figures.target')}</dt>
          <dd>{figure(goal.target, goal.unit)}</dd>
        </div>
      </dl>
      {share !== null && (
        <div
          className={classes.progress}
          data-status={standing.status}
          role="img"
          aria-label={t('figures.progress', { percent: share })}
        >
          <span style={{ width: `${share}%` }} />
        </div>
      )}
    </div>
  );
}
