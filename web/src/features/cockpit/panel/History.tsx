import { Text, UnstyledButton } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../../api/people';
import type { CallDetail, CallHistoryEntry, CallRole, CallSeverity } from '../../../api/work';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';
import { toldChanges, type ToldChange } from './history-changes';
import { useShownValue } from './use-shown-value';

/** Who did what when, newest first; folded away until it is wanted. */
export function History({ call }: { call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const [opened, { toggle }] = useDisclosure(false);
  const Chevron = opened ? IconChevronDown : IconChevronRight;
  return (
    <section>
      <UnstyledButton className={classes.fold} aria-expanded={opened} onClick={toggle}>
        <Chevron size={16} stroke={1.6} aria-hidden />
        {t('panel.history', { count: call.history.length })}
      </UnstyledButton>
      {opened && (
        <ol className={classes.history} aria-label={t('panel.historyLabel')}>
          {call.history.map((entry) => (
            <Entry key={entry.id} entry={entry} call={call} />
          ))}
        </ol>
      )}
    </section>
  );
}

function Entry({ entry, call }: { entry: CallHistoryEntry; call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const task = call.task_list.find(({ id }) => id === entry.task);
  return (
    <li>
      {t(`event.${entry.event}`)}
      {task && t('panel.ofTask', { title: task.title[format.language] })}
      {toldChanges(entry, format.language).map((change) => (
        <Change key={change.field} change={change} call={call} />
      ))}
      <Text fz="xs" c="dimmed">
        {entry.by?.name ?? t('panel.system')} · {format.instant(entry.at)}
        {entry.why && ` — ${entry.why}`}
      </Text>
    </li>
  );
}

function Change({ change: { field, before, after }, call }: { change: ToldChange; call: CallDetail }) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const shown = useShownValue();
  const { data: people = [] } = useQuery(peopleQuery);
  const say = (value: unknown) => {
    if (value === null || value === undefined || value === '') return '–';
    switch (field) {
      case 'severity':
        return t(`calls:severity.${value as CallSeverity}`);
      case 'role':
        return t(`role.${value as CallRole}`);
      case 'feedback':
        return value === 'none' ? '–' : t(value === 'useful' ? 'panel.useful' : 'panel.notUseful');
      case 'outcome':
        return call.outcomes.find(({ outcome }) => outcome === value)?.name[language] ?? t('withdrawn');
      case 'assignee':
        return people.find(({ id }) => id === value)?.name ?? (value === 0 ? t('calls:byRole') : shown(value));
      case 'value':
        return shown({ amount_minor: value, currency: call.value_at_stake.currency });
      default:
        return shown(value);
    }
  };
  return (
    <span className={classes.note}>
      {t(`field.${field}`)}: {say(before)} → {say(after)}
    </span>
  );
}
