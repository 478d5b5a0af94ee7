import { Button, Group, Modal, Stack, TextInput } from '@mantine/core';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useDefinitionDeeds } from '../../../api/definitions';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import type { RulesBody } from '../types';

/** Begins a way of counting of one's own from this one. */
export function CopyRules({ body }: { body: RulesBody }) {
  const { t } = useTranslation('revenue');
  const [isOpen, setOpen] = useState(false);
  return (
    <>
      <Button variant="default" onClick={() => setOpen(true)}>
        {t('rules.copy')}
      </Button>
      <Modal
        opened={isOpen}
        onClose={() => setOpen(false)}
        title={t('rules.copyTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {isOpen && <CopyForm body={body} onClose={() => setOpen(false)} />}
      </Modal>
    </>
  );
}

const keyPattern = /^[a-z][a-z0-9_]{0,59}$/;

function CopyForm({ body, onClose }: { body: RulesBody; onClose: () => void }) {
  const { t } = useTranslation('revenue');
  const navigate = useNavigate();
  const [name, setName] = useState({ ja: '', en: '' });
  const [key, setKey] = useState('');
  const { saveDraft } = useDefinitionDeeds<RulesBody>('revenue_rules', key);
  const isComplete = keyPattern.test(key) && (name.ja.trim() !== '' || name.en.trim() !== '');
  const save = () =>
    carryOut(
      saveDraft,
      { ...body, name: { ja: name.ja || name.en, en: name.en || name.ja } },
      {
        onSuccess: () => {
          showToast(t('rules.saved'));
          onClose();
          void navigate({ to: '/revenue/rules/$key', params: { key } });
        },
      },
    );
  return (
    <Stack gap="md">
      <TextInput
        label={t('rules.nameJa')}
        data-autofocus
        maxLength={60}
        value={name.ja}
        onChange={(event) => setName({ ...name, ja: event.currentTarget.value })}
      />
      <TextInput
        label={t('rules.nameEn')}
        maxLength={60}
        value={name.en}
        onChange={(event) => setName({ ...name, en: event.currentTarget.value })}
      />
      <TextInput
        label={t('rules.key')}
        description={t('rules.keyHelp')}
        value={key}
        error={key !== '' && !keyPattern.test(key) && t('rules.keyHelp')}
        onChange={(event) => setKey(event.currentTarget.value)}
      />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!isComplete} loading={saveDraft.isPending} onClick={save}>
          {t('rules.save')}
        </Button>
      </Group>
    </Stack>
  );
}
