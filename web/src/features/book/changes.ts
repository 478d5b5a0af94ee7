// What one can change without leaving the list: one account, or many at once.
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import { showProblem, showToast } from '../../components/toast';
import { nowOf } from '../../lib/local-time';
import { useViewer } from '../../lib/viewer';
import type { TwoLanguages } from '../../lib/language';
import type { BookPageAnswer, BookRow, CellValue, Person } from './types';

export interface AttributeDefinition {
  key: string;
  name: TwoLanguages;
  type: 'text' | 'number' | 'date' | 'yes_no' | 'choice' | 'money';
  choices?: { value: string; label: TwoLanguages }[];
  currency?: string;
  /** Kept by this part of the product: nobody writes it by hand. */
  managed_by: string | null;
}

/** Absent leaves, null clears. */
export interface AccountSet {
  owner_id?: number | null;
  phase?: string | null;
  attributes?: Record<string, CellValue>;
}

interface BulkChange {
  ids: number[];
  set: AccountSet;
  why: string | undefined;
}

interface BulkAnswer {
  changed: number;
  batch_id: number;
}

/** The server scores changed accounts again within about a second. */
const rescoring_ms = 1500;

export const peopleQuery = queryOptions({
  queryKey: ['users', 'choices'],
  queryFn: async ({ signal }) => (await getJson<{ items: Person[] }>('/api/users/choices', {}, signal)).items,
  staleTime: 5 * 60_000,
});

export const attributesQuery = queryOptions({
  queryKey: ['attributes'],
  queryFn: async ({ signal }) => (await getJson<{ items: AttributeDefinition[] }>('/api/attributes', {}, signal)).items,
});

/** The rows with the change already in them, until the server's own come. */
export function changedRows(
  rows: readonly BookRow[],
  ids: ReadonlySet<number>,
  set: AccountSet,
  people: readonly Person[],
) {
  return rows.map((row) => {
    if (!ids.has(row.id)) return row;
    const owner = set.owner_id === null ? null : (people.find(({ id }) => id === set.owner_id) ?? row.owner);
    return {
      ...row,
      ...(set.owner_id !== undefined && { owner }),
      ...(set.phase !== undefined && { phase: set.phase }),
      ...(set.attributes && { attributes: { ...row.attributes, ...set.attributes } }),
    };
  });
}

async function showAtOnce(client: QueryClient, ids: readonly number[], set: AccountSet) {
  // Rows asked for before would arrive after and show the accounts as they were.
  await client.cancelQueries({ queryKey: ['book'] });
  const people = client.getQueryData(peopleQuery.queryKey) ?? [];
  const wanted = new Set(ids);
  client.setQueriesData<BookPageAnswer>(
    { queryKey: ['book', 'rows'] },
    (page) => page && { ...page, items: changedRows(page.items, wanted, set, people) },
  );
  client.setQueriesData<BookRow | null>(
    { queryKey: ['book', 'row'] },
    (row) => row && changedRows([row], wanted, set, people)[0],
  );
}

/** What was changed is read again: at once, and once more when the scores have followed. */
function readAgain(client: QueryClient) {
  const invalidate = () => {
    void client.invalidateQueries({ queryKey: ['book'] });
    void client.invalidateQueries({ queryKey: ['accounts'] });
    void client.invalidateQueries({ queryKey: ['home'] });
  };
  invalidate();
  setTimeout(invalidate, rescoring_ms);
}

export function useBulkChange() {
  const client = useQueryClient();
  const change = useMutation({
    mutationFn: (body: BulkChange) => sendJson<BulkAnswer>('POST', '/api/accounts/bulk', body),
    onMutate: ({ ids, set }) => showAtOnce(client, ids, set),
    onSettled: () => readAgain(client),
  });
  const undo = useMutation({
    mutationFn: (batchId: number) => sendJson<{ restored: number }>('POST', `/api/accounts/bulk/${batchId}/undo`),
    onSettled: () => readAgain(client),
  });
  /**
   * Changes, then says so and offers the way back. By promise, not by callbacks: the dialog or the panel that asked may
   * be gone by the time the server answers.
   */
  const apply = async (body: BulkChange, done: (changed: number) => string): Promise<boolean> => {
    try {
      const { changed, batch_id } = await change.mutateAsync(body);
      showToast(done(changed), () => void undo.mutateAsync(batch_id).catch(showProblem));
      return true;
    } catch (error) {
      showProblem(error);
      return false;
    }
  };
  return { apply, pending: change.isPending ? change.variables.set : undefined };
}

/** Writes something down on the account's timeline. */
export function useNote(accountId: number) {
  const client = useQueryClient();
  const { bookDay, bookDayFixed, timeZone } = useViewer();
  return useMutation({
    mutationFn: (note: { kind: string; subject: string; body: string }) =>
      sendJson<unknown>('POST', `/api/accounts/${accountId}/interactions`, {
        ...note,
        occurred_at: nowOf(bookDay, bookDayFixed, timeZone),
        contact_ids: [],
      }),
    onSettled: () => readAgain(client),
  });
}
