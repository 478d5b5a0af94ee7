// Who looks after whom (/api/teams, /api/accounts/{id}/roles): what several rooms ask for.
import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';
import type { PersonChoice } from './people';

/** Who looks after an account in which respect. */
type AccountRole = 'csm' | 'onboarding' | 'support' | 'renewal_sales' | 'marketing' | 'product';

export interface Team {
  id: number;
  key: string;
  name: TwoLanguages;
  direction: 'size' | 'function';
  parent_id: number | null;
  members: { user: PersonChoice; lead: boolean }[];
}

export const teamsQuery = queryOptions({
  queryKey: ['org', 'teams'],
  /** `mine`: the people of the viewer's teams, the viewer included. */
  queryFn: ({ signal }) => getJson<{ items: Team[]; mine: number[] }>('/api/teams', {}, signal),
  staleTime: 60_000,
});

export interface RoleLine {
  role: AccountRole;
  name: TwoLanguages;
  user: PersonChoice | null;
  since: Day | null;
  stood_in_by: PersonChoice | null;
}

export interface AccountPeople {
  roles: RoleLine[];
  history: { role: AccountRole; user: PersonChoice; since: Day | null; until: Day | null }[];
  team: TwoLanguages | null;
  engagement_model: TwoLanguages | null;
}

export const accountPeopleKey = (account: number) => ['org', 'account', account] as const;

export const accountPeopleQuery = (account: number) =>
  queryOptions({
    queryKey: accountPeopleKey(account),
    queryFn: ({ signal }) => getJson<AccountPeople>(`/api/accounts/${account}/roles`, {}, signal),
  });
