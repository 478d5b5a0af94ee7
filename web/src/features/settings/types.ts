// Definitions as they travel: see src/engine/definitions.hpp for what each part means.
export interface TwoLanguages {
  en: string;
  ja: string;
}

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

export interface ScorecardItem {
  measure: string;
  weight: number;
  missing: MissingPolicy;
  neutral_points?: number;
  curve?: Curve;
  /** Instead of `curve` where thresholds depend on the customer's age. */
  curves?: { from_age_days: number; curve: Curve }[];
}

export interface ScorecardGroup {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  weight: number;
  measures: ScorecardItem[];
}

export interface ScoreLevel {
  key: string;
  name: TwoLanguages;
  meaning?: TwoLanguages;
  from: number;
}

export interface ScorecardBody {
  key: string;
  name: TwoLanguages;
  description?: TwoLanguages;
  groups: ScorecardGroup[];
  levels: ScoreLevel[];
}

export type DefinitionKind = 'measure' | 'scorecard';

export interface DefinitionSummary {
  kind: DefinitionKind;
  key: string;
  name: TwoLanguages;
  /** 0 where it was never published. */
  version: number;
  draft: boolean;
  retired: boolean;
  updated_at: string;
  updated_by: string;
  used_by: { kind: DefinitionKind; key: string }[];
}

export interface Definition<Body> extends DefinitionSummary {
  body: Body | null;
  draft_body: Body | null;
  draft_why: string;
}

export interface DefinitionVersion<Body> {
  version: number;
  body: Body | null;
  restored_version: number | null;
  author: { id: number | null; name: string };
  why: TwoLanguages;
  published_at: string;
}

export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}
