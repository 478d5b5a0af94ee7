import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import { accountAttributesQuery } from '../scorecard/account-attributes';

interface PercentileFieldProps {
  value?: string;
  onChange: (among: string | undefined) => void;
}

const wholeBook = 'book';

/** Whether the value stays as it is, or becomes its place among all customers or among those of its kind. */
export function PercentileField({ value, onChange }: PercentileFieldProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const attributes = useQuery(accountAttributesQuery);
  return (
    <Select
      label={t('percentile.label')}
      clearable
      searchable
      placeholder={t('percentile.none')}
      data={[
        { value: wholeBook, label: t('percentile.book') },
        ...(attributes.data ?? []).map(({ key, name }) => ({
          value: key,
          label: t('percentile.among', { attribute: name[language] }),
        })),
      ]}
      value={value ?? null}
      onChange={(among) => onChange(among ?? undefined)}
    />
  );
}
