import { NumberInput, Select, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { minorDigits } from '../lib/format/money';
import { useLanguage, useViewer } from '../lib/viewer';
import type { TwoLanguages } from '../lib/language';

export type AttributeValue = string | number | boolean | { amount_minor: number; currency: string } | null;

interface AttributeInputProps {
  attribute: {
    key: string;
    name: TwoLanguages;
    type: 'text' | 'number' | 'date' | 'yes_no' | 'choice' | 'money';
    choices?: readonly { value: string; label: TwoLanguages }[];
    currency?: string | null;
  };
  /** The attribute's own name unless said otherwise. */
  label?: string;
  description?: ReactNode;
  error?: ReactNode;
  value: AttributeValue;
  /** Null clears. */
  onChange: (value: AttributeValue) => void;
}

/** The input for a custom attribute's type. */
export function AttributeInput({ attribute, label, description, error, value, onChange }: AttributeInputProps) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const { reportingCurrency } = useViewer();
  const common = { label: label ?? (attribute.name[language] || attribute.key), description, error };
  switch (attribute.type) {
    case 'number':
      return (
        <NumberInput
          {...common}
          thousandSeparator=","
          value={typeof value === 'number' ? value : ''}
          onChange={(next) => onChange(typeof next === 'number' ? next : null)}
        />
      );
    case 'money': {
      const currency = attribute.currency ?? reportingCurrency;
      const scale = 10 ** minorDigits(currency);
      const amount = typeof value === 'object' && value !== null ? value.amount_minor / scale : '';
      return (
        <NumberInput
          {...common}
          thousandSeparator=","
          suffix={` ${currency}`}
          value={amount}
          onChange={(next) =>
            onChange(typeof next === 'number' ? { amount_minor: Math.round(next * scale), currency } : null)
          }
        />
      );
    }
    case 'date':
      return (
        <DateInput
          {...common}
          clearable
          clearButtonProps={{ 'aria-label': t('clear') }}
          valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'yes_no':
      return (
        <Select
          {...common}
          clearable
          data={[
            { value: 'yes', label: t('filter.yes') },
            { value: 'no', label: t('filter.no') },
          ]}
          value={typeof value === 'boolean' ? (value ? 'yes' : 'no') : null}
          onChange={(next) => onChange(next === null ? null : next === 'yes')}
        />
      );
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          data={(attribute.choices ?? []).map((choice) => ({
            value: choice.value,
            label: choice.label[language] || choice.value,
          }))}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'text':
      return (
        <TextInput
          {...common}
          maxLength={1000}
          value={typeof value === 'string' ? value : ''}
          onChange={(event) => onChange(event.currentTarget.value === '' ? null : event.currentTarget.value)}
        />
      );
  }
}
