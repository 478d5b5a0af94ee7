import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';

interface SourceSelectProps {
  sources: readonly IntakeSource[];
  value: number | undefined;
  onChange: (sourceId: number | undefined) => void;
}

/** Narrows a list down to one source. */
export function SourceSelect({ sources, value, onChange }: SourceSelectProps) {
  const { t } = useTranslation('intake');
  return (
    <Select
      size="xs"
      w={{ base: '100%', sm: 200 }}
      aria-label={t('filter.source')}
      placeholder={t('filter.allSources')}
      clearable
      searchable={sources.length > 8}
      data={sources.map(({ id, name }) => ({ value: String(id), label: name }))}
      value={value === undefined ? null : String(value)}
      onChange={(next) => onChange(next === null ? undefined : Number(next))}
    />
  );
}
