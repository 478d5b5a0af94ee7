// What a measure starts with when it comes into a scorecard: something sensible, to be adjusted.
import type { Curve, MeasureBody, ScorecardGroup, ScorecardItem } from '../types';

const rising: Curve = {
  linear: [
    [0, 0],
    [100, 100],
  ],
};
const falling: Curve = {
  linear: [
    [0, 100],
    [100, 0],
  ],
};
/** For days since, ages and counts that should be low. */
const fallingDays: Curve = {
  linear: [
    [0, 100],
    [30, 50],
    [90, 0],
  ],
};
const change: Curve = {
  linear: [
    [-50, 0],
    [0, 70],
    [50, 100],
  ],
};

export function startingCurve(measure: MeasureBody | undefined): Curve {
  if (measure?.compare && measure.compare !== 'nothing') return change;
  if (measure?.better === 'lower') return measure.unit === 'percent' ? falling : fallingDays;
  return rising;
}

/** As heavy as its neighbours are on average, so that adding it surprises nobody. */
export function startingWeight(parent: { measures: readonly ScorecardItem[]; groups: readonly ScorecardGroup[] }) {
  const weights = [...parent.measures, ...parent.groups].map(({ weight }) => weight);
  if (weights.length === 0) return 10;
  return Math.round(weights.reduce((sum, weight) => sum + weight, 0) / weights.length);
}
