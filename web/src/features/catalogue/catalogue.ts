// Changes to the catalogue: shown at once, sent, and taken back again by a toast.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { featuresQuery, type EventType, type Feature } from '../../api/features';
import { getJson, sendJson } from '../../api/json';
import { showProblem, showToast } from '../../components/toast';
import type { Day } from '../../lib/format/date';
import type { Mark } from './search';

export type FeatureChange = Partial<Pick<Feature, 'name' | 'module' | 'is_active' | 'ignored'>> & {
  /** Moved here from the features that had them. */
  types?: EventType[];
  /** Taken out: each becomes a feature by itself again. */
  separated_types?: EventType[];
};

export interface Change {
  id: number;
  change: FeatureChange;
}

export interface FeatureProperty {
  name: string;
  type: string;
  events: number;
  examples: unknown[];
  first_at: string;
  last_at: string;
}

export interface FeatureProperties {
  items: FeatureProperty[];
  /** Of how many events; estimated where there are so many that only samples are looked into. */
  observed_events?: number;
  is_estimated?: boolean;
  /** Values under names beyond those that are kept. */
  more?: number;
}

export interface FeatureUsage {
  days: Day[];
  events: number[];
  users: number[];
  /** The 20 that use it most. */
  accounts: { id: number; name: string; events: number; users: number }[];
}

/** So many accounts are listed at most. */
export const mostAccounts = 20;

export const propertiesQuery = (id: number) =>
  queryOptions({
    queryKey: ['features', id, 'properties'],
    queryFn: ({ signal }) => getJson<FeatureProperties>(`/api/features/${id}/properties`, {}, signal),
  });

export const usageQuery = (id: number, from: Day, to: Day) =>
  queryOptions({
    queryKey: ['features', id, 'usage', from, to],
    queryFn: ({ signal }) => getJson<FeatureUsage>(`/api/features/${id}/usage`, { from, to }, signal),
  });

export function markOf({ ignored, is_active }: Pick<Feature, 'ignored' | 'is_active'>): Mark {
  if (ignored) return 'ignored';
  return is_active ? 'active' : 'passive';
}

/** What the feature was, as the change that brings it back. Names of events are moved by those who moved them. */
export function inverseOf(feature: Feature, { change }: Change): Change {
  const before: FeatureChange = {};
  if (change.name) before.name = feature.name;
  if (change.module !== undefined) before.module = feature.module;
  if (change.is_active !== undefined) before.is_active = feature.is_active;
  if (change.ignored !== undefined) before.ignored = feature.ignored;
  return { id: feature.id, change: before };
}

/** All event names of several features under the first of them, and how that is taken back. */
export function grouping(target: Feature, others: readonly Feature[], name: Feature['name']) {
  const moved = others.flatMap(({ types }) => types);
  const forth: Change[] = [{ id: target.id, change: { name, types: moved } }];
  const back: Change[] = [
    ...others.map(({ id, types }) => ({ id, change: { types } })),
    { id: target.id, change: { name: target.name } },
  ];
  return { forth, back };
}

/** The catalogue as it will be, before the server has said so. */
export function changed(features: readonly Feature[], changes: readonly Change[]): Feature[] {
  return changes.reduce<Feature[]>(
    (all, { id, change }) => {
      const { types, separated_types, ...rest } = change;
      return all.map((feature) => {
        if (feature.id === id) {
          const added = (types ?? []).filter((type) => !hasType(feature, type));
          const kept = feature.types.filter((type) => !separated_types?.some((each) => isSame(each, type)));
          return { ...feature, ...rest, types: [...kept, ...added] };
        }
        return types
          ? { ...feature, types: feature.types.filter((type) => !types.some((each) => isSame(each, type))) }
          : feature;
      });
    },
    [...features],
  );
}

function isSame(a: EventType, b: EventType): boolean {
  return a.kind === b.kind && a.name === b.name;
}

function hasType({ types }: Feature, type: EventType): boolean {
  return types.some((each) => isSame(each, type));
}

/** Applies changes with a quiet word and the way back. */
export function useCatalogueDeeds() {
  const client = useQueryClient();
  const send = useMutation({
    mutationFn: async (changes: readonly Change[]) => {
      // One after the other: moving event names touches several features at once.
      for (const { id, change } of changes) await sendJson<Feature>('PATCH', `/api/features/${id}`, change);
    },
    onMutate: async (changes) => {
      await client.cancelQueries({ queryKey: featuresQuery.queryKey, exact: true });
      const before = client.getQueryData(featuresQuery.queryKey);
      if (before) client.setQueryData(featuresQuery.queryKey, { ...before, items: changed(before.items, changes) });
      return { before };
    },
    onError: (error, _changes, context) => {
      if (context?.before) client.setQueryData(featuresQuery.queryKey, context.before);
      showProblem(error);
    },
    onSettled: () => client.invalidateQueries({ queryKey: featuresQuery.queryKey }),
  });
  return {
    isPending: send.isPending,
    apply: (forth: readonly Change[], back: readonly Change[], words: string) => {
      send.mutate(forth);
      showToast(words, () => send.mutate(back));
    },
  };
}
