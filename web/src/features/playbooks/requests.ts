// Requests and answers of /api/playbooks and /api/runs.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { PlaybookBody } from './playbook';
import { tidy } from './tidy';
import type {
  DryRun,
  Explanation,
  FailedRun,
  Playbook,
  PlaybookDetail,
  PlaybookFault,
  PlaybookTemplate,
  Run,
  RunDetail,
} from './types';

interface Window {
  offset: number;
  limit: number;
  signal?: AbortSignal;
}

interface Page<Item> {
  items: Item[];
  total: number;
}

export const playbooksQuery = queryOptions({
  queryKey: ['playbooks', 'list'],
  queryFn: ({ signal }) => getJson<Page<Playbook>>('/api/playbooks', {}, signal),
});

export const templatesQuery = queryOptions({
  queryKey: ['playbooks', 'templates'],
  queryFn: ({ signal }) => getJson<{ items: PlaybookTemplate[] }>('/api/playbooks/templates', {}, signal),
});

export const playbookQuery = (key: string) =>
  queryOptions({
    queryKey: ['playbooks', 'one', key],
    queryFn: ({ signal }) => getJson<PlaybookDetail>(`/api/playbooks/${key}`, {}, signal),
  });

export const explanationQuery = (key: string, account: number) =>
  queryOptions({
    queryKey: ['playbooks', 'explanation', key, account],
    queryFn: ({ signal }) => getJson<Explanation>(`/api/playbooks/${key}/accounts/${account}`, {}, signal),
  });

export const checkQuery = (key: string, body: PlaybookBody) =>
  queryOptions({
    queryKey: ['playbooks', 'check', key, body],
    queryFn: ({ signal }) =>
      sendJson<{ faults: PlaybookFault[] }>('POST', '/api/playbooks/check', { key, body: tidy(body) }, signal),
    placeholderData: keepPreviousData,
    retry: false,
    staleTime: Infinity,
  });

/** `account` undefined: the whole book. */
export const dryRunQuery = (key: string, body: PlaybookBody, account: number | undefined, isAsked: boolean) =>
  queryOptions({
    queryKey: ['playbooks', 'dry-run', key, account ?? null, body],
    queryFn: ({ signal }) =>
      sendJson<DryRun>(
        'POST',
        `/api/playbooks/${key}/dry-run`,
        { body: tidy(body), ...(account !== undefined && { account }) },
        signal,
      ),
    enabled: isAsked,
    retry: false,
    staleTime: 10_000,
  });

export const secretsQuery = queryOptions({
  queryKey: ['playbooks', 'secrets'],
  queryFn: ({ signal }) => getJson<{ items: { name: string }[] }>('/api/playbook-secrets', {}, signal),
  retry: false,
});

export interface RunQuestion {
  playbook?: string;
  version?: number;
  step?: string;
  state?: string;
  arm?: 'treated' | 'holdout';
  account?: number;
}

export function fetchRuns(question: RunQuestion, { offset, limit, signal }: Window) {
  return getJson<Page<Run>>('/api/runs', { ...question, offset, limit }, signal);
}

export function fetchFailed({ offset, limit, signal }: Window) {
  return getJson<Page<FailedRun>>('/api/runs/failed', { offset, limit }, signal);
}

export const runQuery = (id: string) =>
  queryOptions({
    queryKey: ['playbooks', 'run', id],
    queryFn: ({ signal }) => getJson<RunDetail>(`/api/runs/${id}`, {}, signal),
  });

interface Started {
  started: number;
  refused: number;
  items: {
    account_id: number;
    account_name: string | null;
    run_id: number | null;
    words: { ja: string; en: string };
  }[];
}

interface Moved {
  version: number;
  moved: number;
  refused: number;
  reasons: { run_id: number; words: { ja: string; en: string } }[];
}

export function usePlaybookDeeds() {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['playbooks'] }),
      client.invalidateQueries({ queryKey: ['definitions'] }),
    ]);
  const addTemplates = useMutation({
    mutationFn: (keys: readonly string[]) =>
      sendJson<{ added: { kind: string; key: string }[] }>('POST', '/api/playbooks/templates', { keys }),
    onSuccess: refresh,
  });
  const start = useMutation({
    mutationFn: ({ key, accounts }: { key: string; accounts: number[] }) =>
      sendJson<Started>('POST', `/api/playbooks/${key}/start`, { accounts }),
    onSuccess: refresh,
  });
  const moveAll = useMutation({
    mutationFn: (key: string) => sendJson<Moved>('POST', `/api/playbooks/${key}/move`, {}),
    onSuccess: refresh,
  });
  const stop = useMutation({
    mutationFn: ({ id, why }: { id: number; why: string }) =>
      sendJson<RunDetail>('POST', `/api/runs/${id}/stop`, { why }),
    onSuccess: refresh,
  });
  const retry = useMutation({
    mutationFn: (id: number) => sendJson<RunDetail>('POST', `/api/runs/${id}/retry`, {}),
    onSuccess: refresh,
  });
  const move = useMutation({
    mutationFn: (id: number) => sendJson<RunDetail>('POST', `/api/runs/${id}/move`, {}),
    onSuccess: refresh,
  });
  return { addTemplates, start, moveAll, stop, retry, move };
}
