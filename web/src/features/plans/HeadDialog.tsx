import { Button, Group, Modal, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { WordsPair } from '../../components/WordsPair';
import { isNamed } from './edit';
import { useEditing } from './editing';

/** Name, purpose and the note among us. */
export function HeadDialog({ opened, onClose }: { opened: boolean; onClose: () => void }) {
  const { t } = useTranslation('plans');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('head.editTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <HeadForm onClose={onClose} />}
    </Modal>
  );
}

function HeadForm({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('plans');
  const { document, change } = useEditing();
  const [name, setName] = useState(document.name);
  const [purpose, setPurpose] = useState(document.purpose);
  const [note, setNote] = useState(document.internal_note);
  const save = () => {
    change([{ op: 'set_head', head: { name, purpose, internal_note: note } }], t('told.saved'));
    onClose();
  };
  return (
    <Stack gap="md">
      <WordsPair label={t('field.planName')} required maxLength={100} value={name} onChange={setName} />
      <WordsPair label={t('head.purpose')} maxLength={1000} value={purpose} onChange={setPurpose} />
      <Textarea
        label={t('field.internalNote')}
        description={t('field.internalNoteHelp')}
        autosize
        minRows={2}
        maxRows={12}
        maxLength={6000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={save} disabled={!isNamed(name)}>
          {t('save')}
        </Button>
      </Group>
    </Stack>
  );
}
