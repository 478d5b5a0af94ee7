// What the plan's pages ask and send beyond what every room needs (api/plans.ts).
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import {
  plansKey,
  type GoalStatus,
  type PlanLine,
  type PlanOffers,
  type PlanSums,
  type PlanVersion,
} from '../../api/plans';

export interface PlansQuestion {
  scope: 'me' | 'all';
  state: string;
  status?: GoalStatus;
  no_next_step?: boolean;
  late?: boolean;
  unconfirmed?: boolean;
  q?: string;
}

interface PlanPage {
  items: PlanLine[];
  total: number;
  sums: PlanSums;
}

export const listKey = (question: PlansQuestion) => [...plansKey, 'list', question] as const;

export const fetchPlans = (
  question: PlansQuestion,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) => getJson<PlanPage>('/api/plans', { ...question, offset, limit }, signal);

/** The sums of what is asked for, without its rows. */
export const sumsQuery = (question: PlansQuestion) =>
  queryOptions({
    queryKey: [...plansKey, 'sums', question],
    queryFn: async ({ signal }) => (await fetchPlans(question, { offset: 0, limit: 1, signal })).sums,
    placeholderData: keepPreviousData,
  });

export const versionsPage = 30;

export const planVersionsQuery = (id: number, shown: number) =>
  queryOptions({
    queryKey: [...plansKey, 'versions', id, shown],
    queryFn: ({ signal }) =>
      getJson<{ items: PlanVersion[]; total: number }>(
        `/api/plans/${id}/versions`,
        { offset: 0, limit: shown },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const offersQuery = (id: number, version: number) =>
  queryOptions({
    queryKey: [...plansKey, 'offers', id, version],
    queryFn: ({ signal }) => getJson<PlanOffers>(`/api/plans/${id}/offers`, {}, signal),
  });
