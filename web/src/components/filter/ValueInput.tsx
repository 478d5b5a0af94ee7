import { Group, MultiSelect, NumberInput, SegmentedControl, TagsInput, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import {
  shapeOf,
  type CrossedInDays,
  type FilterField,
  type PastDays,
  type PercentInDays,
  type WithinDays,
} from './condition';

interface ValueInputProps {
  field: FilterField;
  operator: string;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled?: boolean;
}

/** The editor that a field's type and the operator call for. */
export function ValueInput({ field, operator, value, onChange, disabled }: ValueInputProps) {
  const { t } = useTranslation('common');
  const shape = shapeOf(field.type, operator);
  const label = t('filter.value');
  switch (shape) {
    case 'none':
      return null;
    case 'number':
      return (
        <NumberField label={label} value={value} onChange={onChange} currency={field.currency} disabled={disabled} />
      );
    case 'number_range': {
      const [from, to] = value as [unknown, unknown];
      return (
        <Group gap={4} wrap="nowrap">
          <NumberField
            label={t('filter.from')}
            value={from}
            onChange={(next) => onChange([next, to])}
            currency={field.currency}
            disabled={disabled}
          />
          <Text span fz="sm">
            –
          </Text>
          <NumberField
            label={t('filter.to')}
            value={to}
            onChange={(next) => onChange([from, next])}
            currency={field.currency}
            disabled={disabled}
          />
        </Group>
      );
    }
    case 'day':
      return <DayField label={label} value={value} onChange={onChange} disabled={disabled} />;
    case 'day_range': {
      const [from, to] = value as [unknown, unknown];
      return (
        <Group gap={4} wrap="nowrap">
          <DayField
            label={t('filter.from')}
            value={from}
            onChange={(next) => onChange([next, to])}
            disabled={disabled}
          />
          <Text span fz="sm">
            –
          </Text>
          <DayField label={t('filter.to')} value={to} onChange={(next) => onChange([from, next])} disabled={disabled} />
        </Group>
      );
    }
    case 'yes_no':
      return (
        <SegmentedControl
          size="xs"
          aria-label={label}
          value={value === false ? 'no' : 'yes'}
          disabled={disabled}
          onChange={(next) => onChange(next === 'yes')}
          data={[
            { value: 'yes', label: t('filter.yes') },
            { value: 'no', label: t('filter.no') },
          ]}
        />
      );
    case 'days':
      return <WithinDaysField value={value as WithinDays} onChange={onChange} disabled={disabled} />;
    case 'percent_days':
      return <PercentInDaysField value={value as PercentInDays} onChange={onChange} disabled={disabled} />;
    case 'value_days': {
      const crossed = value as CrossedInDays;
      return (
        <Group gap={6} wrap="nowrap">
          <CountInput
            label={label}
            suffix=""
            value={crossed.value}
            onChange={(next) => onChange({ ...crossed, value: next })}
            disabled={disabled}
          />
          <CountInput
            label={t('filter.dayCount')}
            suffix={t('filter.days')}
            value={crossed.days}
            onChange={(days) => onChange({ ...crossed, days })}
            disabled={disabled}
          />
        </Group>
      );
    }
    case 'past_days':
      return (
        <CountInput
          label={t('filter.dayCount')}
          suffix={t('filter.days')}
          value={(value as PastDays).days}
          onChange={(days) => onChange({ days })}
          disabled={disabled}
        />
      );
    case 'list':
      return field.choices ? (
        <MultiSelect
          size="xs"
          miw={200}
          maw={420}
          searchable
          aria-label={label}
          data={field.choices}
          value={value as string[]}
          onChange={onChange}
          disabled={disabled}
          hidePickedOptions
        />
      ) : (
        <TagsInput
          size="xs"
          miw={200}
          maw={420}
          aria-label={label}
          value={(value as unknown[]).map(String)}
          onChange={onChange}
          disabled={disabled}
        />
      );
    case 'text':
      return (
        <TextInput
          size="xs"
          w={200}
          aria-label={label}
          value={String(value)}
          onChange={(event) => onChange(event.currentTarget.value)}
          disabled={disabled}
        />
      );
  }
}

interface FieldProps {
  label: string;
  value: unknown;
  onChange: (value: unknown) => void;
  disabled?: boolean;
}

function NumberField({ label, value, onChange, currency, disabled }: FieldProps & { currency?: string }) {
  return (
    <NumberInput
      size="xs"
      w={currency ? 144 : 104}
      hideControls
      thousandSeparator=","
      aria-label={currency ? `${label} (${currency})` : label}
      leftSection={
        currency && (
          <Text fz={11} c="dimmed">
            {currency}
          </Text>
        )
      }
      leftSectionWidth={40}
      value={value as number | ''}
      onChange={(next) => onChange(typeof next === 'number' ? next : next === '' ? '' : Number(next))}
      disabled={disabled}
    />
  );
}

function DayField({ label, value, onChange, disabled }: FieldProps) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  return (
    <DateInput
      size="xs"
      w={148}
      aria-label={label}
      placeholder={t('filter.chooseDay')}
      valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
      value={value === '' ? null : String(value)}
      onChange={(next) => onChange(next ?? '')}
      disabled={disabled}
    />
  );
}

function WithinDaysField({
  value,
  onChange,
  disabled,
}: {
  value: WithinDays;
  onChange: (value: WithinDays) => void;
  disabled?: boolean;
}) {
  const { t } = useTranslation('common');
  return (
    <Group gap={6} wrap="nowrap">
      <SegmentedControl
        size="xs"
        aria-label={t('filter.direction')}
        value={value.direction}
        disabled={disabled}
        onChange={(direction) => onChange({ ...value, direction: direction as WithinDays['direction'] })}
        data={[
          { value: 'next', label: t('filter.next') },
          { value: 'last', label: t('filter.last') },
        ]}
      />
      <CountInput
        label={t('filter.dayCount')}
        suffix={t('filter.days')}
        value={value.days}
        onChange={(days) => onChange({ ...value, days })}
        disabled={disabled}
      />
    </Group>
  );
}

function PercentInDaysField({
  value,
  onChange,
  disabled,
}: {
  value: PercentInDays;
  onChange: (value: PercentInDays) => void;
  disabled?: boolean;
}) {
  const { t } = useTranslation('common');
  return (
    <Group gap={6} wrap="nowrap">
      <CountInput
        label={t('filter.percent')}
        suffix="%"
        value={value.percent}
        onChange={(percent) => onChange({ ...value, percent })}
        disabled={disabled}
      />
      <CountInput
        label={t('filter.dayCount')}
        suffix={t('filter.days')}
        value={value.days}
        onChange={(days) => onChange({ ...value, days })}
        disabled={disabled}
      />
    </Group>
  );
}

interface CountInputProps {
  label: string;
  suffix: string;
  value: number;
  onChange: (value: number) => void;
  disabled?: boolean;
}

function CountInput({ label, suffix, value, onChange, disabled }: CountInputProps) {
  return (
    <NumberInput
      size="xs"
      w={88}
      min={0}
      max={9999}
      hideControls
      aria-label={label}
      suffix={` ${suffix}`}
      value={value}
      onChange={(next) => onChange(Number(next) || 0)}
      disabled={disabled}
    />
  );
}
