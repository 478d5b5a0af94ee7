import { NumberInput, SegmentedControl, Select, Stack, Text, TextInput } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useTranslation } from 'react-i18next';
import { minorDigits } from '../../lib/format/money';
import { useLanguage, useViewer } from '../../lib/viewer';
import type { AttributeDefinition } from './changes';
import type { CellValue } from './types';

interface AttributeInputProps {
  attribute: AttributeDefinition;
  value: CellValue;
  /** Null clears the attribute. */
  onChange: (value: CellValue) => void;
}

/** The editor for a custom attribute's type. Left empty it clears the attribute, and says so. */
export function AttributeInput({ attribute, value, onChange }: AttributeInputProps) {
  const { t } = useTranslation('book');
  const language = useLanguage();
  const { reportingCurrency } = useViewer();
  const common = { label: t('bulk.value'), description: value === null ? t('bulk.emptyClears') : undefined };
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
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
          value={typeof value === 'string' ? value : null}
          onChange={onChange}
        />
      );
    case 'yes_no':
      return (
        <Stack gap={4}>
          <Text fz="sm" fw={500}>
            {common.label}
          </Text>
          <SegmentedControl
            aria-label={common.label}
            value={value === null ? 'empty' : value ? 'yes' : 'no'}
            onChange={(next) => onChange(next === 'empty' ? null : next === 'yes')}
            data={[
              { value: 'yes', label: t('cell.yes') },
              { value: 'no', label: t('cell.no') },
              { value: 'empty', label: t('bulk.empty') },
            ]}
          />
        </Stack>
      );
    case 'choice':
      return (
        <Select
          {...common}
          clearable
          data={(attribute.choices ?? []).map((choice) => ({ value: choice.value, label: choice.label[language] }))}
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
