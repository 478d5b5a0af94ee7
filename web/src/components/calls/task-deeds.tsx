import { ActionIcon, Button, Checkbox, Group, Menu, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { IconDots } from '@tabler/icons-react';
import { useCallback, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { workKey, type CallDetail, type WorkTask, type WorkTaskList } from '../../api/work';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { showProblem, showToast } from '../toast';

type Finished = Exclude<WorkTask['state'], 'open'>;

async function showAtOnce(client: QueryClient, id: number, state: WorkTask['state']) {
  // A list asked for before would arrive after and take the tick away again.
  await client.cancelQueries({ queryKey: workKey });
  const ticked = (task: WorkTask) => (task.id === id ? { ...task, state, is_overdue: false } : task);
  client.setQueriesData<WorkTaskList>(
    { queryKey: ['work', 'tasks'] },
    (list) => list && { ...list, items: list.items.map(ticked) },
  );
  client.setQueriesData<CallDetail>(
    { queryKey: ['work', 'call'] },
    (call) => call && { ...call, task_list: call.task_list.map(ticked) },
  );
}

/** Finishing tasks and taking that back. */
export function useTaskDeeds() {
  const { t } = useTranslation('calls');
  const client = useQueryClient();
  const onSettled = useCallback(() => client.invalidateQueries({ queryKey: workKey }), [client]);
  const { mutateAsync: send } = useMutation({
    mutationFn: ({ id, ...body }: { id: number; state: Finished; why?: string }) =>
      sendJson<WorkTask>('POST', `/api/tasks/${id}/finish`, body),
    onMutate: ({ id, state }) => showAtOnce(client, id, state),
    onSettled,
  });
  const { mutateAsync: open } = useMutation({
    mutationFn: (id: number) => sendJson<WorkTask>('POST', `/api/tasks/${id}/reopen`, {}),
    onMutate: (id) => showAtOnce(client, id, 'open'),
    onSettled,
  });
  const reopen = useCallback(
    (task: WorkTask) =>
      carryOut({ mutateAsync: open }, task.id, {
        onSuccess: () => showToast(t('task.reopened')),
        onError: showProblem,
      }),
    [open, t],
  );
  const finish = useCallback(
    (task: WorkTask, state: Finished, why?: string) =>
      carryOut(
        { mutateAsync: send },
        { id: task.id, state, why },
        {
          // The run of a playbook goes on at once and cannot be called back.
          onSuccess: () =>
            showToast(t(`task.${state}`), task.source.startsWith('run') ? undefined : () => reopen(task)),
          onError: showProblem,
        },
      ),
    [send, reopen, t],
  );
  return { finish, reopen };
}

/** The box that is ticked; approvals are approved by it, and what is skipped or rejected says why. */
export function TaskTick({ task }: { task: WorkTask }) {
  const { t } = useTranslation('calls');
  const language = useLanguage();
  const { finish, reopen } = useTaskDeeds();
  const [refusing, setRefusing] = useState(false);
  // Until the list itself has changed, which takes a moment, the box shows what the hand did.
  const [ticked, setTicked] = useState<{ task: WorkTask; checked: boolean }>();
  const checked = ticked?.task === task ? ticked.checked : task.state !== 'open';
  const tick = (wanted: boolean) => {
    setTicked({ task, checked: wanted });
    if (wanted) finish(task, isApproval ? 'approved' : 'done');
    else reopen(task);
  };
  const isApproval = task.kind === 'approval';
  const title = task.title[language];
  return (
    <Group gap={2} wrap="nowrap" miw={38} style={{ flex: 'none' }} data-no-open>
      <Checkbox
        size="xs"
        checked={checked}
        indeterminate={task.state === 'skipped' || task.state === 'rejected'}
        aria-label={t(isApproval ? 'task.approveNamed' : 'task.doneNamed', { title })}
        onChange={(event) => tick(event.currentTarget.checked)}
      />
      {task.state === 'open' && (
        <Menu position="bottom-start">
          <Menu.Target>
            <ActionIcon size={20} variant="subtle" color="gray" aria-label={t('task.more', { title })}>
              <IconDots size={14} stroke={1.6} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setRefusing(true)}>{t(isApproval ? 'task.reject' : 'task.skip')}</Menu.Item>
          </Menu.Dropdown>
        </Menu>
      )}
      <Modal
        opened={refusing}
        onClose={() => setRefusing(false)}
        size="sm"
        title={t(isApproval ? 'task.reject' : 'task.skip')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {refusing && (
          <RefuseForm
            label={t(isApproval ? 'task.reject' : 'task.skip')}
            onClose={() => setRefusing(false)}
            onSubmit={(why) => finish(task, isApproval ? 'rejected' : 'skipped', why)}
          />
        )}
      </Modal>
    </Group>
  );
}

interface RefuseFormProps {
  label: string;
  onSubmit: (why: string) => void;
  onClose: () => void;
}

function RefuseForm({ label, onSubmit, onClose }: RefuseFormProps) {
  const { t } = useTranslation('calls');
  const [why, setWhy] = useState('');
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (why.trim() === '') return;
    onSubmit(why.trim());
    onClose();
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <TextInput
          label={t('task.why')}
          data-autofocus
          required
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={why.trim() === ''}>
            {label}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
