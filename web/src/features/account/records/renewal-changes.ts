// What people said about a renewal or an opportunity, as the log of changes shows it.
import type { FieldChange } from '../types';

export interface RenewalWords {
  /** Amounts of renewals are ARR in the reporting currency. */
  currency: string;
  word: (kind: 'category' | 'outcome' | 'kind' | 'status', key: string) => string;
  reason: (key: string) => string;
  person: (id: number) => string;
  percent: (share: number) => string;
}

interface Reading {
  /** The field's name in the log; what is called alike on other records means something else there. */
  field: string;
  read?: (value: unknown) => unknown;
}

const hundredthsPerOne = 10_000;

function readings({ currency, word, reason, person, percent }: RenewalWords): Record<string, Reading> {
  const amount = (value: unknown) => ({ amount_minor: value, currency });
  const wordOf = (kind: 'category' | 'outcome') => (value: unknown) =>
    value === '' ? null : word(kind, String(value));
  return {
    category: { field: 'renewal_category', read: wordOf('category') },
    outcome: { field: 'outcome', read: wordOf('outcome') },
    forecast_minor: { field: 'forecast', read: amount },
    target_minor: { field: 'target', read: amount },
    final_minor: { field: 'final', read: amount },
    rise_minor: { field: 'rise', read: amount },
    rise_hundredths_percent: {
      field: 'rise_percent',
      read: (value) => percent(Number(value) / hundredthsPerOne),
    },
    owner_id: { field: 'renewal_owner', read: (value) => person(Number(value)) },
    reasons: { field: 'reasons', read: (value) => (Array.isArray(value) ? value.map(String).map(reason) : value) },
    // The numbers of contracts say nothing to a reader; how many there are does.
    subscriptions: { field: 'subscriptions', read: (value) => (Array.isArray(value) ? value.length : value) },
  };
}

export function renewalChanges(changes: readonly FieldChange[], words: RenewalWords): FieldChange[] {
  return read(changes, readings(words));
}

export function opportunityChanges(changes: readonly FieldChange[], { currency, word }: RenewalWords): FieldChange[] {
  return read(changes, {
    kind: { field: 'opportunity_kind', read: (value) => word('kind', String(value)) },
    subject: { field: 'opportunity_subject' },
    status: { field: 'opportunity_status', read: (value) => word('status', String(value)) },
    amount_minor: { field: 'amount', read: (value) => ({ amount_minor: value, currency }) },
  });
}

function read(changes: readonly FieldChange[], known: Record<string, Reading>): FieldChange[] {
  return changes
    .filter(({ field }) => field !== 'account_id')
    .map(({ field, before, after }) => {
      const reading = known[field];
      const say = (value: unknown) => (value == null || !reading?.read ? value : reading.read(value));
      return { field: reading?.field ?? field, before: say(before), after: say(after) };
    });
}
