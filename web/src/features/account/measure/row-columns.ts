import type { RowKind } from '../health-types';

/** What is worth a column for each kind of row, in this order; anything else a row carries comes after. */
const preferred: Record<RowKind, readonly string[]> = {
  usage_days: ['day', 'user_name', 'user_key', 'feature_name', 'events'],
  tickets: ['day', 'subject', 'priority', 'status', 'closed_day', 'category', 'requester'],
  interactions: ['day', 'kind', 'subject', 'who', 'contacts'],
  surveys: ['day', 'kind', 'score', 'scale_max', 'contact', 'comment'],
  subscriptions: ['product', 'plan', 'status', 'seats', 'mrr', 'day', 'end', 'auto_renewal'],
  attendance: ['day', 'kind', 'title', 'contact'],
  contacts: ['name', 'title', 'roles', 'email', 'last_active_day', 'day'],
  attributes: ['day', 'key', 'value'],
  measures: ['name', 'value', 'day'],
};
/** Numbers of records say nothing to a reader. */
const hidden = new Set([
  'id',
  'account_id',
  'contact_id',
  'contact_ids',
  'external_id',
  'version_id',
  'feature_id',
  'person_number',
  'product_id',
]);
/** Where a row also carries the words, its key is only for machines. */
const wordsInstead: Record<string, string> = { feature: 'feature_name', user_key: 'user_name', key: 'name' };

export function columnsOf(kind: RowKind, items: readonly Record<string, unknown>[]): string[] {
  const present = new Set(
    items.flatMap((item) => Object.entries(item).flatMap(([key, value]) => (value === null ? [] : [key]))),
  );
  for (const [key, words] of Object.entries(wordsInstead)) if (present.has(words)) present.delete(key);
  const known = (preferred[kind] ?? []).filter((column) => present.has(column));
  const others = [...present].filter((column) => !known.includes(column) && !hidden.has(column));
  return [...known, ...others];
}

export function cellsOf(row: Record<string, unknown>, columns: readonly string[]): unknown[] {
  return columns.map((column) => row[column]);
}
