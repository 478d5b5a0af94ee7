import { Button, Group, Modal, Select, Stack, Text } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionsQuery } from '../../api/definitions';
import { sendJson } from '../../api/json';
import type { operations } from '../../api/schema';
import { ErrorState } from '../../components/ErrorState';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage } from '../../lib/viewer';

type Started = operations['startPlaybook']['responses']['200']['content']['application/json'];

interface StartPlaybookDialogProps {
  /** For whom; null while the dialog is closed. */
  ids: readonly number[] | null;
  onClose: () => void;
  onDone: () => void;
}

const most = 1000;
const shownRefusals = 5;

/** Starts a playbook by hand for all that are selected, and says for whom it did not start and why. */
export function StartPlaybookDialog({ ids, onClose, onDone }: StartPlaybookDialogProps) {
  const { t } = useTranslation('book');
  return (
    <Modal
      opened={ids !== null}
      onClose={onClose}
      title={t('bulk.playbook')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {ids && ids.length > most && <Text fz="sm">{t('bulk.playbookTooMany', { count: most })}</Text>}
      {ids && ids.length <= most && <StartForm ids={ids} onClose={onClose} onDone={onDone} />}
    </Modal>
  );
}

function StartForm({ ids, onClose, onDone }: StartPlaybookDialogProps & { ids: readonly number[] }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const language = useLanguage();
  const client = useQueryClient();
  const { data: playbooks } = useQuery(definitionsQuery('playbook'));
  const [key, setKey] = useState<string | null>(null);
  const start = useMutation({
    mutationFn: (playbook: string) =>
      sendJson<Started>('POST', `/api/playbooks/${playbook}/start`, { accounts: [...ids] }),
    onSettled: () => client.invalidateQueries({ queryKey: ['playbooks'] }),
  });
  const told = start.data;
  return (
    <Stack gap="md">
      <Text fz="sm" c="dimmed">
        {t('bulk.playbookHelp', { count: ids.length, formatted: format.number(ids.length) })}
      </Text>
      <Select
        label={t('bulk.playbookLabel')}
        required
        searchable
        disabled={told !== undefined}
        data={(playbooks ?? [])
          .filter(({ version }) => version > 0)
          .map((each) => ({ value: each.key, label: each.name[language] }))}
        value={key}
        onChange={setKey}
      />
      {start.isError && <ErrorState error={start.error} />}
      {told && <Told told={told} />}
      <Group justify="flex-end" gap={8}>
        <Button
          variant="default"
          onClick={() => {
            if (told) onDone();
            onClose();
          }}
        >
          {t(told ? 'common:close' : 'common:cancel')}
        </Button>
        {!told && (
          <Button
            disabled={key === null}
            loading={start.isPending}
            onClick={() => key !== null && void carryOut(start, key, {})}
          >
            {t('bulk.playbookStart')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function Told({ told }: { told: Started }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const language = useLanguage();
  const refused = told.items.filter(({ run_id }) => run_id === null);
  return (
    <div role="status">
      <Text fz="sm">
        {t('bulk.playbookStarted', { count: told.started, formatted: format.number(told.started) })}{' '}
        {told.refused > 0 && t('bulk.playbookRefused', { count: told.refused, formatted: format.number(told.refused) })}
      </Text>
      {refused.slice(0, shownRefusals).map(({ account_id, account_name, words }) => (
        <Text key={account_id} fz="xs" c="dimmed" mt={4}>
          {account_name}: {words[language]}
        </Text>
      ))}
    </div>
  );
}
