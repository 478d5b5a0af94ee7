// What the side panel asks about one account.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type { TwoLanguages } from '../../lib/language';

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

export interface Contact {
  id: number;
  name: string;
  title: string | null;
  email: string | null;
  roles: string[];
  left_day: Day | null;
  last_active_day?: Day | null;
}

const about = (id: string, what: string, asOf: Day | undefined) => ['accounts', id, what, asOf ?? null] as const;

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
