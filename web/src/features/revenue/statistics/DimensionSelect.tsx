import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import type { StatisticsHead } from './types';

interface DimensionSelectProps {
  /** Undefined while it is being fetched. */
  head: StatisticsHead | undefined;
  onChange: (by: string | undefined) => void;
}

/** By what customers are parted. */
export function DimensionSelect({ head, onChange }: DimensionSelectProps) {
  const { t } = useTranslation('statistics');
  const language = useLanguage();
  return (
    <Select
      w={{ base: '100%', sm: 190 }}
      size="xs"
      label={t('by')}
      allowDeselect={false}
      searchable
      data={(head?.dimensions ?? []).map(({ key, name }) => ({ value: key, label: name[language] }))}
      value={head?.by ?? null}
      onChange={(key) => key && onChange(key === 'none' ? undefined : key)}
    />
  );
}
