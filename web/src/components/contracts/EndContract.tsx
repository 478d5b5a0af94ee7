import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import dayjs from 'dayjs';
import { useTranslation } from 'react-i18next';
import { inversePatch, useContractDeeds, type ContractPatch, type Subscription } from '../../api/contracts';
import { isProblem } from '../../api/problem';
import { carryOut } from '../../lib/carry-out';
import type { Day } from '../../lib/format/date';
import { useFormat, useViewer } from '../../lib/viewer';
import { showProblem, showToast } from '../toast';
import { DayInput } from './DayInput';

interface EndContractProps {
  accountId: string;
  contract: Subscription;
  onClose: () => void;
}

interface Values {
  end: Day | null;
  cancelled_on: Day | null;
  why: string;
}

/** The customer leaves: the contract gets its end, renews itself no more, and keeps when notice was given. */
export function EndContract({ accountId, contract, onClose }: EndContractProps) {
  const { t } = useTranslation('contracts');
  const format = useFormat();
  const { bookDay } = useViewer();
  const { change } = useContractDeeds(accountId);
  const form = useForm<Values>({
    // Whoever gave notice stays until the end of the term, where it has one ahead.
    initialValues: {
      end: contract.end !== null && contract.end > bookDay ? contract.end : bookDay,
      cancelled_on: contract.cancelled_on ?? bookDay,
      why: '',
    },
    validate: { end: (end) => (end === null ? t('needed.end') : null) },
  });
  const submit = ({ end, cancelled_on, why }: Values) => {
    const patch: ContractPatch = { end, cancelled_on, auto_renewal: false };
    const undo = { ...inversePatch(contract, patch), why: t('undoWhy') };
    carryOut(
      change,
      { id: contract.id, patch: { ...patch, ...(why.trim() !== '' && { why: why.trim() }) } },
      {
        onSuccess: () => {
          showToast(t('ended'), () => carryOut(change, { id: contract.id, patch: undo }, { onError: showProblem }));
          onClose();
        },
        onError: (error) => {
          if (isProblem(error)) form.setErrors(error.fieldErrors);
          if (!isProblem(error) || Object.keys(error.fieldErrors).length === 0) showProblem(error);
        },
      },
    );
  };
  const { end } = form.values;
  const lastDay = end && dayjs(end).subtract(1, 'day').format('YYYY-MM-DD');
  return (
    <form noValidate onSubmit={form.onSubmit(submit)}>
      <Stack gap="md">
        <Text fz="sm">{t('endHelpOf', { product: contract.product })}</Text>
        <DayInput
          label={t('end')}
          required
          clearable={false}
          data-autofocus
          description={lastDay ? t('lastDay', { day: format.day(lastDay) }) : t('endHelp')}
          {...form.getInputProps('end')}
        />
        <DayInput label={t('cancelledOn')} {...form.getInputProps('cancelled_on')} />
        <Textarea
          label={t('why')}
          description={t('whyHelp')}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('why')}
        />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" loading={change.isPending}>
            {t('endNow')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
