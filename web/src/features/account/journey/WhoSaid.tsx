import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { byImportance, isPresent } from '../contacts/importance';
import { contactsQuery, type Subject } from '../requests';

export const longestWords = 2000;

interface WhoSaidProps {
  subject: Subject;
  value: number | null;
  onChange: (contact: number | null) => void;
}

/** Who of the customer said it; it may be left open. */
export function WhoSaid({ subject, value, onChange }: WhoSaidProps) {
  const { t } = useTranslation('account');
  const contacts = useQuery(contactsQuery(subject));
  return (
    <Select
      label={t('journey.who')}
      placeholder={t('journey.whoOpen')}
      clearable
      searchable
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      data={(contacts.data ?? [])
        .filter(isPresent)
        .toSorted(byImportance)
        .map(({ id, name, title }) => ({ value: String(id), label: title ? `${name} (${title})` : name }))}
      value={value === null ? null : String(value)}
      onChange={(next) => onChange(next === null ? null : Number(next))}
    />
  );
}
