// Requests of cohorts, survival, unit economics and acquisition costs.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { requestRaw } from '../../../api/client';
import { getJson, sendJson } from '../../../api/json';
import type { Day } from '../../../lib/format/date';
import type { Basis } from '../revenue';
import type {
  CohortGrain,
  Cohorts,
  CostChange,
  Costs,
  EconomicsSettings,
  Measure,
  Survival,
  UnitEconomics,
} from './types';

const root = 'revenue';

const basisParams = ({ rules, asOf }: Basis) => ({ rules, as_of: asOf });

export interface CohortsQuestion {
  measure: Measure;
  grain: CohortGrain;
  by?: string;
  value?: string;
}

export const cohortsQuery = (basis: Basis, question: CohortsQuestion) =>
  queryOptions({
    queryKey: [root, 'cohorts', basis, question],
    queryFn: ({ signal }) =>
      getJson<Cohorts>(
        '/api/revenue/cohorts',
        { ...basisParams(basis), fiscal_start: basis.fiscalStart, ...question },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export interface SurvivalQuestion {
  by?: string;
  since?: Day;
  /** Absent: two years beyond the oldest customer. */
  horizon_months?: number;
}

export const survivalQuery = (basis: Basis, question: SurvivalQuestion) =>
  queryOptions({
    queryKey: [root, 'survival', basis, question],
    queryFn: ({ signal }) => getJson<Survival>('/api/revenue/survival', { ...basisParams(basis), ...question }, signal),
    placeholderData: keepPreviousData,
  });

export interface EconomicsQuestion {
  by?: string;
  months: number;
}

export const economicsQuery = (basis: Basis, question: EconomicsQuestion) =>
  queryOptions({
    queryKey: [root, 'economics', basis, question],
    queryFn: ({ signal }) =>
      getJson<UnitEconomics>('/api/revenue/unit-economics', { ...basisParams(basis), ...question }, signal),
    placeholderData: keepPreviousData,
  });

export const costsQuery = queryOptions({
  queryKey: [root, 'costs'],
  queryFn: ({ signal }) => getJson<Costs>('/api/revenue/costs', {}, signal),
});

export function useCostDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: [root] });
  return {
    setCosts: useMutation({
      mutationFn: (items: CostChange[]) => sendJson<Costs>('PUT', '/api/revenue/costs', { items }),
      onSuccess: refresh,
    }),
    importCosts: useMutation({
      mutationFn: async (file: File) => {
        const response = await requestRaw('/api/revenue/costs/import', {
          method: 'POST',
          body: file,
          headers: { 'Content-Type': 'text/csv' },
        });
        return (await response.json()) as { rows: number; changed: number };
      },
      onSuccess: refresh,
    }),
    setSettings: useMutation({
      mutationFn: (settings: EconomicsSettings) =>
        sendJson<EconomicsSettings>('PUT', '/api/revenue/unit-economics/settings', settings),
      onSuccess: refresh,
    }),
  };
}
