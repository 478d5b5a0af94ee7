import { requestRaw } from './client';

export interface SearchHit {
  kind: 'account' | 'contact';
  id: string;
  name: string;
  detail?: string;
  /** The account to open: for a contact the one they belong to. */
  accountId: string;
}

interface SearchAnswer {
  items: { kind?: 'account' | 'contact'; id: string; name: string; detail?: string; account_id?: string }[];
}

/** Accounts and people by name, reading, external id or e-mail. */
export async function findEverything(
  query: string,
  asOf: string | undefined,
  signal: AbortSignal,
): Promise<SearchHit[]> {
  const params = new URLSearchParams({ q: query, ...(asOf && { asOf }) });
  const response = await requestRaw(`/api/search?${params}`, { signal });
  const { items } = (await response.json()) as SearchAnswer;
  return items.map(({ kind = 'account', id, name, detail, account_id }) => ({
    kind,
    id,
    name,
    detail,
    accountId: account_id ?? id,
  }));
}
