import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import type { BookField } from './types';

interface PhaseSelectProps {
  label: string;
  fields: readonly BookField[];
  value: string | null;
  onChange: (phase: string) => void;
  disabled?: boolean;
  size?: string;
}

/** The lifecycle phases that the workspace uses. */
export function PhaseSelect({ label, fields, value, onChange, disabled, size }: PhaseSelectProps) {
  const { t } = useTranslation('book');
  const language = useLanguage();
  const choices = fields.find(({ key }) => key === 'phase')?.choices ?? [];
  const data = choices.map((choice) => ({ value: choice.value, label: choice.name[language] }));
  const isKnown = value === null || data.some((choice) => choice.value === value);
  return (
    <Select
      label={label}
      size={size}
      allowDeselect={false}
      disabled={disabled}
      placeholder={t('phase.choose')}
      data={isKnown ? data : [...data, { value, label: value }]}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
