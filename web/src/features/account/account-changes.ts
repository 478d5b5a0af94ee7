// Changing the account itself: shown at once, taken back where the server refuses, and undone on request.
import { useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { sendJson } from '../../api/json';
import { accountKey, accountQuery, ownersQuery } from './requests';
import type { Account, AttributeValue, Named } from './types';

/** Absent leaves, null clears. */
export interface AccountPatch {
  name?: string;
  reading?: string | null;
  domains?: string[];
  phase?: string | null;
  owner_id?: number | null;
  industry?: string | null;
  size?: string | null;
  region?: string | null;
  country?: string | null;
  plan?: string | null;
  created_day?: string | null;
  attributes?: Record<string, AttributeValue>;
  why?: string;
}

/** Changed accounts are scored again by the server within about a second. */
const rescoring_ms = 1500;

/** What was changed is read again: at once, and once more when the score has followed. */
export function readAgain(client: QueryClient, id: string) {
  const invalidate = () => {
    void client.invalidateQueries({ queryKey: accountKey(id) });
    void client.invalidateQueries({ queryKey: ['book'] });
    void client.invalidateQueries({ queryKey: ['home'] });
  };
  invalidate();
  setTimeout(invalidate, rescoring_ms);
}

/** The reason belongs to the change, not to the account. */
function withoutWhy<Patch extends { why?: string }>(patch: Patch): Omit<Patch, 'why'> {
  const fields = { ...patch };
  delete fields.why;
  return fields;
}

/** The account with the patch already in it. */
export function patched(account: Account, patch: AccountPatch, owners: readonly Named[]): Account {
  const { owner_id, attributes, ...rest } = patch;
  const fields = withoutWhy(rest);
  const owner = owner_id == null ? null : (owners.find(({ id }) => id === owner_id) ?? account.owner);
  return {
    ...account,
    ...fields,
    ...(owner_id !== undefined && { owner }),
    ...(attributes && { attributes: { ...account.attributes, ...attributes } }),
  };
}

/** The patch that takes `patch` back. */
export function inverse(account: Account, patch: AccountPatch): AccountPatch {
  const { owner_id, attributes, ...rest } = patch;
  const before = Object.fromEntries(Object.keys(withoutWhy(rest)).map((key) => [key, account[key as keyof Account]]));
  return {
    ...before,
    ...(owner_id !== undefined && { owner_id: account.owner?.id ?? null }),
    ...(attributes && {
      attributes: Object.fromEntries(Object.keys(attributes).map((key) => [key, account.attributes[key] ?? null])),
    }),
  };
}

export function useAccountChange(id: string) {
  const client = useQueryClient();
  const key = accountQuery({ id, asOf: undefined }).queryKey;
  return useMutation({
    mutationFn: (patch: AccountPatch) => sendJson<Account>('PATCH', `/api/accounts/${id}`, patch),
    onMutate: async (patch) => {
      await client.cancelQueries({ queryKey: key });
      const before = client.getQueryData(key);
      const owners = client.getQueryData(ownersQuery.queryKey) ?? [];
      if (before) client.setQueryData(key, patched(before, patch, owners));
      return { before };
    },
    onError: (_error, _patch, kept) => kept?.before && client.setQueryData(key, kept.before),
    onSettled: () => readAgain(client, id),
  });
}
