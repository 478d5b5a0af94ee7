import type { Language } from '../../../lib/language';
import type { SurvivalGroup, SurvivalMonth } from '../statistics/types';

export interface Curve {
  name: string;
  /** By month of age, as far as enough customers were seen. */
  seen: SurvivalMonth[];
  /** By month of age; null where it was seen. Continues what was seen rather than the model's own level. */
  projected: (number | null)[];
}

// Where fewer were seen at an age, one who leaves moves the curve by more than a tenth.
const leastAtRisk = 10;

/** How far a curve is drawn as seen: up to the last month that enough customers lived through. */
export function seenMonths(months: readonly SurvivalMonth[]): SurvivalMonth[] {
  const end = months.findIndex(({ at_risk }) => at_risk < leastAtRisk);
  return months.slice(0, Math.max(end === -1 ? months.length : end + 1, 1));
}

export function curvesOf(groups: readonly SurvivalGroup[], horizon: number, language: Language): Curve[] {
  return groups.map((group) => {
    const seen = seenMonths(group.months);
    const model = group.projection.months;
    const joint = seen.length - 1;
    const level = seen[joint]?.survival ?? 1;
    const atJoint = model[joint]?.survival;
    const projected = Array.from({ length: horizon + 1 }, (_, month) => {
      const share = model[month]?.survival;
      if (month < joint || share === undefined || !atJoint) return null;
      return (level * share) / atJoint;
    });
    return { name: group.name[language], seen, projected };
  });
}
