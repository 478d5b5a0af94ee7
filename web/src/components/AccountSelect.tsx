import { Select } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { findEverything } from '../api/search';

export interface ChosenAccount {
  id: number;
  name: string;
}

interface AccountSelectProps {
  label: string;
  value: ChosenAccount | null;
  onChange: (account: ChosenAccount | null) => void;
  description?: string;
  /** "xs" stands in a toolbar, with its label only spoken. */
  size?: 'xs' | 'sm';
}

const pause_ms = 150;

/** One of all accounts, found by name, reading, domain or external id. */
export function AccountSelect({ label, value, onChange, description, size = 'sm' }: AccountSelectProps) {
  const { t } = useTranslation('common');
  const [text, setText] = useState('');
  const [query] = useDebouncedValue(text.trim(), pause_ms);
  const { data: hits = [] } = useQuery({
    queryKey: ['search', 'accounts', query],
    queryFn: async ({ signal }) => (await findEverything(query, signal)).filter(({ kind }) => kind === 'account'),
    enabled: query !== '' && query !== value?.name,
    placeholderData: keepPreviousData,
  });
  const found = hits.map(({ id, title, subtitle }) => ({ value: String(id), label: title, subtitle }));
  const chosen = value && { value: String(value.id), label: value.name, subtitle: null };
  const options = chosen && !found.some((option) => option.value === chosen.value) ? [chosen, ...found] : found;
  return (
    <Select
      label={size === 'sm' ? label : undefined}
      aria-label={label}
      size={size}
      w={size === 'xs' ? { base: '100%', sm: 240 } : undefined}
      description={description}
      placeholder={t('accountSelect.placeholder')}
      searchable
      clearable
      clearButtonProps={{ 'aria-label': t('clear') }}
      data={options}
      // The server has searched, in readings and ids too; what it found is all shown.
      filter={({ options: all }) => all}
      value={value ? String(value.id) : null}
      searchValue={text}
      onSearchChange={setText}
      onChange={(id) => {
        const hit = options.find((option) => option.value === id);
        onChange(hit ? { id: Number(hit.value), name: hit.label } : null);
      }}
      nothingFoundMessage={query === '' ? t('accountSelect.type') : t('accountSelect.notFound')}
      renderOption={({ option }) => {
        const subtitle = options.find(({ value: id }) => id === option.value)?.subtitle;
        return (
          <span>
            {option.label}
            {subtitle && <small style={{ color: 'var(--mantine-color-dimmed)' }}> {subtitle}</small>}
          </span>
        );
      }}
    />
  );
}
