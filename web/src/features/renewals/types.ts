// Answers of /api/renewals; amounts are ARR in the reporting currency.
import type { Condition } from '../../components/filter/condition';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export const categories = ['open', 'commit', 'best_case', 'at_risk', 'lost'] as const;
export type Category = (typeof categories)[number];
export const outcomes = ['open', 'renewed', 'renewed_up', 'renewed_down', 'churned'] as const;
export type Outcome = (typeof outcomes)[number];

export interface MachineView {
  probability: number | null;
  low: number | null;
  high: number | null;
  cases: number;
  all_cases: number;
  expected: MoneyAmount | null;
  words: TwoLanguages | null;
}

export interface RenewalInput {
  category: Category;
  forecast: MoneyAmount | null;
  target: MoneyAmount | null;
  final: MoneyAmount | null;
  owner_id: number | null;
  next_step: string;
  next_step_day: Day | null;
  notes: string;
  rise_percent: number | null;
  rise: MoneyAmount | null;
  rise_announced_day: Day | null;
  outcome: Outcome | null;
  reasons: string[];
  reason_note: string;
}

export interface Renewal {
  id: string;
  account: { id: number; name: string };
  due_day: Day;
  notice_day: Day;
  act_by: Day;
  business_days_left: number | null;
  products: string[];
  seats: number;
  without_rate: number;
  auto_renewal: boolean;
  cancelled_on: Day | null;
  level: string | null;
  score: number | null;
  owner: { id: number | null; name: string } | null;
  due: MoneyAmount;
  target: MoneyAmount;
  forecast: MoneyAmount;
  forecast_basis: 'outcome' | 'person' | 'category' | 'machine' | 'due';
  expansion: MoneyAmount;
  final: MoneyAmount | null;
  category: Category;
  outcome: Outcome;
  machine_outcome: Outcome;
  confirmed: boolean;
  late: boolean;
  at_risk: boolean;
  machine: MachineView | null;
  input: RenewalInput;
}

export interface Term {
  subscription_id: number;
  product: string;
  plan: string;
  seats: number;
  start: Day;
  end: Day | null;
  amount: MoneyAmount;
  billing_period_months: number;
  mrr: MoneyAmount | null;
}

export interface RenewalDetails extends Renewal {
  due_terms: Term[];
  following_terms: Term[];
  co_terming: { term: Term; aligned_end: Day; days: number; amount: MoneyAmount }[];
  history: { at: string; author: string; why: string; removed: boolean; input: RenewalInput }[];
  batch?: number;
}

export interface Sums {
  renewals: number;
  due: MoneyAmount;
  target: MoneyAmount;
  forecast: MoneyAmount;
  final: MoneyAmount;
  expected: MoneyAmount;
}

export interface RenewalPage {
  from: Day;
  to: Day;
  total: number;
  summary: Sums;
  items: Renewal[];
}

export interface Board {
  columns: { key: string; summary: Sums; items: Renewal[] }[];
}

export interface RenewalField {
  key: string;
  name: TwoLanguages;
  type: 'number' | 'money' | 'day' | 'yes_no' | 'text' | 'choice' | 'text_set';
  choices: { value: string; name: TwoLanguages }[];
}

export interface ForecastChange {
  id: string;
  account: { id: number; name: string };
  due_day: Day;
  owner_name: string;
  before: MoneyAmount;
  after: MoneyAmount;
  change: MoneyAmount;
  category_before: Category | null;
  category_after: Category | null;
  cause: string;
  words: TwoLanguages;
  people: { at: string; author: string; why: string }[];
}

export interface ForecastChanges {
  since: Day;
  as_of: Day;
  before: MoneyAmount;
  after: MoneyAmount;
  items: ForecastChange[];
}

export interface Opportunity {
  account: { id: number; name: string };
  owner: { id: number | null; name: string } | null;
  kind: 'seats' | 'features' | 'growth';
  subject: string;
  amount: MoneyAmount;
  words: TwoLanguages;
  evidence: { label: TwoLanguages; unit: string; value: number | null; amount: MoneyAmount | null }[];
  status: 'open' | 'snoozed' | 'dismissed' | 'converted';
  until: Day | null;
  reason: string;
  due_day: Day | null;
}

export interface OwnerBook {
  owner: { id: number | null; name: string } | null;
  accounts: number;
  arr: MoneyAmount;
  due: number;
  due_amount: MoneyAmount;
  at_risk: number;
  at_risk_amount: MoneyAmount;
  without_next_step: number;
  forecast: MoneyAmount;
  target: MoneyAmount;
}

/** What fell due in some days and what became of it; what was renewed counts up to what was due. */
export interface RenewalRate {
  due: number;
  renewed: number;
  on_time: number;
  late: number;
  lost: number;
  due_amount: MoneyAmount;
  renewed_amount: MoneyAmount;
  on_time_amount: MoneyAmount;
  /** What went beyond what was due, and counts in no rate. */
  expanded_amount: MoneyAmount;
}

export interface RenewalRates {
  from: Day;
  to: Day;
  total: RenewalRate;
  months: (RenewalRate & { month: Day })[];
}

export const holidayChoices = ['japan', 'weekends_only'] as const;

export interface BusinessCalendar {
  holidays: (typeof holidayChoices)[number];
  days_off: Day[];
}

/** Absent leaves, null takes away. */
export interface RenewalChange {
  category?: Category;
  forecast_minor?: number | null;
  target_minor?: number | null;
  final_minor?: number | null;
  owner_id?: number | null;
  next_step?: string | null;
  next_step_day?: Day | null;
  notes?: string | null;
  rise_percent?: number | null;
  rise_announced_day?: Day | null;
  outcome?: Outcome | null;
  reasons?: string[];
  reason_note?: string | null;
}

/** A saved view of this list, told apart from those of the book by `list`. */
export interface RenewalViewQuery {
  list: 'renewals';
  q?: string | null;
  filter?: Condition | null;
  sort?: string | null;
  mine?: boolean | null;
}
