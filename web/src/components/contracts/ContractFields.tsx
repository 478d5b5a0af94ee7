import {
  Autocomplete,
  Checkbox,
  Group,
  NumberInput,
  SegmentedControl,
  Select,
  SimpleGrid,
  TextInput,
} from '@mantine/core';
import type { UseFormReturnType } from '@mantine/form';
import { useQuery } from '@tanstack/react-query';
import dayjs from 'dayjs';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { productsQuery, ratesQuery } from '../../api/contracts';
import { minorDigits } from '../../lib/format/money';
import { knownWords } from '../../lib/known-words/known-words';
import { useFormat, useViewer } from '../../lib/viewer';
import { WordInput } from '../WordInput';
import { discountAs, listPriceOf, termsOf, type ContractValues } from './contract-values';
import classes from './Contracts.module.css';
import { DayInput } from './DayInput';

interface FieldsProps {
  form: UseFormReturnType<ContractValues>;
}

const numbers = { min: 0, allowNegative: false, thousandSeparator: ',' } as const;

function Fields({ legend, children }: { legend: string; children: ReactNode }) {
  return (
    <fieldset className={classes.fieldset}>
      <legend>{legend}</legend>
      {children}
    </fieldset>
  );
}

/** What is sold, in which plan, for how many. */
export function SubjectFields({ form, isNew }: FieldsProps & { isNew: boolean }) {
  const { t } = useTranslation('contracts');
  const { data: products = [] } = useQuery(productsQuery);
  return (
    <Fields legend={t('part.subject')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <Autocomplete
          label={t('product')}
          required
          data-autofocus={isNew || undefined}
          maxLength={200}
          data={products.map(({ name }) => name)}
          {...form.getInputProps('product')}
        />
        <WordInput label={t('plan')} field="plan" known={knownWords.plan} {...form.getInputProps('plan')} />
        <NumberInput
          label={t('seats')}
          data-autofocus={!isNew || undefined}
          {...numbers}
          allowDecimal={false}
          {...form.getInputProps('seats')}
        />
      </SimpleGrid>
    </Fields>
  );
}

/** Bills of a year, a quarter, a month: what is usual is chosen, anything else is entered. */
const usualPeriods = [1, 3, 6, 12, 24, 36];
const other = 'other';

export function AmountFields({ form }: FieldsProps) {
  const { t } = useTranslation('contracts');
  const format = useFormat();
  const { values } = form;
  const listPrice = listPriceOf(termsOf(values));
  return (
    <Fields legend={t('part.amount')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <Group gap={8} wrap="nowrap" align="flex-start">
          <NumberInput
            label={t('amount')}
            required={!values.is_trial}
            className={classes.grows}
            {...numbers}
            decimalScale={minorDigits(values.currency)}
            {...form.getInputProps('amount')}
          />
          <CurrencySelect form={form} />
        </Group>
        <PeriodSelect form={form} />
        <Group gap={8} wrap="nowrap" align="flex-start">
          <NumberInput
            label={t('discount')}
            description={listPrice ? t('listPrice', { amount: format.moneyExact(listPrice) }) : t('discountHelp')}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            className={classes.grows}
            {...numbers}
            decimalScale={values.discountIs === 'percent' ? 2 : minorDigits(values.currency)}
            {...form.getInputProps('discount')}
          />
          <SegmentedControl
            mt={26}
            size="xs"
            aria-label={t('discountIs')}
            data={[
              { value: 'amount', label: values.currency },
              { value: 'percent', label: '%' },
            ]}
            value={values.discountIs}
            onChange={(next) => {
              const discountIs = next === 'percent' ? 'percent' : 'amount';
              form.setValues({ discountIs, discount: discountAs(discountIs, values) });
            }}
          />
        </Group>
        <Checkbox
          className={classes.besideInput}
          label={t('trial')}
          description={t('trialHelp')}
          {...form.getInputProps('is_trial', { type: 'checkbox' })}
        />
      </SimpleGrid>
    </Fields>
  );
}

/** The currencies for which there is a rate; others would not be counted. */
function CurrencySelect({ form }: FieldsProps) {
  const { t } = useTranslation('contracts');
  const { reportingCurrency } = useViewer();
  const { data: rates } = useQuery(ratesQuery);
  const [first] = useState(form.values.currency);
  const known = new Set([reportingCurrency, first, ...(rates?.items ?? []).map(({ currency }) => currency)]);
  return (
    <Select
      label={t('currency')}
      w={104}
      searchable
      allowDeselect={false}
      data={[...known]}
      {...form.getInputProps('currency')}
    />
  );
}

function PeriodSelect({ form }: FieldsProps) {
  const { t } = useTranslation('contracts');
  const { billing_period_months: months } = form.values;
  const [isOther, setOther] = useState(typeof months === 'number' && !usualPeriods.includes(months));
  return (
    <Group gap={8} wrap="nowrap" align="flex-start">
      <Select
        label={t('period')}
        className={classes.grows}
        allowDeselect={false}
        data={[
          ...usualPeriods.map((each) => ({ value: String(each), label: t('every', { count: each }) })),
          { value: other, label: t('otherPeriod') },
        ]}
        value={isOther ? other : String(months)}
        error={isOther ? undefined : form.errors.billing_period_months}
        onChange={(next) => {
          setOther(next === other);
          if (next !== other) form.setFieldValue('billing_period_months', Number(next));
        }}
      />
      {isOther && (
        <NumberInput
          label={t('months')}
          w={104}
          min={1}
          max={120}
          allowDecimal={false}
          {...form.getInputProps('billing_period_months')}
        />
      )}
    </Group>
  );
}

/** From when until when, and what happens then. */
export function TermFields({ form }: FieldsProps) {
  const { t } = useTranslation('contracts');
  const format = useFormat();
  const { end, isOpenEnded, notice_days: notice } = form.values;
  const lastDay = end && dayjs(end).subtract(1, 'day').format('YYYY-MM-DD');
  const deadline = end && typeof notice === 'number' && notice > 0 && dayjs(end).subtract(notice, 'day');
  return (
    <Fields legend={t('part.term')}>
      <SimpleGrid cols={{ base: 1, sm: 2 }} spacing="sm">
        <DayInput label={t('start')} required clearable={false} {...form.getInputProps('start')} />
        <div>
          <DayInput
            label={t('end')}
            required={!isOpenEnded}
            disabled={isOpenEnded}
            description={!isOpenEnded && lastDay ? t('lastDay', { day: format.day(lastDay) }) : t('endHelp')}
            {...form.getInputProps('end')}
          />
          <Checkbox mt={8} label={t('openEnded')} {...form.getInputProps('isOpenEnded', { type: 'checkbox' })} />
        </div>
        <NumberInput
          label={t('noticeDays')}
          description={
            deadline && !isOpenEnded
              ? t('deadline', { day: format.day(deadline.format('YYYY-MM-DD')) })
              : t('noticeDaysHelp')
          }
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          {...numbers}
          allowDecimal={false}
          {...form.getInputProps('notice_days')}
        />
        <Checkbox
          className={classes.besideInput}
          label={t('autoRenewal')}
          description={t('autoRenewalHelp')}
          {...form.getInputProps('auto_renewal', { type: 'checkbox' })}
        />
      </SimpleGrid>
    </Fields>
  );
}

/** What rarely applies: unpaid bills, notice, and where it came from. */
export function OtherFields({ form }: FieldsProps) {
  const { t } = useTranslation('contracts');
  return (
    <Fields legend={t('part.other')}>
      <SimpleGrid cols={{ base: 1, sm: 3 }} spacing="sm">
        <DayInput label={t('pastDue')} {...form.getInputProps('past_due_from')} />
        <DayInput label={t('cancelledOn')} {...form.getInputProps('cancelled_on')} />
        <TextInput
          label={t('transferredFrom')}
          description={t('transferredFromHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          maxLength={200}
          {...form.getInputProps('transferred_from')}
        />
      </SimpleGrid>
    </Fields>
  );
}
