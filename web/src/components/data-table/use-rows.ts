import { keepPreviousData, useQueries } from '@tanstack/react-query';
import { useMemo } from 'react';
import type { Sort } from '../../lib/search-params';
import type { DataColumn, RowAccess, RowSource } from './types';

export const windowSize = 100;

/** The windows that a range of rows touches, at most a handful even while somebody drags the scroll bar. */
export function windowsOf(firstIndex: number, lastIndex: number): number[] {
  const first = Math.floor(Math.max(0, firstIndex) / windowSize);
  const last = Math.floor(Math.max(0, lastIndex) / windowSize);
  return Array.from({ length: last - first + 1 }, (_, step) => first + step);
}

export function sortRows<Row>(
  rows: readonly Row[],
  columns: readonly DataColumn<Row>[],
  sorts: readonly Sort[],
): readonly Row[] {
  const keys = sorts.flatMap(({ column, direction }) => {
    const value = columns.find(({ id }) => id === column)?.sortValue;
    return value ? [{ value, sign: direction === 'asc' ? 1 : -1 }] : [];
  });
  if (keys.length === 0) return rows;
  const collator = new Intl.Collator(undefined, { numeric: true });
  const compare = (a: ReturnType<(typeof keys)[number]['value']>, b: typeof a, sign: number) => {
    // What is not known goes last in both directions.
    if (a == null || b == null) return Number(a == null) - Number(b == null);
    return sign * (typeof a === 'number' && typeof b === 'number' ? a - b : collator.compare(String(a), String(b)));
  };
  return rows.toSorted((left, right) =>
    keys.reduce((order, { value, sign }) => order || compare(value(left), value(right), sign), 0),
  );
}

/** Gives access by index to the rows of a source, fetching the windows around the range that is on the screen. */
export function useRows<Row>(
  source: RowSource<Row>,
  range: { first: number; last: number },
  columns: readonly DataColumn<Row>[],
  sorts: readonly Sort[],
): RowAccess<Row> {
  const local = 'rows' in source ? source.rows : undefined;
  const sorted = useMemo(() => (local ? sortRows(local, columns, sorts) : undefined), [local, columns, sorts]);
  // The first window stays: it says how long the list is while far ones are still being fetched.
  const windows = 'rows' in source ? [] : [...new Set([0, ...windowsOf(range.first, range.last)])];
  const results = useQueries({
    queries: windows.map((window) => ({
      queryKey: 'rows' in source ? [] : [...source.queryKey, 'window', window],
      queryFn: ({ signal }: { signal: AbortSignal }) => {
        if ('rows' in source) throw new Error('rows that are here are not fetched');
        return source.fetchWindow({ offset: window * windowSize, limit: windowSize, signal });
      },
      placeholderData: window === 0 ? keepPreviousData : undefined,
    })),
  });
  if ('rows' in source)
    return { total: sorted?.length, rowAt: (index) => sorted?.[index], error: undefined, retry: () => {} };
  const failed = results.find(({ isError }) => isError);
  return {
    total: results[0]?.data?.total,
    rowAt: (index) => {
      const at = windows.indexOf(Math.floor(index / windowSize));
      return results[at]?.data?.items[index % windowSize];
    },
    error: failed?.error,
    retry: () => results.forEach((result) => void (result.isError && result.refetch())),
  };
}
