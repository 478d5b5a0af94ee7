import { Button, Group, Modal, NumberInput, Stack, Text, TextInput } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../../api/json';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import type { Day } from '../../../lib/format/date';
import { majorUnits, minorDigits } from '../../../lib/format/money';
import type { ContractRow } from '../types';

interface EditContractProps {
  row: ContractRow;
  account: string;
  opened: boolean;
  onClose: () => void;
}

/** Mends a contract where its fault is shown: its term, its amount and how often it is billed. */
export function EditContract({ opened, onClose, ...rest }: EditContractProps) {
  const { t } = useTranslation('revenue');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      title={t('contract.title')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <ContractForm onClose={onClose} {...rest} />}
    </Modal>
  );
}

interface Change {
  start: Day;
  end: Day | null;
  amount: ContractRow['amount'];
  billing_period_months: number;
  why: string;
}

function ContractForm({ row, account, onClose }: Omit<EditContractProps, 'opened'>) {
  const { t } = useTranslation('revenue');
  const client = useQueryClient();
  const { currency } = row.amount;
  const [start, setStart] = useState(row.start);
  const [end, setEnd] = useState(row.end ?? '');
  const [amount, setAmount] = useState<number | string>(majorUnits(row.amount));
  const [months, setMonths] = useState<number | string>(row.billing_period_months);
  const [why, setWhy] = useState('');
  const change = useMutation({
    mutationFn: (body: Change) => sendJson('PATCH', `/api/subscriptions/${row.subscription_id}`, body),
    // Contracts are behind revenue, the account and the book alike.
    onSuccess: () => client.invalidateQueries(),
  });
  const isComplete = start !== '' && typeof amount === 'number' && typeof months === 'number';
  const save = () => {
    if (!isComplete) return;
    const amount_minor = Math.round(amount * 10 ** minorDigits(currency));
    carryOut(
      change,
      { start, end: end || null, amount: { amount_minor, currency }, billing_period_months: months, why: why.trim() },
      {
        onSuccess: () => {
          showToast(t('contract.saved'));
          onClose();
        },
      },
    );
  };
  return (
    <Stack gap="md">
      <Text fz="sm">{[account, row.product, row.external_id].filter(Boolean).join(' · ')}</Text>
      <Group grow>
        <TextInput
          type="date"
          label={t('contract.start')}
          data-autofocus
          value={start}
          onChange={(event) => setStart(event.currentTarget.value)}
        />
        <TextInput
          type="date"
          label={t('contract.end')}
          description={t('contract.endHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          value={end}
          onChange={(event) => setEnd(event.currentTarget.value)}
        />
      </Group>
      <Group grow align="flex-start">
        <NumberInput
          label={t('contract.amount', { currency })}
          thousandSeparator=","
          decimalScale={minorDigits(currency)}
          value={amount}
          onChange={setAmount}
        />
        <NumberInput
          label={t('contract.months')}
          min={1}
          max={120}
          allowDecimal={false}
          value={months}
          onChange={setMonths}
        />
      </Group>
      <TextInput
        label={t('contract.why')}
        maxLength={500}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {change.isError && <ErrorState error={change.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={!isComplete} loading={change.isPending} onClick={save}>
          {t('contract.save')}
        </Button>
      </Group>
    </Stack>
  );
}
