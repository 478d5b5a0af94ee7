import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { knownWords, useKnownWord } from '../../lib/known-words/known-words';

interface PhaseSelectProps {
  label: string;
  fields: readonly BookField[];
  value: string | null;
  onChange: (phase: string) => void;
  disabled?: boolean;
  size?: string;
}

/** The usual lifecycle phases, and those that the workspace uses besides. */
export function PhaseSelect({ label, fields, value, onChange, disabled, size }: PhaseSelectProps) {
  const { t } = useTranslation('book');
  const word = useKnownWord();
  const used = fields.find(({ key }) => key === 'phase')?.choices?.map((choice) => choice.value) ?? [];
  const phases = [...new Set([...knownWords.phase, ...used, ...(value ? [value] : [])])];
  return (
    <Select
      label={label}
      size={size}
      allowDeselect={false}
      disabled={disabled}
      placeholder={t('phase.choose')}
      data={phases.map((phase) => ({ value: phase, label: word('phase', phase) }))}
      value={value}
      onChange={(next) => next !== null && onChange(next)}
    />
  );
}
