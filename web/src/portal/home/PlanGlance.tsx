import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import { goalTones } from '../plan/tones';
import { useAmount } from '../plan/use-amount';
import type { Goal, Plans } from '../requests';
import { Go } from '../router';
import { Mark } from '../ui/Mark';
import { Section } from '../ui/Section';
import classes from './Home.module.css';

/** The goals of the newest plan, each with where it stands. */
export function PlanGlance({ plans }: { plans: Plans }) {
  const { t } = useTranslation('texts');
  const plan = plans.items.find(({ state }) => state !== 'closed') ?? plans.items[0];
  if (!plan || plan.goals.length === 0) return null;
  return (
    <Section title={t('home.goals')} aside={<Go to="/portal/plan">{t('home.more')}</Go>}>
      <ul className={classes.goals}>
        {plan.goals.map((goal) => (
          <GoalLine key={goal.key} goal={goal} />
        ))}
      </ul>
    </Section>
  );
}

function GoalLine({ goal }: { goal: Goal }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const amount = useAmount(goal.unit);
  return (
    <li>
      <p className={classes.goalName}>{goal.name[language]}</p>
      <p className={classes.goalState}>
        {goal.kind !== 'yes_no' && goal.target !== null && (
          <span className="tabular">
            {amount(goal.current)} / {amount(goal.target)}
          </span>
        )}
        <Mark tone={goalTones[goal.status]}>{t(`goal.status.${goal.status}`)}</Mark>
      </p>
    </li>
  );
}
