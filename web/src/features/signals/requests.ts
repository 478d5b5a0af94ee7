// Requests and answers of /api/signals.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { requestRaw } from '../../api/client';
import { getJson, sendJson } from '../../api/json';
import type {
  Firing,
  FiringState,
  HeldSignal,
  Replay,
  ReplayList,
  Signal,
  SignalDetail,
  SignalPreview,
  SignalRule,
  Starter,
} from './types';

interface Window {
  offset: number;
  limit: number;
  signal?: AbortSignal;
}

interface SignalList {
  as_of: string;
  items: Signal[];
  total: number;
  held: number;
}

export interface SignalSettings {
  /** Null: no limit. */
  calls_per_person_week: number | null;
}

export const signalsQuery = queryOptions({
  queryKey: ['signals', 'list'],
  queryFn: ({ signal }) => getJson<SignalList>('/api/signals', {}, signal),
});

export const signalQuery = (key: string) =>
  queryOptions({
    queryKey: ['signals', 'one', key],
    queryFn: ({ signal }) => getJson<SignalDetail>(`/api/signals/${key}`, {}, signal),
  });

export function fetchFirings(key: string, state: FiringState | undefined, { offset, limit, signal }: Window) {
  const path = `/api/signals/${key}/firings`;
  return getJson<{ items: Firing[]; total: number }>(path, { state, offset, limit }, signal);
}

export function fetchHeld(owner: number | undefined, { offset, limit, signal }: Window) {
  return getJson<{ items: HeldSignal[]; total: number; calls_per_person_week: number | null }>(
    '/api/signals/held',
    { owner, offset, limit },
    signal,
  );
}

export const settingsQuery = queryOptions({
  queryKey: ['signals', 'settings'],
  queryFn: ({ signal }) => getJson<SignalSettings>('/api/signals/settings', {}, signal),
});

export const startersQuery = queryOptions({
  queryKey: ['signals', 'starters'],
  queryFn: ({ signal }) => getJson<{ items: Starter[]; total: number }>('/api/signals/starters', {}, signal),
});

export const previewQuery = (rule: SignalRule | null, key: string | undefined) =>
  queryOptions({
    queryKey: ['signals', 'preview', key ?? null, rule],
    queryFn: ({ signal }) =>
      sendJson<SignalPreview>('POST', '/api/signals/preview', { rule, ...(key && { key }) }, signal),
    placeholderData: keepPreviousData,
    enabled: rule !== null,
    retry: false,
  });

/** Either the answer, or how far the history is that it will be read from. */
export type ReplayAnswer = { state: 'building'; progress: number } | { state: 'ready'; replay: Replay };

export interface ReplayQuestion {
  rule: SignalRule;
  /** The published rule to compare with. */
  key?: string;
  horizon_days: number;
}

async function askReplay(
  question: ReplayQuestion & { list: ReplayList; offset: number; limit: number },
  signal?: AbortSignal,
): Promise<ReplayAnswer> {
  const response = await requestRaw('/api/signals/replay', {
    method: 'POST',
    signal,
    body: JSON.stringify(question),
    headers: { 'Content-Type': 'application/json' },
  });
  if (response.status === 202) return (await response.json()) as { state: 'building'; progress: number };
  return { state: 'ready', replay: (await response.json()) as Replay };
}

const askAgain_ms = 1500;

/** The figures alone; who is fetched by the table. */
export const replayQuery = (question: ReplayQuestion | null) =>
  queryOptions({
    queryKey: ['signals', 'replay', question],
    queryFn: ({ signal }) => askReplay({ ...question!, list: 'fired', offset: 0, limit: 0 }, signal),
    enabled: question !== null,
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: 60_000,
    refetchInterval: ({ state: { data } }) => (data?.state === 'building' ? askAgain_ms : false),
  });

export async function fetchReplayed(question: ReplayQuestion, list: ReplayList, { offset, limit, signal }: Window) {
  const answer = await askReplay({ ...question, list, offset, limit }, signal);
  return answer.state === 'ready' ? answer.replay.list : { items: [], total: 0 };
}

/** What one does besides defining; what shows signals is fetched anew afterwards. */
export function useSignalDeeds() {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['signals'] }),
      client.invalidateQueries({ queryKey: ['definitions'] }),
    ]);
  const release = useMutation({
    mutationFn: (id: number) => sendJson<{ call: number }>('POST', `/api/signals/held/${id}/release`),
    onSuccess: refresh,
  });
  const saveSettings = useMutation({
    mutationFn: (settings: SignalSettings) => sendJson<SignalSettings>('PUT', '/api/signals/settings', settings),
    onSuccess: refresh,
  });
  const addStarters = useMutation({
    mutationFn: (wanted: {
      publish: boolean;
      items: { starter: string; parameters?: Record<string, string | number> }[];
    }) => sendJson<{ rules: string[]; measures: string[] }>('POST', '/api/signals/starters', wanted),
    onSuccess: refresh,
  });
  return { release, saveSettings, addStarters };
}
