import type { RowKind } from '../health-types';

/** What is worth a column for each kind of row, in this order; anything else a row carries comes after. */
const preferred: Record<RowKind, readonly string[]> = {
  usage_days: ['day', 'user_key', 'name', 'feature', 'users', 'events'],
  tickets: ['opened_at', 'opened_day', 'subject', 'priority', 'status', 'closed_at', 'closed_day', 'category'],
  interactions: ['occurred_at', 'day', 'kind', 'subject', 'who', 'contacts'],
  surveys: ['answered_at', 'day', 'kind', 'score', 'scale_max', 'contact', 'comment'],
  subscriptions: ['product', 'plan', 'seats', 'mrr', 'start', 'end', 'auto_renewal', 'notice_days'],
  attendance: ['day', 'kind', 'title', 'contact'],
  contacts: ['name', 'title', 'roles', 'email', 'last_active_day', 'first_day', 'left_day'],
  attributes: ['name', 'key', 'value', 'known_since'],
  measures: ['name', 'measure', 'value'],
};
/** Numbers of records say nothing to a reader. */
const hidden = new Set(['id', 'account_id', 'contact_id', 'contact_ids', 'external_id', 'version_id', 'feature_id', 'person_number', 'product_id']);

export function columnsOf(kind: RowKind, items: readonly Record<string, unknown>[]): string[] {
  const present = new Set(
    items.flatMap((item) => Object.entries(item).flatMap(([key, value]) => (value === null ? [] : [key]))),
  );
  const known = (preferred[kind] ?? []).filter((column) => present.has(column));
  const others = [...present].filter((column) => !known.includes(column) && !hidden.has(column));
  return [...known, ...others];
}

export function cellsOf(row: Record<string, unknown>, columns: readonly string[]): unknown[] {
  return columns.map((column) => row[column]);
}
