// Calls to action, tasks, notices and the digest (api/work.yaml), for the cockpit and for everybody who shows some of it.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import { getJson } from './json';
import type { components } from './schema';

type Schemas = components['schemas'];
export type Call = Schemas['CallItem'];
export type CallDetail = Schemas['CallDetail'];
export type CallStep = Schemas['CallStep'];
export type CallList = Schemas['CallList'];
export type CallSummary = Schemas['CallSummary'];
export type CallCounts = Schemas['CallCounts'];
export type CallContext = Schemas['CallContext'];
export type CallComment = Schemas['CallComment'];
export type CallHistoryEntry = Schemas['CallHistoryEntry'];
export type CallsInput = Schemas['CallsInput'];
export interface CallsOpened {
  created: number;
  items: { id: number; account_id: number; created: boolean }[];
}
export type CallChange = Schemas['CallChange'];
export type CallsChange = Schemas['CallsChange'];
export type CallsChanged = Schemas['CallsChanged'];
export type CallKind = Schemas['CallKind'];
export type CallSeverity = Schemas['CallSeverity'];
export type CallStatus = Schemas['CallStatus'];
export type CallOutcome = Schemas['CallOutcome'];
export type CallRole = Schemas['CallRole'];
export type WorkTask = Schemas['WorkTask'];
export type WorkTaskList = Schemas['WorkTaskList'];
export type Cockpit = Schemas['Cockpit'];
export type Notice = Schemas['Notice'];
export type NoticeList = Schemas['NoticeList'];
export type DigestSetting = Schemas['DigestSetting'];

export const callKinds = [
  'risk',
  'opportunity',
  'renewal',
  'lifecycle',
  'objective',
  'activity',
  'data',
  'digital',
] as const satisfies readonly CallKind[];
/** The most pressing first. */
export const callSeverities = ['critical', 'high', 'medium', 'low'] as const satisfies readonly CallSeverity[];
export const callStatuses = ['open', 'in_progress', 'snoozed', 'closed'] as const satisfies readonly CallStatus[];
export const callRoles = [
  'csm',
  'onboarding',
  'support',
  'renewal_sales',
  'marketing',
  'product',
] as const satisfies readonly CallRole[];
export const workScopes = ['me', 'team', 'all'] as const;
export type WorkScope = (typeof workScopes)[number];

/** What decides which calls are looked at; lists with commas. */
export interface CallQuestion {
  scope: WorkScope;
  status?: string;
  kind?: string;
  severity?: string;
  account?: number;
  q?: string;
  due_from?: Day;
  due_to?: Day;
  overdue?: boolean;
  sort?: string;
  order?: 'asc' | 'desc';
}

interface RowRange {
  offset: number;
  limit: number;
  signal?: AbortSignal;
}

/** Everything about work; what is invalidated after a deed. */
export const workKey = ['work'] as const;
export const callsKey = (question: CallQuestion) => ['work', 'calls', question] as const;

export function fetchCalls(question: CallQuestion, { offset, limit, signal }: RowRange) {
  return getJson<CallList>('/api/calls', { ...question, offset, limit }, signal);
}

/** Counts and sums of a question, with its first rows. */
export const callsQuery = (question: CallQuestion, limit: number) =>
  queryOptions({
    queryKey: [...callsKey(question), 'first', limit],
    queryFn: ({ signal }) => fetchCalls(question, { offset: 0, limit, signal }),
    placeholderData: keepPreviousData,
  });

export const callQuery = (id: string) =>
  queryOptions({
    queryKey: ['work', 'call', id],
    queryFn: ({ signal }) => getJson<CallDetail>(`/api/calls/${id}`, {}, signal),
  });

export const callContextQuery = (id: string) =>
  queryOptions({
    queryKey: ['work', 'context', id],
    queryFn: ({ signal }) => getJson<CallContext>(`/api/calls/${id}/context`, {}, signal),
  });

export const accountCallsQuery = (accountId: string) =>
  queryOptions({
    queryKey: ['work', 'account', accountId],
    queryFn: ({ signal }) => getJson<CallList>(`/api/accounts/${accountId}/calls`, { limit: 200 }, signal),
  });

export const outcomesQuery = queryOptions({
  queryKey: ['call-outcomes'],
  queryFn: async ({ signal }) =>
    (
      await getJson<{ items: { kind: CallKind; outcomes: Schemas['NamedOutcome'][] }[] }>(
        '/api/calls/outcomes',
        {},
        signal,
      )
    ).items,
  staleTime: Infinity,
});

export interface TaskQuestion {
  scope: WorkScope;
  state?: 'open' | 'finished' | 'all';
  q?: string;
  due_from?: Day;
  due_to?: Day;
  overdue?: boolean;
}

export const tasksKey = (question: TaskQuestion) => ['work', 'tasks', question] as const;

export function fetchTasks(question: TaskQuestion, { offset, limit, signal }: RowRange) {
  return getJson<WorkTaskList>('/api/tasks', { ...question, offset, limit }, signal);
}

export const tasksQuery = (question: TaskQuestion, limit: number) =>
  queryOptions({
    queryKey: [...tasksKey(question), 'first', limit],
    queryFn: ({ signal }) => fetchTasks(question, { offset: 0, limit, signal }),
    placeholderData: keepPreviousData,
  });

export const cockpitQuery = (scope: WorkScope) =>
  queryOptions({
    queryKey: ['work', 'cockpit', scope],
    queryFn: ({ signal }) => getJson<Cockpit>('/api/cockpit', { scope }, signal),
    placeholderData: keepPreviousData,
  });

export const noticesQuery = queryOptions({
  queryKey: ['work', 'notices'],
  queryFn: ({ signal }) => getJson<NoticeList>('/api/notices', { limit: 30 }, signal),
});

export const digestQuery = queryOptions({
  queryKey: ['digest'],
  queryFn: ({ signal }) => getJson<DigestSetting>('/api/digest', {}, signal),
});

export const digestPreviewQuery = queryOptions({
  queryKey: ['digest', 'preview'],
  queryFn: ({ signal }) =>
    getJson<{ subject: string; text: string; html: string; is_empty: boolean }>('/api/digest/preview', {}, signal),
});
