import { getRouteApi, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';
import { emptyCondition, type Condition } from '../../components/filter/condition';
import { levels as allLevels, type Level } from '../../lib/level';
import type { Sort } from '../../lib/search-params';
import type { BuiltInViewId } from './built-in-views';
import { parseSorts, sortsText } from './sorts';
import type { ViewQuery } from './types';

const route = getRouteApi('/_shell/book');

export const standardSort = '-arr';

function listOf(text: string | undefined): string[] | undefined {
  return text === undefined ? undefined : text.split(',').filter(Boolean);
}

/** A view's filter with the pressed levels added to it: what the table shows. */
export function withLevels(filter: Condition | undefined, levels: readonly Level[]): Condition | undefined {
  if (levels.length === 0) return filter;
  const known = levels.filter((level) => level !== 'unknown');
  const rules: Condition['rules'] = [];
  if (known.length > 0) rules.push({ field: 'level', operator: 'in', value: known });
  if (levels.includes('unknown')) rules.push({ field: 'level', operator: 'null', value: null });
  const pressed: Condition = { combinator: 'or', rules };
  return filter && filter.rules.length > 0 ? { combinator: 'and', rules: [filter, pressed] } : pressed;
}

/** The page's state, which is its address, and how to change it. */
export function useBookState() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const router = useRouter();
  const { q, filter, levels, sort, columns, view, saved } = search;

  const change = useCallback(
    (next: Partial<typeof search>, replace = false) => {
      // The filter's editor speaks up by itself when it has loaded: that must not call back somebody who is leaving.
      if (replace && router.history.location.pathname !== '/book') return;
      void navigate({ search: (previous) => ({ ...previous, ...next }), replace });
    },
    [navigate, router],
  );
  const state = useMemo(
    () => ({
      q,
      filter: filter ?? emptyCondition,
      levels: allLevels.filter((level) => listOf(levels)?.includes(level)),
      sorts: parseSorts(sort ?? standardSort),
      columns: listOf(columns),
      view,
      saved,
    }),
    [q, filter, levels, sort, columns, view, saved],
  );
  return {
    ...state,
    setQ: useCallback((next: string | undefined) => change({ q: next }, true), [change]),
    setFilter: (next: Condition) => change({ filter: next.rules.length === 0 ? undefined : next }, true),
    setLevels: (next: readonly Level[]) => change({ levels: next.length === 0 ? undefined : next.join(',') }),
    setSorts: (next: readonly Sort[]) => change({ sort: sortsText(next) }),
    setColumns: useCallback(
      (next: readonly string[] | undefined) => change({ columns: next?.join(',') }, true),
      [change],
    ),
    /** Shows a view; without one the standard list. The panel stays open. */
    show: (query: ViewQuery, id: { view?: BuiltInViewId; saved?: string } = {}) =>
      change({
        q: query.q ?? undefined,
        filter: query.filter ?? undefined,
        levels: undefined,
        sort: query.sort ?? undefined,
        columns: query.columns?.join(',') || undefined,
        view: id.view,
        saved: id.saved,
      }),
    clearFilter: () =>
      change({ q: undefined, filter: undefined, levels: undefined, view: undefined, saved: undefined }),
    /** What would be saved as a view. */
    query: {
      q: q ?? null,
      filter: filter ?? null,
      sort: sort ?? null,
      columns: listOf(columns) ?? null,
    } satisfies ViewQuery,
  };
}

/** Whether the page shows something else than the view it came from. */
export function differs(now: ViewQuery, view: ViewQuery): boolean {
  const essence = ({ filter, q, sort, columns }: ViewQuery) =>
    JSON.stringify([
      filter?.rules.length ? withoutIds(filter) : null,
      q || null,
      sort || null,
      columns?.length ? columns : null,
    ]);
  return essence(now) !== essence(view);
}

/** The editor gives rules ids of its own; they say nothing about what is asked. */
function withoutIds(node: unknown): unknown {
  if (Array.isArray(node)) return node.map(withoutIds);
  if (typeof node !== 'object' || node === null) return node;
  return Object.fromEntries(
    Object.entries(node)
      .filter(([key]) => key !== 'id' && key !== 'path')
      .map(([key, value]) => [key, withoutIds(value)]),
  );
}
