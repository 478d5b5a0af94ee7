import { Button, Group, Stack, Text, Textarea } from '@mantine/core';
import { useForm } from '@mantine/form';
import { getHotkeyHandler } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { contractsQuery, inversePatch, useContractDeeds, type Subscription } from '../../api/contracts';
import { isProblem } from '../../api/problem';
import { carryOut } from '../../lib/carry-out';
import { useViewer } from '../../lib/viewer';
import { showProblem, showToast } from '../toast';
import { newValues, patchOf, termsOf, twinOf, valuesOf, type ContractValues } from './contract-values';
import { AmountFields, OtherFields, SubjectFields, TermFields } from './ContractFields';
import classes from './Contracts.module.css';
import { WorthPreview } from './WorthPreview';

interface ContractFormProps {
  accountId: string;
  /** Without one a new one is made. */
  contract?: Subscription;
  onClose: () => void;
}

/** Everything that can be said about a contract, what it is worth meanwhile, and why it changes. */
export function ContractForm({ accountId, contract, onClose }: ContractFormProps) {
  const { t } = useTranslation('contracts');
  const { bookDay, reportingCurrency } = useViewer();
  const { data: contracts } = useQuery(contractsQuery({ id: accountId, asOf: undefined }));
  const { add, change, remove } = useContractDeeds(accountId);
  const others = (contracts?.items ?? []).filter(({ id }) => id !== contract?.id && id !== 0);
  const form = useForm<ContractValues>({
    initialValues: contract ? valuesOf(contract) : newValues(bookDay, reportingCurrency),
    validate: (values) => faultsOf(values, others, contract, t),
  });

  const showFaults = (faults: Record<string, string>) => {
    form.setErrors(faults);
    const [first] = Object.keys(faults);
    if (first) form.getInputNode(first)?.focus();
  };
  const onError = (error: unknown) => {
    const faults = isProblem(error) ? error.fieldErrors : {};
    showFaults(faults);
    const hasPlaceForAll = Object.keys(faults).every((field) => field in form.values);
    if (Object.keys(faults).length === 0 || !hasPlaceForAll) showProblem(error);
  };
  const done = (message: string, undo: () => void) => {
    showToast(message, undo);
    onClose();
  };

  const submit = (values: ContractValues) => {
    const why = values.why.trim();
    const reason = why !== '' && { why };
    if (!contract) {
      const takeBack = (id: number) => carryOut(remove, { id, why: t('undoWhy') }, { onError: showProblem });
      carryOut(
        add,
        { ...termsOf(values), ...reason },
        { onSuccess: ({ id }) => done(t('added'), () => takeBack(id)), onError },
      );
      return;
    }
    const { id } = contract;
    const patch = patchOf(contract, values);
    if (Object.keys(patch).length === 0) return onClose();
    const undo = { ...inversePatch(contract, patch), why: t('undoWhy') };
    carryOut(
      change,
      { id, patch: { ...patch, ...reason } },
      {
        onSuccess: () => done(t('changed'), () => carryOut(change, { id, patch: undo }, { onError: showProblem })),
        onError,
      },
    );
  };
  const send = form.onSubmit(submit, (faults) => showFaults(faults as Record<string, string>));

  return (
    <form noValidate onSubmit={send} onKeyDown={getHotkeyHandler([['mod+Enter', () => send()]])}>
      <Stack gap="md">
        {contract?.external_id && (
          <Text fz="xs" c="dimmed">
            {t('contractId', { id: contract.external_id })}
          </Text>
        )}
        <SubjectFields form={form} isNew={!contract} />
        <AmountFields form={form} />
        <TermFields form={form} />
        <OtherFields form={form} />
        <Textarea
          label={t('why')}
          description={t('whyHelp')}
          autosize
          minRows={2}
          maxLength={500}
          {...form.getInputProps('why')}
        />
        <div className={classes.foot}>
          <WorthPreview values={form.values} before={contract} />
          <Group justify="flex-end" gap={8} wrap="nowrap">
            <Button variant="default" onClick={onClose}>
              {t('common:cancel')}
            </Button>
            <Button type="submit" loading={add.isPending || change.isPending}>
              {contract ? t('common:save') : t('add')}
            </Button>
          </Group>
        </div>
      </Stack>
    </form>
  );
}

/** What can be said without the server; everything else it says itself, at the same fields. */
function faultsOf(
  values: ContractValues,
  others: readonly Subscription[],
  contract: Subscription | undefined,
  t: TFunction<'contracts'>,
): Record<string, string> {
  const { product, amount, is_trial, billing_period_months, start, end, isOpenEnded, discount, discountIs } = values;
  const isUnnumbered = !contract?.external_id;
  return {
    ...(product.trim() === '' && { product: t('needed.product') }),
    ...(amount === '' && !is_trial && { amount: t('needed.amount') }),
    ...(billing_period_months === '' && { billing_period_months: t('needed.months') }),
    ...(discountIs === 'percent' && Number(discount) >= 100 && { discount: t('needed.percent') }),
    ...(start === null && { start: t('needed.start') }),
    ...(start !== null && isUnnumbered && twinOf(values, others) && { start: t('needed.otherStart') }),
    ...(end === null && !isOpenEnded && { end: t('needed.end') }),
  };
}
