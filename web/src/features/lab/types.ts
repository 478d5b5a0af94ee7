// What the Health Lab and the server tell each other, as api/lab.yaml describes it.
import type { components } from '../../api/schema';
import type { TwoLanguages } from '../../lib/language';

type Schemas = components['schemas'];

/** A figure with its 95 % interval. */
export type Interval = NonNullable<Schemas['Interval']>;

export interface Named {
  key: string;
  name: TwoLanguages;
}

type HistoryPart =
  | 'from'
  | 'to'
  | 'accounts'
  | 'weeks'
  | 'rows'
  | 'built_at'
  | 'stale'
  | 'changed_measures'
  | 'outcomes'
  | 'segment_fields';

/** While a newer history is being built, the older one goes on answering. */
export type Panel = Schemas['Panel'];
/** With a history that is judged: every account at every week, with what happened to it afterwards. */
export type ReadyPanel = Panel & Required<Pick<Panel, HistoryPart>>;
export type Outcome = ReadyPanel['outcomes'][number];

export function hasHistory(panel: Panel): panel is ReadyPanel {
  return panel.built_at !== undefined;
}

export const senses = ['bad', 'good'] as const;
/** Low scores announce what is bad, high ones what is good. */
export type Sense = (typeof senses)[number];

export const leadDays = [30, 60, 90, 180] as const satisfies readonly Schemas['LabRequest']['lead_days'][];
export type LeadDays = (typeof leadDays)[number];

export type Question = Omit<Schemas['LabRequest'], 'body' | 'sense'> & { body?: ScorecardBody; sense?: Sense };

export type Warning = Schemas['Warning'];
export type Judgement = Schemas['Judgement'];
export type CalibrationBin = Judgement['calibration'][number];
export type MeasureJudgement = Judgement['measures'][number];
export type SegmentJudgement = Judgement['segments'][number];
export type LevelOutcome = Judgement['levels'][number];
export type Verdict = MeasureJudgement['verdict'];
export type Mover = Schemas['Moved'];

export interface Comparison {
  published: Judgement;
  candidate: Judgement;
  moved: Mover[];
  moved_total: number;
}

export type Suggestion = Omit<Schemas['Suggestion'], 'body'> & { body: ScorecardBody };

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
