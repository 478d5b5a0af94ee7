import { Button, Checkbox, Group, Skeleton, Stack, Text } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { keepPreviousData, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import type { PersonChoice } from '../../api/people';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { SearchInput } from '../../components/SearchInput';
import { useFormat } from '../../lib/viewer';
import type { AccountLine } from './types';
import classes from './Org.module.css';

interface AccountPickerProps {
  /** Only accounts that this person looks after. */
  owner: PersonChoice | undefined;
  chosen: readonly AccountLine[];
  onChange: (accounts: AccountLine[]) => void;
}

const shown = 200;
const pause_ms = 200;

function accountsQuery(owner: PersonChoice | undefined, q: string) {
  // The book knows owners who are users by their number: names may be shared.
  const filter = owner && {
    combinator: 'and',
    rules: [{ field: 'owner', operator: 'in', value: [String(owner.id)] }],
  };
  return {
    queryKey: ['book', 'picker', owner?.id ?? null, q],
    queryFn: ({ signal }: { signal: AbortSignal }) =>
      getJson<{ items: AccountLine[]; total: number }>(
        '/api/book',
        { ...(filter && { filter: JSON.stringify(filter) }), ...(q && { q }), sort: '-arr', limit: shown },
        signal,
      ),
    placeholderData: keepPreviousData,
  };
}

/** Which accounts: those of one person, largest first, narrowed by words. */
export function AccountPicker({ owner, chosen, onChange }: AccountPickerProps) {
  const { t } = useTranslation('org');
  const format = useFormat();
  const [text, setText] = useState('');
  const [q] = useDebouncedValue(text.trim(), pause_ms);
  const accounts = useQuery(accountsQuery(owner, q));
  if (accounts.isError) return <ErrorState error={accounts.error} onRetry={() => void accounts.refetch()} />;
  if (!accounts.data) return <Skeleton height={240} />;
  const ids = new Set(chosen.map(({ id }) => id));
  const { items, total } = accounts.data;
  const missing = items.filter(({ id }) => !ids.has(id));
  return (
    <Stack gap="sm">
      <Group justify="space-between">
        <SearchInput value={text} onChange={(next) => setText(next ?? '')} label={t('handover.findAccount')} />
        <Group gap={8}>
          <Text fz="sm" c="dimmed">
            {t('handover.chosen', { count: chosen.length, formatted: format.number(chosen.length) })}
          </Text>
          <Button
            size="compact-sm"
            variant="default"
            disabled={missing.length === 0}
            onClick={() => onChange([...chosen, ...missing])}
          >
            {t('handover.chooseAll')}
          </Button>
          <Button size="compact-sm" variant="default" disabled={chosen.length === 0} onClick={() => onChange([])}>
            {t('handover.chooseNone')}
          </Button>
        </Group>
      </Group>
      {items.length === 0 && (
        <Text fz="sm" c="dimmed">
          {t(owner ? 'handover.noAccountsOf' : 'handover.noAccounts', { name: owner?.name })}
        </Text>
      )}
      <ul className={classes.list} style={{ maxBlockSize: 360, overflowY: 'auto' }} tabIndex={-1}>
        {items.map((account) => (
          <li key={account.id} className={classes.line}>
            <Checkbox
              size="sm"
              label={account.name}
              checked={ids.has(account.id)}
              onChange={(event) =>
                onChange(
                  event.currentTarget.checked
                    ? [...chosen, { id: account.id, name: account.name, arr: account.arr }]
                    : chosen.filter(({ id }) => id !== account.id),
                )
              }
            />
            <Money value={account.arr} />
          </li>
        ))}
      </ul>
      {total > items.length && (
        <Text fz="xs" c="dimmed">
          {t('handover.moreAccounts', { count: total - items.length, formatted: format.number(total - items.length) })}
        </Text>
      )}
    </Stack>
  );
}
