import type { Adoption } from '../requests';

type Feature = Adoption['features'][number];

/** Features by what they belong to, in the order in which the first of each comes; those of nothing at the end. */
export function byArea(features: readonly Feature[]): { area: string; features: Feature[] }[] {
  const areas = new Map<string, Feature[]>();
  for (const feature of features) areas.set(feature.area, [...(areas.get(feature.area) ?? []), feature]);
  return [...areas]
    .map(([area, those]) => ({ area, features: those }))
    .toSorted((a, b) => Number(a.area === '') - Number(b.area === ''));
}
