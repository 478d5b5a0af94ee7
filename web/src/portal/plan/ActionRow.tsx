import { IconCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';
import { useFinishAction, type Action, type Plan } from '../requests';
import { Button } from '../ui/Button';
import { Mark } from '../ui/Mark';
import { tell } from '../ui/told';
import ui from '../ui/Ui.module.css';
import { useTellProblem } from '../ui/use-tell-problem';
import { Comments } from './Comments';
import classes from './Plan.module.css';

interface ActionRowProps {
  plan: Plan;
  action: Action;
  today: string;
}

/** Something to do: by whom and until when. What is the customer's, they finish themselves. */
export function ActionRow({ plan, action }: ActionRowProps) {
  const { t } = useTranslation('texts');
  const language = useLanguage();
  const format = useFormat();
  const finish = useFinishAction(plan.id);
  const tellProblem = useTellProblem();
  const isOpen = plan.state !== 'closed';
  const isDone = action.done_on !== null;
  const name = action.name[language];
  const before = plan.actions.filter(({ key, done_on }) => action.after.includes(key) && done_on === null);
  const set = (done: boolean) =>
    carryOut(
      finish,
      { action: action.key, done },
      {
        onSuccess: () => tell(done ? t('action.thanks', { name }) : t('action.reopened', { name })),
        onError: tellProblem,
      },
    );
  return (
    <li id={`action-${action.key}`}>
      <div className={classes.actionHead}>
        <p className={classes.actionName} data-done={isDone || undefined}>
          {isDone && <IconCheck size={18} aria-hidden />}
          {name}
        </p>
        {action.is_theirs && isOpen && (
          <Button isDeed isBusy={finish.isPending} look={isDone ? 'quiet' : 'plain'} onClick={() => set(!isDone)}>
            {isDone ? t('action.reopen') : t('action.finish')}
            <span className="visually-hidden">: {name}</span>
          </Button>
        )}
      </div>
      <p className={`${ui.quiet} ${ui.row}`}>
        {action.is_mine && <Mark>{t('action.mine')}</Mark>}
        {action.owner_name && !action.is_mine && <span>{action.owner_name}</span>}
        {isDone ? (
          <span>{t('action.doneOn', { day: format.day(action.done_on) })}</span>
        ) : (
          action.due && (
            <span>
              {t('action.due', { day: format.day(action.due) })} · {format.relativeDay(action.due)}
            </span>
          )
        )}
        {action.is_late && !isDone && <Mark tone="mind">{t('action.late')}</Mark>}
      </p>
      {before.length > 0 && !isDone && (
        <p className={ui.quiet}>
          {t('action.after', { names: before.map((each) => each.name[language]).join(t('comma')) })}
        </p>
      )}
      <Comments planId={plan.id} item={action.key} comments={action.comments} mayComment={isOpen} />
    </li>
  );
}
