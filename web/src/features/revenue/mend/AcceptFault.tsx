import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { useRevenueDeeds } from '../revenue';
import type { Fault } from '../types';

interface AcceptFaultProps {
  fault: Fault;
  opened: boolean;
  onClose: () => void;
}

/** It stays as it is, and the reason stays with it. */
export function AcceptFault({ fault, opened, onClose }: AcceptFaultProps) {
  const { t } = useTranslation('revenue');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('mend.acceptTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <AcceptForm fault={fault} onClose={onClose} />}
    </Modal>
  );
}

function AcceptForm({ fault, onClose }: Omit<AcceptFaultProps, 'opened'>) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const [reason, setReason] = useState('');
  const { accept } = useRevenueDeeds();
  const send = () =>
    carryOut(
      accept,
      { id: fault.id, reason: reason.trim() },
      {
        onSuccess: () => {
          showToast(t('mend.accepted_done'));
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      <Text fz="sm">{fault.text[language]}</Text>
      <Textarea
        label={t('mend.reason')}
        description={t('mend.reasonHelp')}
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={reason}
        onChange={(event) => setReason(event.currentTarget.value)}
      />
      {accept.isError && <ErrorState error={accept.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={reason.trim() === ''} loading={accept.isPending} onClick={send}>
          {t('mend.accept')}
        </Button>
      </Group>
    </Stack>
  );
}
