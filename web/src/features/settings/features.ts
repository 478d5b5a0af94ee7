import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { TwoLanguages } from './types';

export interface Feature {
  id: number;
  key: string;
  name: TwoLanguages;
  module: string;
  /** Using it means that a person is active. */
  is_active: boolean;
  /** Left out of every figure. */
  ignored: boolean;
  types: { kind: string; name: string }[];
  events: number;
  first_at: string | null;
  last_at: string | null;
}

export type FeatureChange = Partial<Pick<Feature, 'name' | 'module' | 'is_active' | 'ignored'>>;

export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: ({ signal }) => getJson<{ items: Feature[] }>('/api/features', {}, signal),
  select: ({ items }) => items,
});

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: ({ signal }) => getJson<{ items: { id: number; name: string }[] }>('/api/products', {}, signal),
  select: ({ items }) => items,
});

export function useChangeFeature() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: FeatureChange }) =>
      sendJson<Feature>('PATCH', `/api/features/${id}`, change),
    onSuccess: () => client.invalidateQueries({ queryKey: featuresQuery.queryKey }),
  });
}
