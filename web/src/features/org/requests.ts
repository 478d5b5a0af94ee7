// Requests of this room; see api/org.yaml.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type {
  Absence,
  Assignment,
  AssignmentRule,
  Capacity,
  CountAndArr,
  EngagementModel,
  Handover,
  HandoverState,
  HandoverSummary,
  ModelBody,
  ModelPreviewAnswer,
  NewHandover,
  Plan,
  RuleBody,
  Workload,
} from './types';
import type { TwoLanguages } from '../../lib/language';

export const workloadQuery = queryOptions({
  queryKey: ['org', 'workload'],
  queryFn: ({ signal }) => getJson<Workload>('/api/workload', {}, signal),
});

export const absencesQuery = queryOptions({
  queryKey: ['org', 'absences'],
  queryFn: async ({ signal }) => (await getJson<{ items: Absence[] }>('/api/absences', {}, signal)).items,
});

export const modelsQuery = queryOptions({
  queryKey: ['org', 'models'],
  queryFn: ({ signal }) =>
    getJson<{ items: EngagementModel[]; none: CountAndArr }>('/api/engagement-models', {}, signal),
});

export const modelPreviewQuery = (key: string, body: ModelBody) =>
  queryOptions({
    queryKey: ['org', 'models', 'preview', key, body],
    queryFn: ({ signal }) =>
      sendJson<ModelPreviewAnswer>('POST', '/api/engagement-models/preview', { key, body }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const rulesQuery = queryOptions({
  queryKey: ['org', 'rules'],
  queryFn: async ({ signal }) =>
    (await getJson<{ items: AssignmentRule[] }>('/api/assignment-rules', {}, signal)).items,
});

/** A published rule by its key, or one that is being edited. */
export interface PlanQuestion {
  key?: string;
  body?: RuleBody;
}

export const movesShown = 200;

export const planQuery = (question: PlanQuestion) =>
  queryOptions({
    queryKey: ['org', 'plan', question],
    queryFn: ({ signal }) =>
      sendJson<Plan>('POST', '/api/assignments/preview', { ...question, limit: movesShown }, signal),
    placeholderData: keepPreviousData,
    retry: false,
  });

export const assignmentsQuery = queryOptions({
  queryKey: ['org', 'assignments'],
  queryFn: ({ signal }) => getJson<{ items: Assignment[]; total: number }>('/api/assignments', { limit: 20 }, signal),
});

export const handoverWindow = (
  state: HandoverState | undefined,
  { offset, limit, signal }: { offset: number; limit: number; signal: AbortSignal },
) => getJson<{ items: HandoverSummary[]; total: number }>('/api/handovers', { state, offset, limit }, signal);

export const handoverQuery = (id: string) =>
  queryOptions({
    queryKey: ['org', 'handover', id],
    queryFn: ({ signal }) => getJson<Handover>(`/api/handovers/${id}`, {}, signal),
  });

export const checklistQuery = queryOptions({
  queryKey: ['org', 'checklist'],
  queryFn: async ({ signal }) =>
    (await getJson<{ items: TwoLanguages[] }>('/api/handovers/checklist', {}, signal)).items,
  staleTime: Infinity,
});

export interface TeamChange {
  name?: TwoLanguages;
  direction?: 'size' | 'function';
  parent_id?: number | null;
  members?: { user_id: number; lead: boolean }[];
}

export interface AbsenceChange {
  user_id?: number;
  from_day: string;
  until_day: string;
  substitute_id: number | null;
  note: string;
}

/** What one does here; afterwards all that tells of teams and accounts is fetched anew. */
export function useOrgDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['org'] });
  // Who looks after an account shows in the book, too.
  const refreshAll = () => Promise.all([refresh(), client.invalidateQueries({ queryKey: ['book'] })]);
  const saveTeam = useMutation({
    mutationFn: ({ id, change }: { id?: number; change: TeamChange }) =>
      id === undefined ? sendJson('POST', '/api/teams', change) : sendJson('PATCH', `/api/teams/${id}`, change),
    onSuccess: refresh,
  });
  const removeTeam = useMutation({
    mutationFn: (id: number) => sendJson('DELETE', `/api/teams/${id}`),
    onSuccess: refresh,
  });
  const saveCapacity = useMutation({
    mutationFn: ({ user, capacity }: { user: number; capacity: Capacity }) =>
      sendJson('PUT', `/api/workload/${user}`, capacity),
    onSuccess: refresh,
  });
  const saveAbsence = useMutation({
    mutationFn: ({ id, change }: { id?: number; change: AbsenceChange }) =>
      id === undefined ? sendJson('POST', '/api/absences', change) : sendJson('PATCH', `/api/absences/${id}`, change),
    onSuccess: refresh,
  });
  const removeAbsence = useMutation({
    mutationFn: (id: number) => sendJson('DELETE', `/api/absences/${id}`),
    onSuccess: refresh,
  });
  const suggestModels = useMutation({
    mutationFn: () => sendJson<{ drafts: number }>('POST', '/api/engagement-models/suggest'),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ['definitions'] });
      await refresh();
    },
  });
  const startAssignment = useMutation({
    mutationFn: (start: PlanQuestion & { basis: string; why: string }) =>
      sendJson<Assignment>('POST', '/api/assignments', start),
    // Not waited for: the progress is shown at once.
    onSuccess: () => void refresh(),
  });
  const undoAssignment = useMutation({
    mutationFn: (id: number) =>
      sendJson<{ restored: number; changed_since: number }>('POST', `/api/assignments/${id}/undo`),
    onSuccess: refreshAll,
  });
  const beginHandover = useMutation({
    mutationFn: (handover: NewHandover) => sendJson<Handover>('POST', '/api/handovers', handover),
    onSuccess: refreshAll,
  });
  const tick = useMutation({
    mutationFn: ({ handover, item, done }: { handover: number; item: number; done: boolean }) =>
      sendJson<Handover>('PATCH', `/api/handovers/${handover}/items/${item}`, { done }),
    onSuccess: refresh,
  });
  const noteAccount = useMutation({
    mutationFn: ({
      handover,
      account,
      ...change
    }: {
      handover: number;
      account: number;
      introduced?: boolean;
      note?: string;
    }) => sendJson<Handover>('PATCH', `/api/handovers/${handover}/accounts/${account}`, change),
    onSuccess: refresh,
  });
  const closeHandover = useMutation({
    mutationFn: ({ id, how }: { id: number; how: 'complete' | 'cancel' }) =>
      sendJson<Handover>('POST', `/api/handovers/${id}/${how}`),
    onSuccess: refreshAll,
  });
  return {
    refreshAll,
    saveTeam,
    removeTeam,
    saveCapacity,
    saveAbsence,
    removeAbsence,
    suggestModels,
    startAssignment,
    undoAssignment,
    beginHandover,
    tick,
    noteAccount,
    closeHandover,
  };
}
