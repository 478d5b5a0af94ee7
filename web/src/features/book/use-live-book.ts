import { useQueryClient, type QueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { getJson } from '../../api/json';
import { collector } from '../../lib/live/collect';
import { useLive } from '../../lib/live/use-live';
import type { BookPageAnswer, BookRow } from './types';

const rows_ms = 2_000;
const totals_ms = 6_000;
const everything_ms = 6_000;
/** Where more of a window changed than this, the window is read anew instead of row by row. */
const mostByIds = 50;

/**
 * Keeps the rows on the screen true while events come in: rows that changed are replaced where they stand, so that
 * nothing jumps under the eyes; the order is made anew with the next question.
 */
export function useLiveBook(enabled: boolean) {
  const client = useQueryClient();
  const [rows] = useState(() => collector<number>(rows_ms, (ids) => void refreshRows(client, ids)));
  const [totals] = useState(() => collector<true>(totals_ms, () => void refreshTotals(client)));
  const [everything] = useState(() => collector<true>(everything_ms, () => void refreshEverything(client)));
  useEffect(
    () => () => {
      rows.stop();
      totals.stop();
      everything.stop();
    },
    [rows, totals, everything],
  );
  useLive(
    {
      book: ({ accounts }) => {
        // An empty list: so many changed that they are not named.
        if (accounts.length === 0) return everything.add([true]);
        rows.add(accounts);
        totals.add([true]);
      },
      onGap: () => void refreshEverything(client),
    },
    enabled,
  );
}

function refreshEverything(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ['book'], predicate: ({ queryKey }) => queryKey[1] !== 'fields' });
}

function refreshTotals(client: QueryClient) {
  return client.invalidateQueries({ queryKey: ['book', 'summary'] });
}

/** ['book', 'rows', params, 'window', number] as `rowsKey` and the table make it. */
type WindowKey = readonly ['book', 'rows', Record<string, string | undefined>, 'window', number];

async function refreshRows(client: QueryClient, ids: ReadonlySet<number>) {
  const windows = client.getQueryCache().findAll({ queryKey: ['book', 'rows'], type: 'active' });
  for (const { queryKey, state } of windows) {
    const page = state.data as BookPageAnswer | undefined;
    const changed = page?.items.filter(({ id }) => ids.has(id)).map(({ id }) => id) ?? [];
    if (changed.length === 0) continue;
    if (changed.length > mostByIds) {
      await client.invalidateQueries({ queryKey, exact: true });
      continue;
    }
    const [, , { columns }] = queryKey as unknown as WindowKey;
    const params = { ids: changed.join(','), columns, offset: 0, limit: changed.length };
    const fresh = await getJson<BookPageAnswer>('/api/book', params).catch(() => null);
    if (fresh) client.setQueryData<BookPageAnswer>(queryKey, (before) => before && withRows(before, fresh.items));
  }
  // What the side panel shows of an account.
  await client.invalidateQueries({
    predicate: ({ queryKey: [room, part, id] }) =>
      (room === 'book' && part === 'row' && ids.has(Number(id))) || (room === 'accounts' && ids.has(Number(part))),
  });
}

/** The page with these rows in place of what they were; the rest are the same objects, so only these are drawn. */
export function withRows(page: BookPageAnswer, rows: readonly BookRow[]): BookPageAnswer {
  const byId = new Map(rows.map((row) => [row.id, row]));
  return { ...page, items: page.items.map((row) => byId.get(row.id) ?? row) };
}
