import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { useConfirmGoal, type Goal, type Plan } from '../requests';
import { Button } from '../ui/Button';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useTellProblem } from '../ui/use-tell-problem';
import classes from './Plan.module.css';

/** The word of the customer that this is the goal, and this how it is measured. */
export function ConfirmGoal({ plan, goal }: { plan: Plan; goal: Goal }) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const confirm = useConfirmGoal(plan.id);
  const tellProblem = useTellProblem();
  if (goal.confirmation === 'none') return null;
  if (goal.confirmation === 'confirmed') {
    return (
      <p className={classes.agreedNote}>
        <IconCheck size={18} aria-hidden /> {t('goal.confirmed')}
      </p>
    );
  }
  if (plan.state === 'closed') return null;
  const send = () =>
    carryOut(
      confirm,
      { goal: goal.key, words: '' },
      { onSuccess: () => tell(t('goal.thanks', { name: goal.name[language] })), onError: tellProblem },
    );
  return (
    <div className={classes.confirm}>
      {goal.confirmation === 'commented' && <p className={ui.quiet}>{t('goal.commented')}</p>}
      <Button look="strong" isDeed isBusy={confirm.isPending} onClick={send}>
        {t('goal.confirm')}
        <span className="visually-hidden">: {goal.name[language]}</span>
      </Button>
    </div>
  );
}
