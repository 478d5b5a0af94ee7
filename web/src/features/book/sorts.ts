import { parseSort, sortText, type Sort } from '../../lib/search-params';

const maxSorts = 3;

/** "-arr,name" → by ARR from the largest, then by name. */
export function parseSorts(text: string | undefined): Sort[] {
  return (text ?? '').split(',').flatMap((part) => parseSort(part.trim()) ?? []);
}

export function sortsText(sorts: readonly Sort[]): string | undefined {
  return sorts.length === 0 ? undefined : sorts.map(sortText).join(',');
}

/** A heading was clicked: alone it sorts by that column, with Shift the column breaks the ties of the others. */
export function withSort(sorts: readonly Sort[], clicked: Sort, add: boolean): Sort[] {
  if (!add) return [clicked];
  const isKnown = sorts.some(({ column }) => column === clicked.column);
  return isKnown
    ? sorts.map((sort) => (sort.column === clicked.column ? clicked : sort))
    : [...sorts, clicked].slice(-maxSorts);
}
