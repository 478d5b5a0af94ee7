import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../lib/viewer';
import { rulesQuery } from './revenue';

interface RulesSelectProps {
  /** Absent: the workspace's own. */
  value: string | undefined;
  onChange: (rules: string | undefined) => void;
  label?: string;
}

/** By which definitions the page counts. */
export function RulesSelect({ value, onChange, label }: RulesSelectProps) {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const { data } = useQuery(rulesQuery);
  if (!data) return null;
  const own = data.items.find(({ is_default }) => is_default);
  return (
    <Select
      w={{ base: '100%', sm: 210 }}
      size="xs"
      label={label}
      aria-label={label ?? t('choice.rules')}
      allowDeselect={false}
      data={data.items.map(({ key, name }) => ({ value: key, label: name[language] }))}
      value={value ?? own?.key ?? null}
      onChange={(key) => onChange(key === own?.key ? undefined : (key ?? undefined))}
    />
  );
}
