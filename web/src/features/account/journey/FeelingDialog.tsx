import { Button, Group, Modal, Radio, Stack, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import type { Subject } from '../requests';
import { useJourneyDeeds } from './requests';
import { longestWords, WhoSaid } from './WhoSaid';

const steps = [5, 4, 3, 2, 1] as const;

/** What somebody of the customer said they felt in the present stage. */
export function FeelingDialog({ subject, onClose }: { subject: Subject; onClose: () => void }) {
  const { t } = useTranslation('account');
  const [feeling, setFeeling] = useState<number | null>(null);
  const [contact, setContact] = useState<number | null>(null);
  const [words, setWords] = useState('');
  const { feel } = useJourneyDeeds(subject.id);
  const send = () =>
    feeling !== null &&
    carryOut(
      feel,
      { feeling, contact_id: contact, words: words.trim() },
      {
        onSuccess: () => {
          showToast(t('journey.feelingSaved'));
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('journey.noteFeeling')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Radio.Group
          label={t('journey.feltHow')}
          value={feeling === null ? null : String(feeling)}
          onChange={(next) => setFeeling(Number(next))}
        >
          <Stack gap={6} mt={6}>
            {steps.map((step) => (
              <Radio key={step} value={String(step)} label={t(`journey.feeling.${step}`)} />
            ))}
          </Stack>
        </Radio.Group>
        <WhoSaid subject={subject} value={contact} onChange={setContact} />
        <Textarea
          label={t('journey.words')}
          autosize
          minRows={2}
          maxLength={longestWords}
          value={words}
          onChange={(event) => setWords(event.currentTarget.value)}
        />
        {feel.isError && <ErrorState error={feel.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={feel.isPending} disabled={feeling === null} onClick={send}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
