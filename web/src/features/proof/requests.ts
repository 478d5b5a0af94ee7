// Requests and answers of /api/proof.
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryText } from '../../api/json';
import type { components } from '../../api/schema';

type Schemas = components['schemas'];
export type ProofList = Schemas['ProofList'];
export type ProofSummary = Schemas['ProofSummary'];
export type Proof = Schemas['Proof'];
export type Effect = Schemas['Effect'];
export type Verdict = Schemas['Verdict'];
export type AdherenceFigures = Schemas['AdherenceFigures'];
export type AdherenceGroup = Schemas['AdherenceGroup'];
export type Association = Schemas['Association'];
export type ProofAccount = Schemas['ProofAccount'];
export type Practice = Schemas['Practice'];
export type CallKind = Practice['kind'];

export const horizons = [28, 56, 84, 168] as const;
export const usualHorizon_days = 84;
export const arms = ['treated', 'comparison', 'waiting'] as const;
export type Arm = (typeof arms)[number];

/** While it is being computed, it is asked for again. */
const askAgain_ms = 1500;
export type Building = { state: 'building' };
export const isBuilding = (answer: Proof | Building): answer is Building => 'state' in answer;

export interface ProofQuestion {
  key: string;
  horizon_days: number;
  version: number | undefined;
  /** A mail or survey that is judged by itself. */
  step: string | undefined;
}

export const proofsQuery = (horizon_days: number) =>
  queryOptions({
    queryKey: ['proof', 'list', horizon_days],
    queryFn: ({ signal }) => getJson<ProofList>('/api/proof/playbooks', { horizon_days }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data && data.building > 0 ? askAgain_ms : false),
  });

export const proofQuery = ({ key, horizon_days, version, step }: ProofQuestion) =>
  queryOptions({
    queryKey: ['proof', key, horizon_days, version ?? null, step ?? null],
    queryFn: ({ signal }) =>
      getJson<Proof | Building>(`/api/proof/playbooks/${key}`, { horizon_days, version, step }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state: { data } }) => (data && isBuilding(data) ? askAgain_ms : false),
  });

export function fetchAccounts(
  { key, ...params }: ProofQuestion & { arm: Arm | undefined },
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) {
  return getJson<{ items: ProofAccount[]; total: number }>(
    `/api/proof/playbooks/${key}/accounts`,
    { ...params, offset, limit },
    signal,
  );
}

export function accountsHref({ key, ...params }: ProofQuestion & { arm: Arm | undefined }) {
  return `/api/proof/playbooks/${key}/accounts.csv${queryText(params)}`;
}

export const practiceQuery = (kind: string) =>
  queryOptions({
    queryKey: ['proof', 'practice', kind],
    queryFn: ({ signal }) => getJson<Practice>('/api/proof/practice', { kind }, signal),
    placeholderData: keepPreviousData,
  });
