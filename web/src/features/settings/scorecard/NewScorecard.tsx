import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { saveScorecardDraft } from '../definitions';
import type { ScorecardBody } from '../types';
import { NameFields } from './NameFields';

interface NewScorecardModalProps {
  /** What it begins as: groups, measures and levels of this one. */
  source: ScorecardBody;
  opened: boolean;
  onClose: () => void;
}

/** A further scorecard, as the copy of one that exists: levels and measures are there to be changed. */
export function NewScorecardModal({ source, opened, onClose }: NewScorecardModalProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('scorecards.newTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <NewScorecardForm source={source} onClose={onClose} />}
    </Modal>
  );
}

function NewScorecardForm({ source, onClose }: { source: ScorecardBody; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState({ en: '', ja: '' });
  const [key, setKey] = useState('');
  const create = useMutation({
    mutationFn: saveScorecardDraft,
    onSuccess: () => client.invalidateQueries({ queryKey: ['definitions'] }),
  });
  const keyIsGood = /^[a-z0-9_]{1,64}$/.test(key);
  const isComplete = keyIsGood && name.en.trim() !== '' && name.ja.trim() !== '';
  const send = () =>
    carryOut(
      create,
      { ...source, key, name },
      {
        onSuccess: () => {
          showToast(t('scorecards.created'));
          onClose();
          void navigate({ to: '/settings/scorecards/$key', params: { key } });
        },
      },
    );
  return (
    <Stack gap="md">
      <NameFields name={name} onName={setName} autoFocus />
      <TextInput
        size="xs"
        label={t('measure.key')}
        description={t('scorecards.keyHelp')}
        maw={360}
        value={key}
        error={key !== '' && !keyIsGood ? t('measure.keyBad') : undefined}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      {create.isError && <ErrorState error={create.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!isComplete} loading={create.isPending} onClick={send}>
          {t('scorecards.create')}
        </Button>
      </Group>
    </Stack>
  );
}
