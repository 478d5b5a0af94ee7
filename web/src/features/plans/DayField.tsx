import { NumberInput } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../components/contracts/DayInput';
import type { Day } from '../../lib/format/date';
import { dayOfNumber, numberOfDay, useEditing } from './editing';

interface DayFieldProps {
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
  error?: string;
}

const lastDayOfTemplate = 3660;

/** A day of a plan; in a template the number of days from its start. */
export function DayField({ label, value, onChange, error }: DayFieldProps) {
  const { t } = useTranslation('plans');
  const { plan } = useEditing();
  if (!plan)
    return (
      <NumberInput
        label={label}
        suffix={t('field.daysSuffix')}
        min={0}
        max={lastDayOfTemplate}
        allowDecimal={false}
        error={error}
        value={numberOfDay(value) ?? ''}
        onChange={(next) => onChange(next === '' ? null : dayOfNumber(Number(next)))}
      />
    );
  return (
    <DayInput label={label} value={value} error={error} onChange={(next) => onChange(next?.slice(0, 10) ?? null)} />
  );
}
