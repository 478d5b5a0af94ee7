// How a value becomes points, for the editor and its picture. The score itself is computed by the server alone.
import type { Band, Curve, CurveVariant, ScorecardItem } from '../types';

export type CurveKind = 'bands' | 'linear' | 'choices';

export function kindOf(curve: Curve): CurveKind {
  if (curve.bands) return 'bands';
  return curve.choices ? 'choices' : 'linear';
}

const unknown: Curve = { linear: [[0, 50]] };

/** All curves of an item; one that depends on nothing is the single variant from the first day. */
export function variantsOf(item: ScorecardItem): CurveVariant[] {
  return item.curves ?? [{ from_age_days: 0, curve: item.curve ?? unknown }];
}

const isForAny = ({ phases }: CurveVariant) => !phases || phases.length === 0;

/** The variants in the order the server wants: those for any phase by age first, then the others as they are. */
export function inOrder(variants: readonly CurveVariant[]): CurveVariant[] {
  const byAge = variants.filter(isForAny).sort((a, b) => a.from_age_days - b.from_age_days);
  return [...byAge, ...variants.filter((variant) => !isForAny(variant))];
}

export function withVariants(item: ScorecardItem, variants: readonly CurveVariant[]): ScorecardItem {
  const rest = { ...item };
  delete rest.curve;
  delete rest.curves;
  const [only] = variants;
  const isPlain = variants.length === 1 && only && only.from_age_days === 0 && isForAny(only);
  return isPlain ? { ...rest, curve: only.curve } : { ...rest, curves: [...variants] };
}

/** Whether some curve holds for every customer from the first day, as the server wants it. */
export function coversAll(variants: readonly CurveVariant[]): boolean {
  return variants.some((variant) => isForAny(variant) && variant.from_age_days === 0);
}

export interface CurvePoint {
  x: number;
  y: number;
}

const margin = 0.08;

/** The corners of the line that is drawn, from somewhat left of the first threshold to somewhat right of the last. */
export function outline(curve: Curve): CurvePoint[] {
  if (curve.linear) return linearOutline(curve.linear);
  if (curve.bands) return bandOutline(curve.bands);
  return [];
}

function linearOutline(points: readonly [number, number][]): CurvePoint[] {
  const corners = points.map(([x, y]) => ({ x, y })).sort((a, b) => a.x - b.x);
  const [first, last] = [corners[0], corners.at(-1)];
  if (!first || !last) return [];
  const room = Math.max(last.x - first.x, 1) * margin;
  return [{ x: first.x - room, y: first.y }, ...corners, { x: last.x + room, y: last.y }];
}

function bandOutline(bands: readonly Band[]): CurvePoint[] {
  const edges = bands.flatMap(({ from, to }) => [from, to]).filter((edge) => edge !== undefined);
  const low = Math.min(...edges);
  const high = Math.max(...edges);
  if (!Number.isFinite(low))
    return bands[0]
      ? [
          { x: 0, y: bands[0].points },
          { x: 1, y: bands[0].points },
        ]
      : [];
  const room = Math.max(high - low, 1) * margin * 2;
  return bands.flatMap((band) => [
    { x: band.from ?? low - room, y: band.points },
    { x: band.to ?? high + room, y: band.points },
  ]);
}

/** The same judgement in the other form, so that changing the form does not throw the thresholds away. */
export function asBands(curve: Curve): Curve {
  if (!curve.linear) return curve.bands ? curve : { bands: [{ points: 50 }] };
  const points = [...curve.linear].sort(([a], [b]) => a - b);
  const bands = points.map(([x, y], index): Band => ({
    ...(index > 0 && { from: x }),
    ...(index < points.length - 1 && { to: points[index + 1]![0] }),
    points: y,
  }));
  return { bands };
}

export function asLinear(curve: Curve): Curve {
  if (!curve.bands)
    return curve.linear
      ? curve
      : {
          linear: [
            [0, 0],
            [100, 100],
          ],
        };
  const points = curve.bands.map((band): [number, number] => [band.from ?? (band.to ?? 1) - 1, band.points]);
  return { linear: points };
}

export interface BandFault {
  between: [number, number];
  kind: 'gap' | 'overlap' | 'edge';
}

/** Where neighbouring bands leave a value out or claim it twice. */
export function bandFaults(bands: readonly Band[]): BandFault[] {
  return bands.slice(1).flatMap((band, index): BandFault[] => {
    const before = bands[index]!;
    const between: [number, number] = [index, index + 1];
    if (before.to === undefined || band.from === undefined) return [{ between, kind: 'overlap' }];
    if (before.to < band.from) return [{ between, kind: 'gap' }];
    if (before.to > band.from) return [{ between, kind: 'overlap' }];
    const claims = Number(before.to_inclusive ?? false) + Number(band.from_inclusive ?? true);
    return claims === 1 ? [] : [{ between, kind: 'edge' }];
  });
}

/** Gives what two neighbours leave out, or both claim, to the lower or to the upper one. */
export function resolved(bands: readonly Band[], lower: number, side: 'below' | 'above'): Band[] {
  const [under, over] = [bands[lower], bands[lower + 1]];
  if (!under || !over) return [...bands];
  const { to, to_inclusive = false } = under;
  const { from, from_inclusive = true } = over;
  if (to === undefined && from === undefined) return withEdge(bands, lower, 0, side === 'below');
  if (to === undefined) return withEdge(bands, lower, from!, !from_inclusive);
  if (from === undefined) return withEdge(bands, lower, to, to_inclusive);
  if (to === from) return withEdge(bands, lower, to, side === 'below');
  // In a gap the one that takes it grows to where the other begins; in an overlap the other shrinks to where it ends.
  const lowerEndsIt = to > from === (side === 'below');
  return lowerEndsIt ? withEdge(bands, lower, to, to_inclusive) : withEdge(bands, lower, from, !from_inclusive);
}

/** The values that neighbouring bands leave out or claim twice; a single one where they quarrel about an edge. */
export function faultRange(bands: readonly Band[], { between }: BandFault): [number, number] {
  const [under, over] = [bands[between[0]], bands[between[1]]];
  const to = under?.to ?? over?.from ?? 0;
  const from = over?.from ?? to;
  return [Math.min(to, from), Math.max(to, from)];
}

/** Sets one side of one band alone, which may leave a gap or an overlap: shown, and to be resolved. */
export function withSide(bands: readonly Band[], at: number, change: Partial<Band>): Band[] {
  return bands.map((band, index) => (index === at ? { ...band, ...change } : band));
}

/** Moves the edge between two bands, and with it both of its sides. `below`: the edge belongs to the lower band. */
export function withEdge(bands: readonly Band[], lower: number, value: number, below: boolean): Band[] {
  return bands.map((band, index) => {
    if (index === lower) return { ...band, to: value, to_inclusive: below };
    return index === lower + 1 ? { ...band, from: value, from_inclusive: !below } : band;
  });
}

export function withBandAdded(bands: readonly Band[]): Band[] {
  const last = bands.at(-1);
  if (!last) return [{ points: 50 }];
  const edge = (last.from ?? 0) + 10;
  return [
    ...bands.slice(0, -1),
    { ...last, to: edge, to_inclusive: false },
    { from: edge, from_inclusive: true, points: last.points },
  ];
}

/** The neighbour below takes what the removed band covered. */
export function withBandRemoved(bands: readonly Band[], removed: number): Band[] {
  if (bands.length < 2) return [...bands];
  const band = bands[removed]!;
  const keeper = removed === 0 ? 1 : removed - 1;
  return bands.flatMap((other, index): Band[] => {
    if (index === removed) return [];
    if (index !== keeper) return [other];
    const { from, from_inclusive, to, to_inclusive, points } = other;
    return removed === 0
      ? [{ ...(to !== undefined && { to, to_inclusive }), points }]
      : [
          {
            ...(from !== undefined && { from, from_inclusive }),
            ...(band.to !== undefined && { to: band.to, to_inclusive: band.to_inclusive }),
            points,
          },
        ];
  });
}

/** What a weight is worth of all weights: 0.25 for a quarter. */
export function shareOf(weight: number, all: readonly number[]): number {
  const sum = all.reduce((total, each) => total + each, 0);
  return sum > 0 ? weight / sum : 0;
}
