import { Button, Text, UnstyledButton } from '@mantine/core';
import { IconMessage2, IconPlus, IconTargetArrow } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Goal, type GoalStanding } from '../../../api/plans';
import { EmptyState } from '../../../components/EmptyState';
import { ConfirmationBadge, GoalStatusBadge } from '../../../components/goals/GoalBadges';
import { GoalChart } from '../../../components/goals/GoalChart';
import { GoalFigures } from '../../../components/goals/GoalFigures';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { usePanel } from '../../../lib/use-panel';
import { useEditing } from '../editing';
import { panelAddress } from '../panel-address';
import classes from '../Plans.module.css';
import { useDayWords } from '../use-day-words';

/** The goals as cards: what is agreed, how each stands and why, and what the customer said. */
export function GoalsTab() {
  const { t } = useTranslation('plans');
  const { document, plan, mayEdit } = useEditing();
  const panel = usePanel();
  const add = mayEdit && (
    <Button
      size="xs"
      variant={document.goals.length === 0 ? 'filled' : 'default'}
      leftSection={<IconPlus size={14} aria-hidden />}
      onClick={() => panel.open(panelAddress({ kind: 'goal', key: '' }))}
    >
      {t('add.goal')}
    </Button>
  );
  if (document.goals.length === 0)
    return (
      <EmptyState icon={IconTargetArrow} title={t('goalsEmpty')} action={add}>
        {t('goalsEmptyHelp')}
      </EmptyState>
    );
  return (
    <>
      <ul className={classes.cards}>
        {document.goals.map((goal) => (
          <GoalCard key={goal.key} goal={goal} standing={plan?.goals.find(({ key }) => key === goal.key)} />
        ))}
      </ul>
      <div style={{ marginTop: 12 }}>{add}</div>
    </>
  );
}

function GoalCard({ goal, standing }: { goal: Goal; standing: GoalStanding | undefined }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const format = useFormat();
  const days = useDayWords();
  const panel = usePanel();
  const { plan, people, contacts } = useEditing();
  const name = wordsIn(goal.name, language);
  const ours = people.find(({ id }) => id === goal.ours)?.name;
  const theirs = contacts.find(({ id }) => id === goal.theirs)?.name;
  const said = plan?.confirmations.filter((each) => each.goal === goal.key)[0];
  const comments = plan?.comments.filter(({ item }) => item === goal.key).length ?? 0;
  return (
    <li className={classes.goal}>
      <div className={classes.goalHead}>
        <UnstyledButton
          className={classes.goalName}
          onClick={() => panel.open(panelAddress({ kind: 'goal', key: goal.key }))}
        >
          {name}
        </UnstyledButton>
        {standing && <GoalStatusBadge status={standing.status} />}
      </div>
      <Text fz="sm" className="phrases" c={wordsIn(goal.criterion, language) === '' ? 'dimmed' : undefined}>
        {wordsIn(goal.criterion, language) || t('noCriterion')}
      </Text>
      {standing && (
        <div className={classes.course}>
          <GoalFigures goal={goal} standing={standing} />
          {goal.kind !== 'yes_no' && (
            <GoalChart course={{ ...goal, readings: standing.readings }} unit={goal.unit} name={name} />
          )}
        </div>
      )}
      {standing && (
        <Text fz="xs" c="dimmed">
          {goal.override ? t('judged', { why: goal.override.why }) : standing.rule[language]}
        </Text>
      )}
      <div className={classes.goalFoot}>
        <span>
          {t('field.due')} {days(goal.due)}
          {plan && goal.due && !goal.closed_on && ` (${format.relativeDay(goal.due)})`}
        </span>
        <span>{t(`stage.${goal.stage}`)}</span>
        {(theirs ?? ours) && <span>{[theirs, ours].filter(Boolean).join(' / ')}</span>}
        {standing && <ConfirmationBadge confirmation={standing.confirmation} />}
        {said && <span>{t(`said.${said.how}`, { name: said.contact_name, day: format.instant(said.at) })}</span>}
        {standing?.is_changed_since_sent && <span className={classes.late}>{t('changedSinceSent')}</span>}
        {comments > 0 && (
          <span>
            <IconMessage2 size={13} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
            {t('comments', { count: comments })}
          </span>
        )}
      </div>
    </li>
  );
}
