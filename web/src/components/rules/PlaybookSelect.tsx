import { Select, type SelectProps } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { definitionsQuery } from '../../api/definitions';
import { useLanguage } from '../../lib/viewer';

type PlaybookSelectProps = Omit<SelectProps, 'data' | 'value' | 'onChange'> & {
  /** Its key; empty: none. */
  value: string;
  onChange: (key: string) => void;
  /** The playbook that cannot be chosen: the one that is being edited. */
  except?: string;
};

/** One of the published playbooks, by its name. */
export function PlaybookSelect({ value, onChange, except, ...props }: PlaybookSelectProps) {
  const { t } = useTranslation('rules');
  const language = useLanguage();
  const playbooks = useQuery(definitionsQuery('playbook'));
  const data = (playbooks.data ?? [])
    .filter(({ key, version }) => (version > 0 && key !== except) || key === value)
    .map(({ key, name }) => ({ value: key, label: name[language] || key }));
  // What is chosen is shown also where it is gone.
  const isKnown = value === '' || data.some((choice) => choice.value === value);
  return (
    <Select
      searchable
      clearable
      placeholder={t('noPlaybook')}
      data={isKnown ? data : [...data, { value, label: value }]}
      value={value || null}
      onChange={(next) => onChange(next ?? '')}
      {...props}
    />
  );
}
