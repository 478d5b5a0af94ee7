import type { Day } from '../../../lib/format/date';
import type { MoneyAmount } from '../../../lib/format/money';

export interface TwoLanguages {
  en: string;
  ja: string;
}

export interface Named {
  value: string;
  name: TwoLanguages;
}

/** What every answer of the statistics begins with. */
export interface StatisticsHead {
  book_day: Day;
  currency: string;
  by: string;
  overlapping: boolean;
  dimensions: { key: string; name: TwoLanguages }[];
}

/** A figure with its 95 % interval, or the reason why there is none. */
export interface Estimate {
  value: number | null;
  low: number | null;
  high: number | null;
  cannot_say: { code: string; text: TwoLanguages } | null;
}

export const measures = ['logos', 'mrr', 'usage'] as const;
export type Measure = (typeof measures)[number];
export const cohortGrains = ['week', 'month', 'quarter', 'fiscal_year'] as const;
export type CohortGrain = (typeof cohortGrains)[number];

export interface CohortIndicators {
  onboarding_known: number;
  onboarded_share: number | null;
  onboarding_days: number | null;
  first_use_days: number | null;
  paying: number;
  active: number | null;
  active_share: number | null;
  active_people: number | null;
}

export interface CohortCell {
  age: number;
  period: Day;
  members: number;
  amount: number;
  share: number | null;
  is_partial: boolean;
}

export interface Cohort {
  begin: Day;
  size: number;
  cells: CohortCell[];
  indicators: CohortIndicators;
}

export interface Cohorts extends StatisticsHead {
  measure: Measure;
  grain: CohortGrain;
  values: Named[];
  cohorts: Cohort[];
  earlier_cohorts: number;
  /** Usage: the first day with any on record. */
  recorded_from: Day | null;
  together: { age: number; cohorts: number; size: number; members: number; amount: number; share: number | null }[];
  indicators: CohortIndicators;
}

export interface SurvivalMonth {
  month: number;
  at_risk: number;
  lost: number;
  survival: number;
  low: number | null;
  high: number | null;
}

export interface SurvivalGroup extends Named {
  customers: number;
  lost: number;
  returned: number;
  months: SurvivalMonth[];
  median_months: { value: number | null; low: number | null; high: number | null };
  restricted_mean: { months: number; standard_error: number; until_month: number };
  hazard: {
    from_month: number;
    to_month: number;
    customer_months: number;
    lost: number;
    rate: number;
    low: number;
    high: number;
  }[];
  projection: {
    state: string;
    text: TwoLanguages;
    months: { month: number; survival: number; low: number; high: number }[];
  };
}

export interface Survival extends StatisticsHead {
  horizon_months: number;
  groups: SurvivalGroup[];
  more_groups: number;
  left_out: { not_yet_begun: number; ended_unobserved: number };
  comparison: { p_value: number; is_significant: boolean; text: TwoLanguages } | null;
}

export interface Economics {
  customers: number;
  paying: number;
  mrr: number;
  won: number;
  lost: number;
  arpa: Estimate;
  monthly_churn: Estimate;
  ltv_simple: Estimate;
  ltv_margin: Estimate;
  ltv_survival: Estimate & { lifetime_months: Estimate | null; seen_months: number | null; seen_share: number | null };
}

export interface Acquisition {
  costs: number;
  won: number | null;
  months_with_costs: number;
  without_rate: number;
  cac: Estimate | null;
}

export interface EconomicsSettings {
  gross_margin: number | null;
  yearly_discount_rate: number;
  horizon_months: number;
  channel_attribute: string | null;
}

export interface UnitEconomics extends StatisticsHead {
  window: { from: Day; to: Day; months: number };
  settings: EconomicsSettings;
  total: Economics & {
    acquisition: Acquisition;
    ltv_cac: Estimate;
    payback_months: Estimate;
    survival_payback_months: Estimate;
  };
  groups: (Economics & Named)[];
  more_groups: number;
  channels: (Acquisition & { channel: string })[];
  marks: {
    key: string;
    name: TwoLanguages;
    text: TwoLanguages;
    mark: number;
    value: number | null;
    is_met: boolean | null;
  }[];
}

export interface Cost {
  month: Day;
  channel: string;
  amount: MoneyAmount;
}

export interface Costs {
  currency: string;
  items: Cost[];
}

export interface CostChange {
  month: Day;
  channel: string;
  amount: MoneyAmount | null;
}
