import { expect, it } from 'vitest';
import { withEntry, withoutEntry } from './interactions';
import type { TimelineEntry } from './types';

const entry = (id: number, at: string): TimelineEntry => ({
  kind: 'note',
  id,
  at,
  whole_day: false,
  title: `note ${id}`,
  body: null,
  who: null,
  detail: {},
});
const pages = {
  pageParams: [0, 2],
  pages: [
    { total: 4, items: [entry(4, '2026-04-01T00:00:00Z'), entry(3, '2026-03-01T00:00:00Z')] },
    { total: 4, items: [entry(2, '2026-02-01T00:00:00Z'), entry(1, '2026-01-01T00:00:00Z')] },
  ],
};
const ids = (changed: typeof pages) => changed.pages.map(({ items }) => items.map(({ id }) => id));

it('puts a new entry where its time belongs', () => {
  expect(ids(withEntry(pages, entry(9, '2026-05-01T00:00:00Z')) as typeof pages)).toEqual([
    [9, 4, 3],
    [2, 1],
  ]);
  expect(ids(withEntry(pages, entry(9, '2026-02-15T00:00:00Z')) as typeof pages)).toEqual([
    [4, 3],
    [9, 2, 1],
  ]);
  expect(ids(withEntry(pages, entry(9, '2025-01-01T00:00:00Z')) as typeof pages)).toEqual([
    [4, 3],
    [2, 1, 9],
  ]);
  expect(withEntry(pages, entry(9, '2026-05-01T00:00:00Z')).pages.map(({ total }) => total)).toEqual([5, 5]);
});

it('takes an entry away, but never another kind of record with the same number', () => {
  expect(ids(withoutEntry(pages, 3) as typeof pages)).toEqual([[4], [2, 1]]);
  const ticket = { ...entry(3, '2026-03-01T00:00:00Z'), kind: 'ticket' as const };
  const mixed = { ...pages, pages: [{ total: 1, items: [ticket] }] };
  expect(withoutEntry(mixed, 3)).toEqual(mixed);
});
