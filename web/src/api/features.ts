// The catalogue of features (/api/features): kept by its own page, chosen from where measures are defined.
import { queryOptions } from '@tanstack/react-query';
import { getJson } from './json';

export interface EventType {
  kind: string;
  name: string;
}

export interface Feature {
  id: number;
  key: string;
  name: { en: string; ja: string };
  module: string;
  /** Using it means that a person is active. */
  is_active: boolean;
  /** Left out of every figure. */
  ignored: boolean;
  /** Empty once all its event names were grouped into other features. */
  types: EventType[];
  events: number;
  first_at: string | null;
  last_at: string | null;
}

export const featuresQuery = queryOptions({
  queryKey: ['features'],
  queryFn: ({ signal }) => getJson<{ items: Feature[] }>('/api/features', {}, signal),
  select: ({ items }) => items,
});
