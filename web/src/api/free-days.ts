// The days on which nobody works (api/renewals.yaml): national holidays with their names, the company's own, weekends.
import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';

export interface FreeDay {
  day: Day;
  kind: 'holiday' | 'day_off' | 'weekend';
  name: TwoLanguages | null;
}

export const freeDaysQuery = (from: Day, to: Day) =>
  queryOptions({
    queryKey: ['free-days', from, to],
    queryFn: async ({ signal }) => {
      const { items } = await getJson<{ items: FreeDay[] }>('/api/renewals/calendar/free-days', { from, to }, signal);
      return new Map(items.map((item) => [item.day, item]));
    },
    staleTime: 60 * 60_000,
  });
