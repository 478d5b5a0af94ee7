import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useContractDeeds, wholePatch, type Subscription } from '../../api/contracts';
import { carryOut } from '../../lib/carry-out';
import { showProblem, showToast } from '../toast';

interface RemoveContractProps {
  accountId: string;
  contract: Subscription;
  onClose: () => void;
}

/** For what should never have been entered. A contract that runs out is ended instead, and stays in the figures. */
export function RemoveContract({ accountId, contract, onClose }: RemoveContractProps) {
  const { t } = useTranslation('contracts');
  const [why, setWhy] = useState('');
  const { add, remove } = useContractDeeds(accountId);
  const restore = () => carryOut(add, { ...wholePatch(contract), why: t('undoWhy') }, { onError: showProblem });
  const send = () =>
    carryOut(
      remove,
      { id: contract.id, why: why.trim() || undefined },
      {
        onSuccess: () => {
          showToast(t('removed'), restore);
          onClose();
        },
        onError: showProblem,
      },
    );
  return (
    <Stack gap="md">
      <Text fz="sm">{t('removeHelp', { product: contract.product })}</Text>
      <Textarea
        label={t('why')}
        description={t('whyHelp')}
        data-autofocus
        autosize
        minRows={2}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button color="red" loading={remove.isPending} onClick={send}>
          {t('remove')}
        </Button>
      </Group>
    </Stack>
  );
}
