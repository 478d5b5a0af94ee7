// What the side panel asks about one account.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import type { Day } from '../../lib/format/date';

export interface Contact {
  id: number;
  name: string;
  title: string | null;
  department: string | null;
  email: string | null;
  roles: string[];
  left_day: Day | null;
  last_active_day?: Day | null;
}

const about = (id: string, what: string, asOf: Day | undefined) => ['accounts', id, what, asOf ?? null] as const;

export const contactsQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: about(id, 'contacts', asOf),
    queryFn: async ({ signal }) =>
      (await getJson<{ items: Contact[] }>(`/api/accounts/${id}/contacts`, { as_of: asOf }, signal)).items,
  });
