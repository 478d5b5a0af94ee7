// What makes up the score of one account, in words (api/health.yaml).
import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';

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

export const healthQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: ['accounts', id, 'health', asOf ?? null] as const,
    queryFn: ({ signal }) => getJson<Health>(`/api/accounts/${id}/health`, { as_of: asOf }, signal),
  });
