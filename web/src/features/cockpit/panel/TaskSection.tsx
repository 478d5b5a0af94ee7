import { ActionIcon, Badge, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../../api/json';
import { workKey, type CallDetail, type WorkTask } from '../../../api/work';
import { DueText } from '../../../components/calls/DueText';
import { TaskTick } from '../../../components/calls/task-deeds';
import { showProblem } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import classes from '../Cockpit.module.css';

/** Where the playbook stands, and what is to be ticked off. */
export function TaskSection({ call, mayEdit }: { call: CallDetail; mayEdit: boolean }) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  return (
    <Stack gap={8}>
      {call.runs.map((run) => (
        <Group key={run.run} gap={8}>
          <Text fz="sm" fw={550}>
            {run.name[language]}
          </Text>
          <Badge size="sm">{run.state[language]}</Badge>
          <Text fz="xs" c="dimmed">
            {run.step[language]}
          </Text>
        </Group>
      ))}
      {call.task_list.length === 0 && call.runs.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t('panel.noTasks')}
        </Text>
      )}
      <ul className={classes.tasks} aria-label={t('panel.tasks')}>
        {call.task_list.map((task) => (
          <TaskLine key={task.id} task={task} mayEdit={mayEdit} />
        ))}
      </ul>
      {mayEdit && call.status !== 'closed' && <AddTask callId={call.id} />}
    </Stack>
  );
}

function TaskLine({ task, mayEdit }: { task: WorkTask; mayEdit: boolean }) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const isFinished = task.state !== 'open';
  return (
    <li data-done={isFinished || undefined}>
      {mayEdit ? <TaskTick task={task} /> : <span>{isFinished ? '✓' : '–'}</span>}
      <div>
        <span className={classes.taskTitle}>{task.title[language]}</span>
        {task.description[language] && (
          <Text fz="xs" c="dimmed" style={{ whiteSpace: 'pre-line' }}>
            {task.description[language]}
          </Text>
        )}
        <Text fz="xs" c="dimmed" component="div">
          {isFinished ? (
            t('panel.finished', {
              state: t(`taskWord.${task.state}`),
              name: task.finished_by?.name ?? t('panel.system'),
            })
          ) : (
            <>
              <DueText day={task.due_day} businessDaysLeft={task.business_days_left} />
              {task.responsible && ` · ${task.responsible.name}`}
              {task.required && ` · ${t('required')}`}
            </>
          )}
          {task.why && ` · ${task.why}`}
        </Text>
      </div>
    </li>
  );
}

function AddTask({ callId }: { callId: number }) {
  const { t } = useTranslation('cockpit');
  const client = useQueryClient();
  const [title, setTitle] = useState('');
  const add = useMutation({
    mutationFn: (wanted: string) => sendJson<WorkTask>('POST', '/api/tasks', { call_id: callId, title: wanted }),
    onSettled: () => client.invalidateQueries({ queryKey: workKey }),
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    const wanted = title.trim();
    if (wanted === '') return;
    setTitle('');
    carryOut(add, wanted, {
      onError: (error) => {
        setTitle(wanted);
        showProblem(error);
      },
    });
  };
  return (
    <form onSubmit={submit}>
      <TextInput
        size="xs"
        aria-label={t('panel.addTask')}
        placeholder={t('panel.addTask')}
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
        rightSection={
          <ActionIcon
            type="submit"
            size="sm"
            variant="subtle"
            color="gray"
            disabled={title.trim() === ''}
            aria-label={t('panel.addTaskSubmit')}
          >
            <IconPlus size={15} stroke={1.8} />
          </ActionIcon>
        }
      />
    </form>
  );
}
