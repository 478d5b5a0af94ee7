import { useId } from 'react';
import { useTranslation } from 'react-i18next';
import { useFormat, useLanguage } from '../../lib/viewer';
import type { Goal, Plan } from '../requests';
import { Mark } from '../ui/Mark';
import ui from '../ui/Ui.module.css';
import { Comments } from './Comments';
import { ConfirmGoal } from './ConfirmGoal';
import { FigureForm } from './FigureForm';
import { GoalChart } from './GoalChart';
import classes from './Plan.module.css';
import { goalTones } from './tones';
import { useAmount } from './use-amount';

interface GoalCardProps {
  plan: Plan;
  goal: Goal;
  today: string;
}

/** One goal: what it is and why, from where to where, how it goes, and the reader's word on it. */
export function GoalCard({ plan, goal, today }: GoalCardProps) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const id = useId();
  const isOpen = plan.state !== 'closed';
  const texts = (['why', 'criterion'] as const).filter((part) => goal[part][language] !== '');
  return (
    <section className={ui.card} id={`goal-${goal.key}`} aria-labelledby={id}>
      <div className={ui.sectionHead}>
        <h3 id={id}>{goal.name[language]}</h3>
        <Mark tone={goalTones[goal.status]}>{t(`goal.status.${goal.status}`)}</Mark>
      </div>
      {texts.length > 0 && (
        <dl className={classes.facts}>
          {texts.map((part) => (
            <div key={part}>
              <dt>{t(`goal.${part}`)}</dt>
              <dd>{goal[part][language]}</dd>
            </div>
          ))}
        </dl>
      )}
      {goal.kind !== 'yes_no' && <Figures goal={goal} />}
      {goal.due && (
        <p className={ui.quiet}>
          {t('goal.due', { day: format.day(goal.due) })}
          {goal.status !== 'achieved' && <> · {format.relativeDay(goal.due)}</>}
        </p>
      )}
      {goal.kind !== 'yes_no' && <GoalChart goal={goal} />}
      {isOpen && goal.takes_figures && <FigureForm planId={plan.id} goal={goal} today={today} />}
      <ConfirmGoal plan={plan} goal={goal} />
      <Comments planId={plan.id} item={goal.key} comments={goal.comments} mayComment={isOpen} />
    </section>
  );
}

function Figures({ goal }: { goal: Goal }) {
  const { t } = useTranslation('texts');
  const amount = useAmount(goal.unit);
  const share = goal.progress === null ? null : Math.min(1, Math.max(0, goal.progress));
  return (
    <>
      <dl className={classes.way}>
        {(['baseline', 'current', 'target'] as const).map((which) => (
          <div key={which} data-now={which === 'current' || undefined}>
            <dt>{t(`goal.${which}`)}</dt>
            <dd className="tabular">{amount(goal[which])}</dd>
          </div>
        ))}
      </dl>
      {share !== null && (
        <div
          className={classes.progress}
          role="progressbar"
          aria-label={t('goal.progress')}
          aria-valuenow={Math.round(share * 100)}
          aria-valuemin={0}
          aria-valuemax={100}
        >
          <div style={{ width: `${share * 100}%` }} />
        </div>
      )}
    </>
  );
}
