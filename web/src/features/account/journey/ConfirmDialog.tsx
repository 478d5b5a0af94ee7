import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import type { Subject } from '../requests';
import { longestWords, WhoSaid } from './WhoSaid';
import { useJourneyDeeds } from './requests';

interface ConfirmDialogProps {
  milestone: string;
  name: string;
  subject: Subject;
  onClose: () => void;
}

/** What the customer told one of us: who said so, in their words. */
export function ConfirmDialog({ milestone, name, subject, onClose }: ConfirmDialogProps) {
  const { t } = useTranslation('account');
  const [contact, setContact] = useState<number | null>(null);
  const [words, setWords] = useState('');
  const { confirm } = useJourneyDeeds(subject.id);
  const takeBack = () => carryOut(confirm, { milestone, confirmed: false }, { onError: showProblem });
  const send = () =>
    carryOut(
      confirm,
      { milestone, confirmed: true, contact_id: contact, words: words.trim() },
      {
        onSuccess: () => {
          showToast(t('journey.confirmSaved'), takeBack);
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('journey.confirmTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text fz="sm">{name}</Text>
        <WhoSaid subject={subject} value={contact} onChange={setContact} />
        <Textarea
          label={t('journey.words')}
          autosize
          minRows={2}
          maxLength={longestWords}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {confirm.isError && <ErrorState error={confirm.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={confirm.isPending} onClick={send}>
            {t('journey.confirm')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
