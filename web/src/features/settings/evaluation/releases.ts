// What one does with the versions of the scores: evaluate one again, choose how many are kept, read the book's levels.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../../api/json';
import { releasesQuery } from '../../../api/releases';
import type { Day } from '../../../lib/format/date';
import type { TwoLanguages } from '../../../lib/language';

export interface LevelWeek {
  day: Day;
  /** Best first, no score last. */
  levels: { level: string | null; name: TwoLanguages; accounts: number }[];
}

export const levelWeeksQuery = (release: number) =>
  queryOptions({
    queryKey: [...releasesQuery.queryKey, 'levels', release],
    queryFn: ({ signal }) =>
      getJson<{ release: number; weeks: LevelWeek[] }>('/api/health/levels', { release }, signal),
  });

export function useEvaluateRelease() {
  return useMutation({
    mutationFn: (release: number) => sendJson<{ job_id: number }>('POST', '/api/evaluation', { release }),
  });
}

export function useChooseKept() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (kept: number) =>
      sendJson<{ kept: number; deleted: number[] }>('PUT', '/api/health/releases/kept', { kept }),
    onSuccess: () => client.invalidateQueries({ queryKey: releasesQuery.queryKey }),
  });
}
