import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useLanguage } from '../../../lib/viewer';
import { accountAttributesQuery } from '../scorecard/account-attributes';

interface PeersFieldProps {
  value: string | undefined;
  onChange: (among: string | undefined) => void;
}

const wholeBook = 'book';

/** Whether the value counts as it is, or as its rank among all accounts or those alike. */
export function PeersField({ value = '', onChange }: PeersFieldProps) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const attributes = useQuery(accountAttributesQuery);
  const listed = (attributes.data ?? []).map(({ key, name }) => ({
    value: key,
    label: t('measure.peersOf', { attribute: name[language] }),
  }));
  const isListed = value === '' || value === wholeBook || listed.some((each) => each.value === value);
  return (
    <Select
      label={t('measure.peers')}
      description={t('measure.peersHelp')}
      inputWrapperOrder={['label', 'input', 'description', 'error']}
      allowDeselect={false}
      data={[
        { value: '', label: t('measure.peersNone') },
        { value: wholeBook, label: t('measure.peersBook') },
        ...listed,
        ...(isListed ? [] : [{ value, label: value }]),
      ]}
      value={value}
      onChange={(next) => onChange(next || undefined)}
    />
  );
}
