// What the side panel asks about one account.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { CellValue, TwoLanguages } from './types';

export interface Account {
  id: number;
  external_id: string;
  name: string;
  phase: string | null;
  owner: { id: number | null; name: string } | null;
  attributes: Record<string, CellValue>;
}

export interface Health {
  score: number | null;
  level: string | null;
  groups: { key: string; name: TwoLanguages; score: number | null; weight: number }[];
  sentences: TwoLanguages[];
  change_28d: {
    from_day: Day;
    from_score: number | null;
    to_score: number | null;
    parts: { key: string; delta: number; sentence: TwoLanguages }[];
  } | null;
}

export interface HealthHistory {
  days: Day[];
  score: (number | null)[];
}

export interface Contact {
  id: number;
  name: string;
  title: string | null;
  email: string | null;
  roles: string[];
  left_day: Day | null;
  last_active_day?: Day | null;
}

export interface ContractTotals {
  mrr: MoneyAmount | null;
  arr: MoneyAmount | null;
  seats: number | null;
  next_renewal_day: Day | null;
  notice_deadline: Day | null;
}

const about = (id: string, what: string, asOf: Day | undefined) => ['accounts', id, what, asOf ?? null] as const;

export const accountQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: about(id, 'account', asOf),
    queryFn: ({ signal }) => getJson<Account>(`/api/accounts/${id}`, { as_of: asOf }, signal),
  });

export const healthQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: about(id, 'health', asOf),
    queryFn: ({ signal }) => getJson<Health>(`/api/accounts/${id}/health`, { as_of: asOf }, signal),
  });

export const contactsQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: about(id, 'contacts', asOf),
    queryFn: async ({ signal }) =>
      (await getJson<{ items: Contact[] }>(`/api/accounts/${id}/contacts`, { as_of: asOf }, signal)).items,
  });

export const contractsQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: about(id, 'contracts', asOf),
    queryFn: async ({ signal }) =>
      (await getJson<{ totals: ContractTotals }>(`/api/accounts/${id}/subscriptions`, { as_of: asOf }, signal)).totals,
  });
