// Requests for the rows, totals and fields of the book.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryText } from '../../api/json';
import type { Condition } from '../../components/filter/condition';
import type { Day } from '../../lib/format/date';
import type { BookPageAnswer, BookRow, BookSummary } from './types';

/** What decides which accounts are in the list. */
export interface BookQuestion {
  filter: Condition | undefined;
  q: string | undefined;
  asOf: Day | undefined;
}

export interface RowQuestion extends BookQuestion {
  sort: string | undefined;
  /** Attributes and measures to send with the rows; the rest always comes. */
  columns: readonly string[];
}

/** At most so many ids are fetched for "select all"; the server takes no more in one change. */
export const maxSelectable = 10_000;
const idWindow = 1000;

function questionParams({ filter, q, asOf }: BookQuestion) {
  return { filter: filter && JSON.stringify(filter), q, as_of: asOf };
}

function rowParams(question: RowQuestion) {
  return {
    ...questionParams(question),
    sort: question.sort,
    columns: question.columns.length > 0 ? question.columns.join(',') : undefined,
  };
}

export function rowsKey(question: RowQuestion) {
  return ['book', 'rows', rowParams(question)] as const;
}

export function fetchRows(
  question: RowQuestion,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
): Promise<BookPageAnswer> {
  return getJson<BookPageAnswer>('/api/book', { ...rowParams(question), offset, limit }, signal);
}

/** Every row the question matches, for a selection of all of them. */
export async function fetchAllRows(question: RowQuestion): Promise<BookRow[]> {
  const rows: BookRow[] = [];
  for (let offset = 0; offset < maxSelectable; offset += idWindow) {
    const { items, total } = await fetchRows({ ...question, columns: [] }, { offset, limit: idWindow });
    rows.push(...items);
    if (rows.length >= total || items.length === 0) break;
  }
  return rows;
}

export const summaryQuery = (question: BookQuestion) =>
  queryOptions({
    queryKey: ['book', 'summary', questionParams(question)],
    queryFn: ({ signal }) => getJson<BookSummary>('/api/book/summary', questionParams(question), signal),
    placeholderData: keepPreviousData,
  });

/** One account as the list shows it; null where it is not in the book. */
export const rowQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: ['book', 'row', id, asOf ?? null],
    queryFn: async ({ signal }): Promise<BookRow | null> => {
      const params = { ids: id, as_of: asOf, offset: 0, limit: 1 };
      return (await getJson<BookPageAnswer>('/api/book', params, signal)).items[0] ?? null;
    },
  });

/** Where the browser fetches the list as a file that spreadsheets open. */
export function exportHref(question: RowQuestion): string {
  return `/api/book/export.csv${queryText(rowParams(question))}`;
}
