// Definitions as they travel: see src/engine/definitions.hpp for what each part means.
import type { TwoLanguages } from '../../lib/language';

export interface MeasureFilter {
  features?: string[];
  modules?: string[];
  active_only?: boolean;
  kinds?: string[];
  urgent_only?: boolean;
  roles?: string[];
  products?: string[];
}

export interface MeasureBody {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  source: string;
  aggregate: string;
  attribute?: string;
  of?: string[];
  /** Aggregate `expression`: "opens / (seats + 1) * 100". */
  expression?: string;
  filter?: MeasureFilter;
  window_days?: number;
  divide_by?: string;
  compare?: string;
  change?: string;
  unit: string;
  better: string;
  no_facts?: string;
  stale_after_days?: number;
  minimum_age_days?: number;
  /** The value becomes its percentile among these: `book` for all accounts, or the key of an attribute. */
  percentile_among?: string;
}

export interface Band {
  from?: number;
  from_inclusive?: boolean;
  to?: number;
  to_inclusive?: boolean;
  points: number;
}

/** One of the three is there. */
export interface Curve {
  bands?: Band[];
  linear?: [number, number][];
  choices?: Record<string, number>;
  other_points?: number;
}

export type MissingPolicy = 'ignore' | 'neutral' | 'bad';

/** Holds where the account's attribute is one of `in`, or none of `notIn`. One of the two is there. */
export interface AppliesWhen {
  attribute: string;
  in?: string[];
  notIn?: string[];
}

/** Beyond `after_days` the points drift towards others, by half the distance every half-life. */
export interface Decay {
  after_days: number;
  half_life_days: number;
  towards_points: number;
}

/** The first variant that names the account's phase wins; else the one with the largest age that is reached. */
export interface CurveVariant {
  from_age_days: number;
  phases?: string[];
  curve: Curve;
}

export interface ScorecardItem {
  measure: string;
  weight: number;
  missing: MissingPolicy;
  neutral_points?: number;
  applies_when?: AppliesWhen;
  decay?: Decay;
  curve?: Curve;
  /** Instead of `curve` where thresholds depend on the customer's age or phase. */
  curves?: CurveVariant[];
}

export interface ScorecardGroup {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  /** Relative to all that lies beside it, measures and groups. */
  weight: number;
  measures?: ScorecardItem[];
  groups?: ScorecardGroup[];
}

export interface ScoreLevel {
  key: string;
  name: TwoLanguages;
  meaning?: TwoLanguages;
  from: number;
}

/** Where the measure's points are at or below, the level is no better than this one. */
export interface ForcedLevel {
  measure: string;
  at_most_points: number;
  level: string;
}

export interface ScorecardBody {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  groups: ScorecardGroup[];
  levels: ScoreLevel[];
  forced?: ForcedLevel[];
  applies_when?: AppliesWhen;
  phases?: string[];
  /** The smallest first, where several scorecards apply to an account. */
  priority?: number;
  /** A parent's score is rolled up from its own and all its descendants', weighted by ARR. */
  roll_up?: 'none' | 'arr_weighted';
}
