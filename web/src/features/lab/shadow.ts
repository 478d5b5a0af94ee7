// A draft that is scored beside the published scorecard (/api/lab/shadow), as api/shadow.yaml describes it.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type { TwoLanguages } from '../../lib/language';
import type { Mover } from './types';

export interface ShadowLevel {
  level: string | null;
  name: TwoLanguages;
  accounts_published: number;
  accounts_draft: number;
  arr_published_minor: number;
  arr_draft_minor: number;
}

export interface Shadow {
  scorecard: string;
  state: 'running' | 'catching_up' | 'faulty' | 'ended';
  /** The draft as it is now; null once ended. */
  since: string | null;
  started_at: string;
  started_by: string;
  /** How often it began anew because the draft changed. */
  restarts: number;
  ended_at: string | null;
  ended_because: 'stopped' | 'published' | 'discarded' | null;
  error: TwoLanguages | null;
  progress: number | null;
  accounts: number;
  differing: number;
  mean_difference: number | null;
  currency: string;
  levels: ShadowLevel[];
  moved: Mover[];
  moved_total: number;
  days: { day: Day; accounts: number; differing: number; mean_difference: number | null }[];
}

const whileCatchingUp_ms = 1_500;
const otherwise_ms = 10_000;

export const shadowQuery = queryOptions({
  queryKey: ['lab', 'shadow'],
  queryFn: ({ signal }) => getJson<Shadow[]>('/api/lab/shadow', {}, signal),
  refetchInterval: ({ state }) =>
    state.data?.some((each) => each.state === 'catching_up') ? whileCatchingUp_ms : otherwise_ms,
});

export function useShadowSwitch() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (wanted: { scorecard: string; on: boolean }) => sendJson<Shadow[]>('PUT', '/api/lab/shadow', wanted),
    onSuccess: (shadows) => client.setQueryData(shadowQuery.queryKey, shadows),
  });
}
