// What the sliders do to a scorecard: numbers at paths ("groups[0].measures[2].weight"), laid over the body that was
// published or drafted. Kept as differences, so that an address can carry them and each can be taken back by itself.
import type { TwoLanguages } from '../../lib/language';
import type { Curve, ScorecardBody, ScorecardGroup, ScorecardItem, ScorecardLevel } from './types';

export type Tuning = Readonly<Record<string, number>>;

const mostTuned = 400;

export function isTuning(raw: unknown): raw is Tuning {
  if (typeof raw !== 'object' || raw === null || Array.isArray(raw)) return false;
  const entries = Object.entries(raw);
  return (
    entries.length > 0 &&
    entries.length <= mostTuned &&
    entries.every(([path, value]) => path.length <= 200 && typeof value === 'number' && Number.isFinite(value))
  );
}

function stepsOf(path: string): string[] {
  return path.split(/[.[\]]+/).filter((step) => step !== '');
}

/** The number at a path, or undefined where the body has none there. */
export function numberAt(body: object, path: string): number | undefined {
  let place: unknown = body;
  for (const step of stepsOf(path)) {
    if (typeof place !== 'object' || place === null || !Object.hasOwn(place, step)) return undefined;
    place = (place as Record<string, unknown>)[step];
  }
  return typeof place === 'number' ? place : undefined;
}

/** A copy of what lies on the way to the number; the rest is shared with the original. */
function withNumber<Part>(part: Part, [step, ...further]: string[], value: number): Part {
  if (step === undefined) return value as Part;
  const inner = withNumber((part as Record<string, unknown>)[step], further, value);
  return (Array.isArray(part) ? part.with(Number(step), inner) : { ...part, [step]: inner }) as Part;
}

/**
 * The body with the slider's numbers in it; what they leave alone stays the same object. A path that the body does not
 * have (an old address) is left out.
 */
export function tuned(body: ScorecardBody, tuning: Tuning): ScorecardBody {
  return Object.entries(tuning)
    .filter(([path]) => numberAt(body, path) !== undefined)
    .reduce((moved, [path, value]) => withNumber(moved, stepsOf(path), value), body);
}

/** The tuning with some numbers moved; what is back at the body's own number is no difference any more. */
export function withMoved(body: ScorecardBody, tuning: Tuning, moved: Tuning): Tuning {
  const all = { ...tuning, ...moved };
  return Object.fromEntries(Object.entries(all).filter(([path, value]) => isMoved(body, path, value)));
}

function isMoved(body: ScorecardBody, path: string, value: number): boolean {
  const own = numberAt(body, path);
  return own !== undefined && own !== value;
}

/** One weight of the scorecard with those below it. */
export interface Branch {
  /** Of the weight. */
  path: string;
  kind: 'group' | 'measure';
  /** Of the group, or of the measure. */
  key: string;
  name?: TwoLanguages;
  weight: number;
  /** Of the whole score, 0 to 1, where nothing is missing. */
  share: number;
  children: Branch[];
  thresholds: Threshold[];
}

/** The weights as a tree, with what each is worth of the whole score. */
export function branchesOf(body: ScorecardBody): Branch[] {
  return withShares(body.groups.map((group, at) => groupBranch(group, `groups[${at}]`)));
}

function groupBranch(group: ScorecardGroup, path: string): Branch {
  const groups = (group.groups ?? []).map((each, at) => groupBranch(each, `${path}.groups[${at}]`));
  const measures = (group.measures ?? []).map((each, at) => itemBranch(each, `${path}.measures[${at}]`));
  const { key, name, weight } = group;
  const children = [...groups, ...measures];
  return { path: `${path}.weight`, kind: 'group', key, name, weight, share: 0, children, thresholds: [] };
}

function itemBranch(item: ScorecardItem, path: string): Branch {
  const { measure: key, weight } = item;
  const thresholds = thresholdsOf(item, path);
  return { path: `${path}.weight`, kind: 'measure', key, weight, share: 0, children: [], thresholds };
}

function withShares(siblings: Branch[], whole = 1): Branch[] {
  const sum = siblings.reduce((total, { weight }) => total + weight, 0);
  return siblings.map((branch) => {
    const share = sum > 0 ? (whole * branch.weight) / sum : 0;
    return { ...branch, share, children: withShares(branch.children, share) };
  });
}

/** Every weight of the tree, from the top. */
export function flat(branches: readonly Branch[]): Branch[] {
  return branches.flatMap((branch) => [branch, ...flat(branch.children)]);
}

/** A value at which the points of a measure change. */
export interface Threshold {
  /** Two for the edge between two bands, which belongs to both. */
  paths: string[];
  value: number;
  /** Between the neighbours, so that the order holds. */
  low: number;
  high: number;
  /** For whom, where thresholds differ by age or phase. */
  variant?: { from_age_days?: number; phases?: string[] };
  /** Points below and above, or at the corner of a line. */
  points: number[];
}

function thresholdsOf(item: ScorecardItem, path: string): Threshold[] {
  if (item.curve) return ofCurve(item.curve, `${path}.curve`);
  return (item.curves ?? []).flatMap(({ from_age_days, phases, curve }, at) =>
    ofCurve(curve, `${path}.curves[${at}].curve`).map((each) => ({ ...each, variant: { from_age_days, phases } })),
  );
}

type Knot = Pick<Threshold, 'paths' | 'value' | 'points'>;

function ofCurve(curve: Curve, path: string): Threshold[] {
  const knots = curve.linear ? linearKnots(curve.linear, path) : bandKnots(curve.bands ?? [], path);
  const { step } = thresholdScale(knots.map(({ value }) => value));
  return knots.map((knot, at) => ({
    ...knot,
    low: at === 0 ? -Infinity : tidy(knots[at - 1]!.value + step),
    high: at === knots.length - 1 ? Infinity : tidy(knots[at + 1]!.value - step),
  }));
}

function linearKnots(points: readonly [number, number][], path: string): Knot[] {
  return points.map(([value, score], at) => ({ paths: [`${path}.linear[${at}][0]`], value, points: [score] }));
}

function bandKnots(bands: NonNullable<Curve['bands']>, path: string): Knot[] {
  return bands.slice(0, -1).flatMap((band, at): Knot[] => {
    const above = bands[at + 1]!;
    // A gap or an overlap is resolved in the scorecard's editor, not by pulling both sides here.
    if (band.to === undefined || band.to !== above.from) return [];
    const paths = [`${path}.bands[${at}].to`, `${path}.bands[${at + 1}].from`];
    return [{ paths, value: band.to, points: [band.points, above.points] }];
  });
}

/** One scale for all thresholds of a measure: half as far again as they reach, and never below zero without need. */
export function thresholdScale(values: readonly number[]): { min: number; max: number; step: number } {
  if (values.length === 0) return { min: 0, max: 1, step: 0.1 };
  const [lowest, highest] = [Math.min(...values), Math.max(...values)];
  const spread = highest - lowest || Math.max(1, Math.abs(highest));
  const min = lowest - spread / 2;
  const step = 10 ** Math.floor(Math.log10(spread / 20));
  return { min: tidy(lowest >= 0 ? Math.max(0, min) : min), max: tidy(highest + spread / 2), step };
}

/** Without the digits that floating-point sums leave behind. */
function tidy(value: number): number {
  return Number(value.toPrecision(12));
}

/** From and to which score the lowest score of a level may move; the lowest level starts at 0 and stays. */
export function levelRange(levels: readonly ScorecardLevel[], at: number): { min: number; max: number } | null {
  const lower = levels[at + 1];
  if (!lower) return null;
  return { min: lower.from + 1, max: at === 0 ? 100 : levels[at - 1]!.from - 1 };
}

/** What has to be moved to come from one body to another of the same build. */
export function tuningTo(from: ScorecardBody, to: ScorecardBody): Tuning {
  return Object.fromEntries(
    flat(branchesOf(from)).flatMap(({ path, weight }): [string, number][] => {
      const next = numberAt(to, path);
      return next === undefined || next === weight ? [] : [[path, next]];
    }),
  );
}
