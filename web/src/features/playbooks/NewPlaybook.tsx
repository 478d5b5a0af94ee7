import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useQueryClient } from '@tanstack/react-query';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { WordsPair } from '../../components/WordsPair';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import { newStep } from './new-step';
import type { PlaybookBody } from './playbook';
import { tidy, withDefaults } from './tidy';

interface NewPlaybookProps {
  isOpen: boolean;
  onClose: () => void;
}

/** A playbook from nothing: named, and then drawn. */
export function NewPlaybook({ isOpen, onClose }: NewPlaybookProps) {
  const { t } = useTranslation('playbooks');
  return (
    <Modal
      opened={isOpen}
      onClose={onClose}
      title={t('new.title')}
      size="lg"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {isOpen && <NewForm onClose={onClose} />}
    </Modal>
  );
}

function NewForm({ onClose }: Pick<NewPlaybookProps, 'onClose'>) {
  const { t } = useTranslation('playbooks');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [name, setName] = useState({ ja: '', en: '' });
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(name.en);
  const { saveDraft } = useDefinitionDeeds<PlaybookBody>('playbook', key);
  const save = () =>
    carryOut(saveDraft, tidy(withDefaults({ name, steps: [newStep('end', [])] })), {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['playbooks'] });
        onClose();
        void navigate({ to: '/playbooks/$key', params: { key } });
      },
    });
  const isReady = key !== '' && name.ja.trim() !== '' && name.en.trim() !== '';
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (isReady) save();
      }}
    >
      <Stack gap="md">
        <WordsPair label={t('settings.name')} required maxLength={120} value={name} onChange={setName} />
        <TextInput
          label={t('new.key')}
          description={t('new.keyHelp')}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={!isReady} loading={saveDraft.isPending}>
            {t('new.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
