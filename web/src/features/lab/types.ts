// What the Health Lab and the server tell each other; api/lab.yaml describes every part.
import type { Day } from '../../lib/format/date';

export interface TwoLanguages {
  en: string;
  ja: string;
}

/** A figure with its 95 % interval. */
export interface Interval {
  value: number;
  low: number;
  high: number;
}

export interface Named {
  key: string;
  name: TwoLanguages;
}

/** The history that is judged: every account at every week, with what happened to it afterwards. */
export interface History {
  from: Day;
  to: Day;
  accounts: number;
  weeks: number;
  rows: number;
  built_at: string;
  /** What it was made of has changed since. */
  stale: boolean;
  outcomes: (Named & { accounts: number })[];
  segment_fields: Named[];
}

interface PanelState {
  state: 'none' | 'building' | 'ready' | 'failed';
  /** 0 to 1 while it is being built. */
  progress: number | null;
  /** Why the last attempt failed; an older history may still be there. */
  error: TwoLanguages | null;
  currency: string;
  scorecards: (Named & { has_draft: boolean })[];
}

/** While a newer history is being built, the older one goes on answering. */
export type Panel = PanelState & Partial<History>;
export type ReadyPanel = PanelState & History;

export function hasHistory(panel: Panel): panel is ReadyPanel {
  return panel.built_at !== undefined;
}

export const leadDays = [30, 60, 90, 180] as const;
export type LeadDays = (typeof leadDays)[number];

export interface Question {
  scorecard: string;
  use: 'published' | 'draft' | 'body';
  body?: ScorecardBody;
  outcome: string;
  lead_days: LeadDays;
  at_level?: string;
  segment_by?: string;
}

export interface Warning {
  code: 'few_outcomes' | 'no_outcomes' | 'short_history' | 'one_segment_only' | 'no_roll_up';
  message: TwoLanguages;
}

export interface AtThreshold {
  flagged: number;
  caught: number;
  missed: number;
  precision: Interval | null;
  recall: Interval | null;
  lift: number | null;
  accounts_flagged: number;
  accounts_caught: number;
  accounts_missed: number;
  arr_caught_minor: number;
  arr_missed_minor: number;
  arr_flagged_minor: number;
}

export interface LevelOutcome {
  level: string;
  name: TwoLanguages;
  rows: number;
  outcomes: number;
  rate: Interval | null;
  arr_minor: number;
}

export interface CalibrationBin {
  from: number;
  to: number;
  mean_score: number | null;
  rows: number;
  outcomes: number;
  rate: Interval | null;
}

export interface BeforeOutcome {
  weeks: {
    weeks_before: number;
    accounts: number;
    p25: number | null;
    median: number | null;
    p75: number | null;
    others_median: number | null;
  }[];
  first_flagged_days: {
    p25: number | null;
    median: number | null;
    p75: number | null;
    never_share: number | null;
    histogram: { from_days: number; to_days: number; accounts: number }[];
  };
}

export type Verdict = 'leading' | 'weak' | 'noise' | 'redundant' | 'constant';

export interface MeasureJudgement extends Named {
  group: string;
  weight_share: number;
  auc: Interval | null;
  coverage: number | null;
  monthly_stability: number | null;
  redundant_with: { key: string; correlation: number }[];
  verdict: Verdict;
}

export interface SegmentJudgement {
  value: string | null;
  name: TwoLanguages;
  accounts: number;
  outcomes: number;
  auc: Interval | null;
}

export interface Judgement {
  scorecard: string;
  outcome: string;
  lead_days: number;
  at_level: string;
  from: Day;
  to: Day;
  rows: number;
  accounts: number;
  /** Accounts with the outcome. */
  outcomes: number;
  base_rate: number | null;
  warnings: Warning[];
  auc: Interval | null;
  baseline: { name: TwoLanguages; auc: Interval | null };
  at_threshold: AtThreshold;
  levels: LevelOutcome[];
  roc: { false_rate: number; true_rate: number }[];
  precision_recall: {
    score: number;
    precision: number;
    recall: number;
    flagged_share: number;
    lift: number | null;
  }[];
  calibration: CalibrationBin[];
  before_outcome: BeforeOutcome;
  measures: MeasureJudgement[];
  segments: SegmentJudgement[];
  computed_ms: number;
}

export interface Mover {
  id: number;
  name: string;
  arr_minor: number;
  level_before: string | null;
  level_after: string | null;
  score_before: number | null;
  score_after: number | null;
}

export interface Comparison {
  published: Judgement;
  candidate: Judgement;
  moved: Mover[];
  moved_total: number;
}

export interface Suggestion {
  weights: {
    path: string;
    measure: string;
    name: TwoLanguages;
    /** Of the whole score, in percent. */
    weight_now: number;
    weight_suggested: number;
  }[];
  body: ScorecardBody;
  folds: {
    train_to: Day;
    test_from: Day;
    test_to: Day;
    outcomes: number;
    auc_now: number | null;
    auc_suggested: number | null;
    auc_baseline: number | null;
  }[];
  auc_now: Interval | null;
  auc_suggested: Interval | null;
  auc_baseline: Interval | null;
  warnings: Warning[];
}

/** Of a scorecard only what the Lab turns; everything else travels through it unchanged. */
export interface Curve {
  linear?: [number, number][];
  bands?: { from?: number; to?: number; points: number }[];
}

export interface CurveVariant {
  from_age_days?: number;
  phases?: string[];
  curve: Curve;
}

export interface ScorecardItem {
  measure: string;
  weight: number;
  curve?: Curve;
  curves?: CurveVariant[];
}

export interface ScorecardGroup extends Named {
  weight: number;
  groups?: ScorecardGroup[];
  measures?: ScorecardItem[];
}

export interface ScorecardLevel extends Named {
  from: number;
}

export interface ScorecardBody extends Named {
  groups: ScorecardGroup[];
  levels: ScorecardLevel[];
}

export interface ScorecardDefinition extends Named {
  /** 0 where it was never published. */
  version: number;
  draft: boolean;
  updated_at: string;
  body: ScorecardBody | null;
  draft_body: ScorecardBody | null;
}
