// Scores and what they are made of, as api/health.yaml describes them.
import type { Publication } from '../../api/releases';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export type MeasureUnit =
  | 'count'
  | 'people'
  | 'events'
  | 'days'
  | 'features'
  /** Given times 100: 66 is 66%. */
  | 'percent'
  | 'ratio'
  | 'score'
  /** The rank among peers, 0 to 100. */
  | 'percentile'
  /** Minor units of the reporting currency. */
  | 'money';

/** Where a value stands among the accounts it is ranked with. */
export interface PeerStanding {
  /** `book`, or the key of an attribute. */
  among: string;
  /** The attribute's value; null for the whole book. */
  group: string | null;
  accounts: number;
  better_than: number;
  /** What was ranked. */
  value_text: TwoLanguages;
  text: TwoLanguages;
}

export interface HealthMeasure {
  key: string;
  name: TwoLanguages;
  value: number | string | boolean | null;
  /** The value with its unit, in words. */
  value_text: TwoLanguages;
  /** Of measures that are ranked among peers. */
  peers?: PeerStanding | null;
  unit: MeasureUnit;
  state: 'ok' | 'missing' | 'not_applicable';
  /** What the scorecard made of it. */
  use?: 'left_out' | 'number' | 'decayed' | 'policy' | 'not_applicable';
  missing_reason: TwoLanguages | null;
  policy: 'ignore' | 'neutral' | 'bad';
  points: number | null;
  weight: number;
  /** Share of the whole score, 0 to 1, after the weight of what is missing was handed on. */
  effective_weight: number;
  /** In points; all of them add up to the score. */
  contribution: number;
  newest_fact_day: Day | null;
}

export interface HealthGroup {
  key: string;
  name: TwoLanguages;
  score: number | null;
  weight: number;
  contribution: number;
  measures: HealthMeasure[];
  groups?: HealthGroup[];
}

/** All groups with those within them, in order of reading. */
export function allGroups(groups: readonly HealthGroup[]): HealthGroup[] {
  return groups.flatMap((group) => [group, ...allGroups(group.groups ?? [])]);
}

/** One change that would bring points. */
export interface Improvement {
  /** Null where it is the score of a child account. */
  measure: string | null;
  account?: { id: number; name: string } | null;
  gain: number;
  sentence: TwoLanguages;
}

/** What would lift the account to the next better level: any one of `any_of`, or all of `all_of`. */
export interface LevelPath {
  level: string;
  missing_points: number;
  reachable: boolean;
  any_of: Improvement[];
  all_of: Improvement[];
  summary: TwoLanguages;
}

/** One measure's part of a change, in points; the parts add up to it. */
export interface ChangePart {
  key: string;
  /** Of a child account instead of a measure. */
  account?: { id: number; name: string } | null;
  name: TwoLanguages;
  delta: number;
  sentence: TwoLanguages;
}

export interface HealthLevel {
  key: string;
  name: TwoLanguages;
  meaning?: TwoLanguages;
  /** The lowest score of the level. */
  from: number;
}

/** A level that a person set by hand, next to what the machine thinks. */
export interface LevelOverride {
  level: string;
  reason: string;
  /** The last day on which it holds; null until somebody lifts it. */
  expires_on: Day | null;
  author: string;
  since: Day;
  machine_level: string | null;
  machine_score: number | null;
}

/** How a parent's score came about: its own share and its children's add up to it. */
export interface RollUp {
  own_score: number | null;
  own_level: string | null;
  own_share: number;
  from_children: number;
  children: {
    account: { id: number; name: string };
    score: number;
    arr: MoneyAmount;
    /** Of the family's ARR, 0 to 1. */
    share: number;
    contribution: number;
    sentence: TwoLanguages;
  }[];
  note: TwoLanguages;
}

/** What pages showed of the account from an instant on. */
export interface ShownScore {
  day: Day;
  shown_at: string;
  score: number | null;
  level: string | null;
  /** Of the definitions that gave it when it was first shown. */
  release: number;
}

export interface Health {
  as_of: Day;
  /** The version that scored it. */
  release?: Publication | null;
  /** Of a day of the past: what people saw on it. */
  shown?: ShownScore | null;
  score: number | null;
  level: string | null;
  scorecard: { key: string; name: TwoLanguages; version: string | number; levels: HealthLevel[] } | null;
  groups: HealthGroup[];
  sentences: TwoLanguages[];
  override?: LevelOverride | null;
  /** The measure that lowers the level below what the score gives. */
  forced?: { measure: string; name: TwoLanguages; at_most_points: number; level: string } | null;
  path?: LevelPath | null;
  /** Null where the score is the account's own. */
  roll_up?: RollUp | null;
  change_28d: {
    from_day: Day;
    from_score: number | null;
    to_score: number | null;
    parts: ChangePart[];
  } | null;
}

export interface HealthHistory {
  days: Day[];
  score: (number | null)[];
  level: (string | null)[];
  groups: Record<string, (number | null)[]>;
  /** All of it was scored under this one. */
  release?: number;
  /** "kept": as the last evaluation of that version left it, without what was learned since. */
  source?: 'computed' | 'kept';
  evaluated_at?: string | null;
  publications?: Publication[];
}

export interface NotableDay {
  day: Day;
  /** The day it is compared with: the one before, or where a slow drift began. */
  from_day: Day;
  from_score: number;
  to_score: number;
  parts: ChangePart[];
}

/** A measure as it is configured: the canonical JSON of src/engine/definitions.hpp. */
export interface MeasureDefinition {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  source: string;
  aggregate: string;
  attribute?: string;
  of?: string[];
  filter?: {
    features?: string[];
    modules?: string[];
    active_only?: boolean;
    kinds?: string[];
    urgent_only?: boolean;
    roles?: string[];
    products?: string[];
  };
  window_days?: number;
  divide_by?: string;
  compare?: string;
  change?: string;
  unit: MeasureUnit;
  better: 'higher' | 'lower' | 'neither';
  no_facts?: string;
  stale_after_days?: number;
  minimum_age_days?: number;
  percentile_among?: string;
}

export type RowKind =
  | 'usage_days'
  | 'tickets'
  | 'interactions'
  | 'surveys'
  | 'subscriptions'
  | 'attendance'
  | 'contacts'
  | 'attributes'
  | 'measures';

export interface MeasureWalk {
  measure: MeasureDefinition;
  value: number | string | boolean | null;
  value_text: TwoLanguages;
  peers?: PeerStanding | null;
  state: HealthMeasure['state'];
  missing_reason: TwoLanguages | null;
  newest_fact_day: Day | null;
  window: { from: Day | null; to: Day } | null;
  history: { days: Day[]; values: (number | null)[] };
  rows: { kind: RowKind; items: Record<string, unknown>[]; total: number };
}
