import { Checkbox, Text, UnstyledButton } from '@mantine/core';
import { IconDiamonds, IconLock } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { wordsIn, type Action, type Milestone } from '../../../api/plans';
import { useLanguage } from '../../../lib/viewer';
import { usePanel } from '../../../lib/use-panel';
import { rowsOf } from '../edit';
import { useEditing } from '../editing';
import { panelAddress } from '../panel-address';
import classes from '../Plans.module.css';
import { useDayWords } from '../use-day-words';
import { useOwnerText } from '../use-owner-text';
import { useTick } from '../use-tick';

/** Actions and milestones goal by goal, to be ticked; the same that the timeline shows. */
export function ActionTable() {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { document, plan } = useEditing();
  return (
    <table className={classes.actions} data-template={plan === null || undefined} aria-label={t('tab.actions')}>
      <thead>
        <tr>
          {plan && <th scope="col">{t('column.done')}</th>}
          <th scope="col">{t('kind.action')}</th>
          <th scope="col">{t('field.side')}</th>
          <th scope="col">{t('field.start')}</th>
          <th scope="col">{t('field.due')}</th>
          <th scope="col">{t('column.situation')}</th>
        </tr>
      </thead>
      <tbody>
        {rowsOf(document).map((row) => {
          switch (row.kind) {
            case 'goal':
              return (
                <tr key={`goal ${row.key}`} data-group>
                  <th colSpan={plan ? 6 : 5} scope="colgroup">
                    {row.goal ? wordsIn(row.goal.name, language) : t('noGoal')}
                  </th>
                </tr>
              );
            case 'action':
              return <ActionRow key={`action ${row.key}`} action={row.action} />;
            case 'milestone':
              return <MilestoneRow key={`milestone ${row.key}`} milestone={row.milestone} />;
          }
        })}
      </tbody>
    </table>
  );
}

function ActionRow({ action }: { action: Action }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { plan, mayEdit } = useEditing();
  const panel = usePanel();
  const days = useDayWords();
  const owner = useOwnerText();
  const tick = useTick();
  const standing = plan?.actions.find(({ key }) => key === action.key);
  const name = wordsIn(action.name, language);
  return (
    <tr data-done={action.done_on !== null || undefined}>
      {plan && (
        <td data-tick>
          <Checkbox
            aria-label={t('tick', { name })}
            disabled={!mayEdit}
            checked={action.done_on !== null}
            onChange={(event) => tick('action', action.key, event.currentTarget.checked)}
          />
        </td>
      )}
      <th scope="row">
        <UnstyledButton
          className={classes.rowName}
          onClick={() => panel.open(panelAddress({ kind: 'action', key: action.key }))}
        >
          {name}
        </UnstyledButton>
        {action.internal && <InternalMark />}
      </th>
      <td data-label={t('field.side')}>{owner(action.owner)}</td>
      <td data-label={t('field.start')}>{days(action.start)}</td>
      <td data-label={t('field.due')}>{days(action.due)}</td>
      <td data-label={t('column.situation')}>
        {action.done_on && t('doneOn', { day: days(action.done_on) })}
        {standing?.is_late && <span className={classes.late}>{t('goals:nextStep.late')}</span>}
        {!action.done_on && standing?.is_blocked && <span>{t('blocked')}</span>}{' '}
        {!action.done_on && standing !== undefined && standing.slip_days > 0 && (
          <Text span fz="xs" c="dimmed">
            {t('slip', { count: standing.slip_days })}
          </Text>
        )}
      </td>
    </tr>
  );
}

function MilestoneRow({ milestone }: { milestone: Milestone }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { plan, mayEdit } = useEditing();
  const panel = usePanel();
  const days = useDayWords();
  const tick = useTick();
  const name = wordsIn(milestone.name, language);
  return (
    <tr data-done={milestone.done_on !== null || undefined}>
      {plan && (
        <td data-tick>
          <Checkbox
            aria-label={t('tick', { name })}
            disabled={!mayEdit}
            checked={milestone.done_on !== null}
            onChange={(event) => tick('milestone', milestone.key, event.currentTarget.checked)}
          />
        </td>
      )}
      <th scope="row">
        <IconDiamonds size={13} aria-hidden style={{ verticalAlign: '-2px' }} />{' '}
        <UnstyledButton
          className={classes.rowName}
          onClick={() => panel.open(panelAddress({ kind: 'milestone', key: milestone.key }))}
        >
          {name}
        </UnstyledButton>
      </th>
      <td data-label="">{t('kind.milestone')}</td>
      <td data-label={t('field.start')} data-nothing>
        –
      </td>
      <td data-label={t('field.due')}>{days(milestone.due)}</td>
      <td data-label={t('column.situation')}>{milestone.done_on && t('doneOn', { day: days(milestone.done_on) })}</td>
    </tr>
  );
}

export function InternalMark() {
  const { t } = useTranslation('plans');
  return (
    <span title={t('amongUs')} className={classes.internal}>
      <IconLock size={12} aria-hidden />
      <span className="visually-hidden">{t('amongUs')}</span>
    </span>
  );
}
