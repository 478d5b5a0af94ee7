import { Checkbox, Select } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { fetchTasks, tasksKey, type WorkTask } from '../../api/work';
import { DueText } from '../../components/calls/DueText';
import { TaskTick, useTaskDeeds } from '../../components/calls/task-deeds';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { SearchInput } from '../../components/SearchInput';
import { usePanel } from '../../lib/use-panel';
import { useLanguage } from '../../lib/viewer';
import classes from './Cockpit.module.css';
import { dueChoices } from './search';
import { useCockpit } from './use-cockpit';

const taskStates = ['open', 'finished', 'all'] as const;

/** Tasks by due day, ticked where they stand. */
export function TaskRoom() {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const panel = usePanel();
  const { search, change, taskQuestion, mayEdit } = useCockpit();
  const { finish } = useTaskDeeds();
  const columns = useTaskColumns(mayEdit);
  const source = useMemo(
    () => ({
      queryKey: tasksKey(taskQuestion),
      fetchWindow: (range: { offset: number; limit: number; signal: AbortSignal }) => fetchTasks(taskQuestion, range),
    }),
    [taskQuestion],
  );
  return (
    <DataTable
      id="tasks"
      label={t('room.tasks')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={(task) => task.title[language]}
      onOpen={(task) => task.call && panel.open(String(task.call.id))}
      {...(mayEdit && {
        rowKeys: [
          {
            key: 'd',
            label: t('keys.done'),
            run: (task: WorkTask | undefined) =>
              task?.state === 'open' && finish(task, task.kind === 'approval' ? 'approved' : 'done'),
          },
        ],
      })}
      toolbar={
        <>
          <SearchInput value={search.q} onChange={(q) => change({ q })} label={t('searchTasks')} width_px={220} />
          <Select
            size="xs"
            w={150}
            aria-label={t('column.status')}
            allowDeselect={false}
            data={taskStates.map((value) => ({ value, label: t(`taskState.${value}`) }))}
            value={search.state ?? 'open'}
            onChange={(state) => change({ state: state === 'finished' || state === 'all' ? state : undefined })}
          />
          <Select
            size="xs"
            w={150}
            aria-label={t('column.due')}
            allowDeselect={false}
            data={[
              { value: 'any', label: t('due.any') },
              ...dueChoices.map((value) => ({ value, label: t(`due.${value}`) })),
            ]}
            value={search.due ?? 'any'}
            onChange={(due) => change({ due: dueChoices.find((each) => each === due), day: undefined })}
          />
        </>
      }
      empty={<EmptyState title={t('tasksEmpty')}>{t('tasksEmptyHelp')}</EmptyState>}
    />
  );
}

function useTaskColumns(mayEdit: boolean): readonly DataColumn<WorkTask>[] {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'task',
        header: t('column.task'),
        width_px: 380,
        cell: (task) => (
          <span className={classes.taskName} data-done={task.state !== 'open' || undefined}>
            {mayEdit ? (
              <TaskTick task={task} />
            ) : (
              <Checkbox size="xs" readOnly checked={task.state !== 'open'} aria-label={task.title[language]} />
            )}
            <span title={task.title[language]}>{task.title[language]}</span>
            {task.required && <span className={classes.note}>{t('required')}</span>}
          </span>
        ),
      },
      {
        id: 'account',
        header: t('column.account'),
        width_px: 220,
        cell: ({ account }) => (
          <Link
            to="/accounts/$accountId"
            params={{ accountId: String(account.id) }}
            preload={false}
            className={classes.account}
            title={account.name}
          >
            {account.name}
          </Link>
        ),
      },
      {
        id: 'due',
        header: t('column.due'),
        width_px: language === 'ja' ? 190 : 240,
        cell: (task) => (
          <DueText day={task.due_day} businessDaysLeft={task.business_days_left} isFinished={task.state !== 'open'} />
        ),
      },
      {
        id: 'call',
        header: t('column.ofCall'),
        width_px: 260,
        cell: ({ call }) => <span title={call?.title[language]}>{call?.title[language] ?? '–'}</span>,
      },
      {
        id: 'responsible',
        header: t('column.responsible'),
        width_px: 150,
        cell: (task) => task.responsible?.name ?? t('nobody'),
      },
      {
        id: 'state',
        header: t('column.status'),
        width_px: 110,
        cell: (task) => t(`taskWord.${task.state}`),
      },
    ],
    [t, language, mayEdit],
  );
}
