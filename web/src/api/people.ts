import { queryOptions } from '@tanstack/react-query';
import { getJson } from './json';

export interface PersonChoice {
  id: number;
  name: string;
}

/** Everybody who can be made responsible for something, by name. */
export const peopleQuery = queryOptions({
  queryKey: ['users', 'choices'],
  queryFn: async ({ signal }) => (await getJson<{ items: PersonChoice[] }>('/api/users/choices', {}, signal)).items,
  staleTime: 5 * 60_000,
});
