import type { BookRow, ColumnValue } from './types';

const requestedKinds = { 'attribute.': 'attributes', 'measure.': 'measures', 'group.': 'groups' } as const;

function requested(key: string) {
  return Object.entries(requestedKinds).find(([prefix]) => key.startsWith(prefix));
}

/** Attributes, measures and axes are sent with the rows only where a column asks for them. */
export function isRequested(key: string): boolean {
  return requested(key) !== undefined || key === 'segments';
}

/** What a row holds for a field of the catalogue. */
export function cellValue(row: BookRow, key: string): ColumnValue | undefined {
  const [prefix, member] = requested(key) ?? [];
  if (prefix && member) return row[member]?.[key.slice(prefix.length)];
  return (row as unknown as Record<string, ColumnValue | undefined>)[key];
}
