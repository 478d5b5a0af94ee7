import { getJson } from './json';

export interface SearchHit {
  kind: 'account' | 'contact';
  id: number;
  /** The account to open: for a contact the one they belong to. */
  account_id: number;
  title: string;
  subtitle: string | null;
}

/** Accounts and people by name, reading, external id or e-mail. */
export async function findEverything(query: string, signal: AbortSignal): Promise<SearchHit[]> {
  const { items } = await getJson<{ items: SearchHit[] }>('/api/search', { q: query, limit: 12 }, signal);
  return items;
}
