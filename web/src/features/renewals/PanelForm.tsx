import { MultiSelect, NumberInput, Select, Textarea, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { renewalReasonsQuery } from '../../api/renewal-reasons';
import { majorUnits, minorDigits, type MoneyAmount } from '../../lib/format/money';
import { useLanguage } from '../../lib/viewer';
import classes from './Renewals.module.css';
import { peopleQuery } from './requests';
import { categories, outcomes, type Category, type Outcome, type RenewalChange, type RenewalDetails } from './types';
import { useDeeds } from './use-deeds';

interface FormProps {
  renewal: RenewalDetails;
  disabled: boolean;
}

/** What a person says; every field is kept when it is left, and can be taken back. */
export function PanelForm({ renewal, disabled }: FormProps) {
  const { t } = useTranslation('renewals');
  const { input } = renewal;
  const { changeRenewals } = useDeeds();
  const save = (set: RenewalChange) => changeRenewals([renewal.id], set);
  const isOver = renewal.machine_outcome !== 'open' || renewal.outcome !== 'open';
  return (
    <div className={classes.grid}>
      <Select
        label={t('column.category')}
        allowDeselect={false}
        disabled={disabled}
        data={categories.map((category) => ({ value: category, label: t(`category.${category}`) }))}
        value={renewal.category}
        onChange={(next) => next && save({ category: next as Category })}
      />
      <OwnerField renewal={renewal} disabled={disabled} onSave={save} />
      <AmountInput
        label={t('column.forecast')}
        value={input.forecast}
        placeholder={renewal.forecast}
        disabled={disabled}
        onSave={(forecast_minor) => save({ forecast_minor })}
      />
      <AmountInput
        label={t('column.target')}
        value={input.target}
        placeholder={renewal.target}
        disabled={disabled}
        onSave={(target_minor) => save({ target_minor })}
      />
      <TextField
        label={t('column.nextStep')}
        value={input.next_step}
        disabled={disabled}
        onSave={(next_step) => save({ next_step })}
      />
      <DayField
        label={t('panel.nextStepDay')}
        value={input.next_step_day}
        disabled={disabled}
        onSave={(next_step_day) => save({ next_step_day })}
      />
      <NumberField
        label={t('panel.rise')}
        value={input.rise_percent}
        disabled={disabled}
        onSave={(rise_percent) => save({ rise_percent })}
      />
      <DayField
        label={t('panel.riseDay')}
        value={input.rise_announced_day}
        disabled={disabled}
        onSave={(rise_announced_day) => save({ rise_announced_day })}
      />
      <div className={classes.wide}>
        <Notes value={input.notes} disabled={disabled} onSave={(notes) => save({ notes })} />
      </div>
      {isOver && <OutcomeFields renewal={renewal} disabled={disabled} onSave={save} />}
      <ReasonFields renewal={renewal} disabled={disabled} onSave={save} />
    </div>
  );
}

interface PartProps extends FormProps {
  onSave: (set: RenewalChange) => void;
}

function OwnerField({ renewal, disabled, onSave }: PartProps) {
  const { t } = useTranslation('renewals');
  const { data: people = [] } = useQuery(peopleQuery);
  return (
    <Select
      label={t('column.owner')}
      searchable
      clearable={renewal.input.owner_id !== null}
      clearButtonProps={{ 'aria-label': t('clear', { label: t('column.owner') }) }}
      disabled={disabled}
      placeholder={renewal.owner?.name}
      data={people.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={renewal.owner?.id ? String(renewal.owner.id) : null}
      onChange={(next) => onSave({ owner_id: next === null ? null : Number(next) })}
    />
  );
}

function OutcomeFields({ renewal, disabled, onSave }: PartProps) {
  const { t } = useTranslation('renewals');
  return (
    <>
      <Select
        label={t('panel.confirm')}
        description={t('panel.machineOutcome', { outcome: t(`outcome.${renewal.machine_outcome}`) })}
        clearable
        clearButtonProps={{ 'aria-label': t('clear', { label: t('panel.confirm') }) }}
        disabled={disabled}
        placeholder={t('unconfirmed')}
        data={outcomes.map((outcome) => ({ value: outcome, label: t(`outcome.${outcome}`) }))}
        value={renewal.input.outcome}
        onChange={(next) => onSave({ outcome: next as Outcome | null })}
      />
      <AmountInput
        label={t('column.final')}
        description={t('panel.finalHelp')}
        value={renewal.input.final}
        placeholder={renewal.final ?? renewal.forecast}
        disabled={disabled}
        onSave={(final_minor) => onSave({ final_minor })}
      />
    </>
  );
}

/** For what is lost or smaller, or may become so. */
function ReasonFields({ renewal, disabled, onSave }: PartProps) {
  const { t } = useTranslation('renewals');
  const language = useLanguage();
  const { data: reasons = [] } = useQuery(renewalReasonsQuery);
  const { input, outcome, category } = renewal;
  const isSmaller = outcome === 'renewed_down';
  const matters = outcome === 'churned' || isSmaller || category === 'at_risk' || category === 'lost';
  if (!matters && input.reasons.length === 0) return null;
  const offered = reasons.filter(
    ({ key, retired, applies_to }) =>
      input.reasons.includes(key) || (!retired && applies_to.includes(isSmaller ? 'contraction' : 'churn')),
  );
  return (
    <div className={classes.wide}>
      <MultiSelect
        label={t('panel.reasons')}
        disabled={disabled}
        data={offered.map(({ key, name, retired }) => ({
          value: key,
          label: retired ? t('panel.retired', { name: name[language] }) : name[language],
        }))}
        value={input.reasons}
        onChange={(next) => onSave({ reasons: next })}
      />
      <TextField
        label={t('panel.reasonNote')}
        value={input.reason_note}
        disabled={disabled}
        onSave={(reason_note) => onSave({ reason_note })}
      />
    </div>
  );
}

interface FieldProps<T> {
  label: string;
  value: T;
  disabled: boolean;
  onSave: (value: T) => void;
}

function TextField({ label, value, disabled, onSave }: FieldProps<string>) {
  return (
    <TextInput
      label={label}
      disabled={disabled}
      defaultValue={value}
      onBlur={(event) => event.currentTarget.value !== value && onSave(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === 'Enter' && !event.nativeEvent.isComposing) event.currentTarget.blur();
      }}
    />
  );
}

function Notes({ value, disabled, onSave }: Omit<FieldProps<string>, 'label'>) {
  const { t } = useTranslation('renewals');
  return (
    <Textarea
      label={t('panel.notes')}
      autosize
      minRows={2}
      maxRows={10}
      disabled={disabled}
      defaultValue={value}
      onBlur={(event) => event.currentTarget.value !== value && onSave(event.currentTarget.value)}
    />
  );
}

function DayField({ label, value, disabled, onSave }: FieldProps<string | null>) {
  const { t } = useTranslation('renewals');
  return (
    <DateInput
      label={label}
      disabled={disabled}
      clearable
      clearButtonProps={{ 'aria-label': t('clear', { label }) }}
      valueFormat="YYYY-MM-DD"
      value={value}
      onChange={(next) => (next?.slice(0, 10) ?? null) !== value && onSave(next?.slice(0, 10) ?? null)}
    />
  );
}

function NumberField({ label, value, disabled, onSave }: FieldProps<number | null>) {
  const [shown, setShown] = useState<number | string>(value ?? '');
  return (
    <NumberInput
      label={label}
      suffix="%"
      hideControls
      decimalScale={2}
      disabled={disabled}
      value={shown}
      onChange={setShown}
      onBlur={() => {
        const next = shown === '' ? null : Number(shown);
        if (next !== value) onSave(next);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}

function AmountInput({
  label,
  description,
  value,
  placeholder,
  disabled,
  onSave,
}: Omit<FieldProps<MoneyAmount | null>, 'onSave'> & {
  description?: string;
  placeholder: MoneyAmount;
  onSave: (minor: number | null) => void;
}) {
  const digits = minorDigits(placeholder.currency);
  const [shown, setShown] = useState<number | string>(value ? majorUnits(value) : '');
  return (
    <NumberInput
      label={label}
      description={description}
      hideControls
      thousandSeparator=","
      min={0}
      decimalScale={digits}
      disabled={disabled}
      placeholder={majorUnits(placeholder).toLocaleString('en')}
      value={shown}
      onChange={setShown}
      onBlur={() => {
        const next = shown === '' ? null : Math.round(Number(shown) * 10 ** digits);
        if (next !== (value?.amount_minor ?? null)) onSave(next);
      }}
      onKeyDown={(event) => event.key === 'Enter' && event.currentTarget.blur()}
    />
  );
}
