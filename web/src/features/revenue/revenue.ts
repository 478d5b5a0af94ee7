// Requests of /api/revenue/*. What changes a contract, a rate or a goal makes all of them anew.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { Rates } from '../../api/contracts';
import { getJson, queryText, sendJson, type QueryValue } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type {
  ClosedMonths,
  Executive,
  Faults,
  FigureDefinition,
  Figures,
  Goal,
  Goals,
  Grain,
  MovementKind,
  Movements,
  Restatement,
  RulesComparison,
  RulesList,
} from './types';

const root = 'revenue';

/** What nearly every question carries. */
export interface Basis {
  rules: string | undefined;
  asOf: Day | undefined;
  fiscalStart: number;
}

function basisParams({ rules, asOf, fiscalStart }: Basis): Record<string, QueryValue> {
  return { rules, as_of: asOf, fiscal_start: fiscalStart };
}

/** The contracts are being read after a start: ask again soon. */
const notReady_ms = 1_500;

export const executiveQuery = (basis: Basis, month: Day | undefined) =>
  queryOptions({
    queryKey: [root, 'executive', basis, month ?? null],
    queryFn: ({ signal }) => getJson<Executive>('/api/revenue/executive', { ...basisParams(basis), month }, signal),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) => (state.data?.is_ready === false ? notReady_ms : false),
  });

export interface FiguresQuestion {
  from: Day;
  to: Day;
  grain: Grain;
  by?: string;
  value?: string;
}

function figuresParams(basis: Basis, question: FiguresQuestion) {
  return { ...basisParams(basis), ...question };
}

export const figuresQuery = (basis: Basis, question: FiguresQuestion) =>
  queryOptions({
    queryKey: [root, 'figures', basis, question],
    queryFn: ({ signal }) => getJson<Figures>('/api/revenue/figures', figuresParams(basis, question), signal),
    placeholderData: keepPreviousData,
  });

export const figuresCsv = (basis: Basis, question: FiguresQuestion) =>
  `/api/revenue/figures.csv${queryText(figuresParams(basis, question))}`;

export interface MovementsQuestion {
  month: Day;
  grain: Grain;
  kind?: MovementKind;
  by?: string;
  value?: string;
  account?: number;
}

export const movementsPage = 50;

export const movementsQuery = (basis: Basis, question: MovementsQuestion, limit = movementsPage) =>
  queryOptions({
    queryKey: [root, 'movements', basis, question, limit],
    queryFn: ({ signal }) =>
      getJson<Movements>('/api/revenue/movements', { ...basisParams(basis), ...question, limit }, signal),
    placeholderData: keepPreviousData,
  });

export const movementsCsv = (basis: Basis, question: MovementsQuestion) =>
  `/api/revenue/movements.csv${queryText({ ...basisParams(basis), ...question })}`;

export const definitionsOfFiguresQuery = queryOptions({
  queryKey: [root, 'definitions'],
  queryFn: ({ signal }) => getJson<{ items: FigureDefinition[] }>('/api/revenue/definitions', {}, signal),
  select: ({ items }) => new Map(items.map((item) => [item.key, item])),
  staleTime: Infinity,
});

export const rulesQuery = queryOptions({
  queryKey: [root, 'rules'],
  queryFn: ({ signal }) => getJson<RulesList>('/api/revenue/rules', {}, signal),
});

export interface ComparisonQuestion {
  left: string;
  right: string;
  from: Day;
  to: Day;
  grain: Grain;
}

export const comparisonPage = 50;

export const comparisonQuery = (basis: Omit<Basis, 'rules'>, question: ComparisonQuestion, limit = comparisonPage) =>
  queryOptions({
    queryKey: [root, 'compare', basis, question, limit],
    queryFn: ({ signal }) =>
      getJson<RulesComparison>(
        '/api/revenue/rules/compare',
        { as_of: basis.asOf, fiscal_start: basis.fiscalStart, ...question, limit },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const faultsPage = 100;

export interface FaultsQuestion {
  code?: string;
  state?: 'open' | 'accepted';
}

export const faultsQuery = (question: FaultsQuestion, limit = faultsPage) =>
  queryOptions({
    queryKey: [root, 'faults', question, limit],
    queryFn: ({ signal }) => getJson<Faults>('/api/revenue/faults', { ...question, limit }, signal),
    placeholderData: keepPreviousData,
  });

export const monthsQuery = (rules: string | undefined) =>
  queryOptions({
    queryKey: [root, 'months', rules ?? null],
    queryFn: ({ signal }) => getJson<ClosedMonths>('/api/revenue/months', { rules }, signal),
  });

export const restatementQuery = (month: Day, rules: string | undefined) =>
  queryOptions({
    queryKey: [root, 'restatement', month, rules ?? null],
    queryFn: ({ signal }) => getJson<Restatement>('/api/revenue/restatements', { month, rules }, signal),
  });

export const goalsQuery = (rules: string | undefined) =>
  queryOptions({
    queryKey: [root, 'goals', rules ?? null],
    queryFn: ({ signal }) => getJson<Goals>('/api/revenue/goals', { rules }, signal),
  });

/** Deeds after which every figure may be another. */
export function useRevenueDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: [root] });
  const faultPath = (id: string) => `/api/revenue/faults/${encodeURIComponent(id)}/acceptance`;
  return {
    accept: useMutation({
      mutationFn: ({ id, reason }: { id: string; reason: string }) => sendJson('PUT', faultPath(id), { reason }),
      onSuccess: refresh,
    }),
    reopenFault: useMutation({ mutationFn: (id: string) => sendJson('DELETE', faultPath(id)), onSuccess: refresh }),
    closeMonth: useMutation({
      mutationFn: (month: Day) => sendJson('POST', '/api/revenue/months', { month }),
      onSuccess: refresh,
    }),
    reopenMonth: useMutation({
      mutationFn: (month: Day) => sendJson('DELETE', `/api/revenue/months/${month}`),
      onSuccess: refresh,
    }),
    setGoals: useMutation({
      mutationFn: (items: Goal[]) => sendJson<Goals>('PUT', '/api/revenue/goals', { items }),
      onSuccess: refresh,
    }),
    setRates: useMutation({
      mutationFn: (items: Rates['items']) => sendJson<Rates>('PUT', '/api/rates', { items }),
      onSuccess: refresh,
    }),
  };
}
