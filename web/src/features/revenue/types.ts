// What /api/revenue/* says: see api/retention.yaml for what each field means. Amounts are whole minor units of the
// answer's currency; falls are negative.
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export const movementKinds = [
  'new',
  'expansion',
  'reactivation',
  'transfer_in',
  'contraction',
  'churn',
  'transfer_out',
  'currency',
] as const;
export type MovementKind = (typeof movementKinds)[number];

export const grains = ['month', 'quarter', 'fiscal_year'] as const;
export type Grain = (typeof grains)[number];

export type Amounts = Record<'opening' | MovementKind | 'closing', number> & {
  /** For a value of a dimension: what accounts that came to it or left it brought or took. */
  regrouped?: number;
};
/** What a bar can stand for. */
export type AmountKey = 'opening' | MovementKind | 'closing';

type Share = number | null;

export interface Cell extends Amounts {
  /** First day of the period. */
  month: Day;
  end: Day;
  is_over: boolean;
  net_new: number;
  arr: number;
  accounts_opening: number;
  accounts_new: number;
  accounts_lost: number;
  accounts_reactivated: number;
  accounts_closing: number;
  expansions: number;
  contractions: number;
  arpa: number | null;
  quick_ratio: Share;
  logo_churn: Share;
  revenue_churn: Share;
  grr_1: Share;
  nrr_1: Share;
  grr_3: Share;
  nrr_3: Share;
  grr_12: Share;
  nrr_12: Share;
  due: number;
  renewed: number;
  renewal_rate: Share;
}

export interface RulesName {
  key: string;
  name: TwoLanguages;
  version: number;
}

export interface Series {
  /** Null: all accounts. Empty: those without a value. */
  value: string | null;
  name: TwoLanguages;
  cells: Cell[];
}

export interface Figures {
  as_of: Day | null;
  book_day: Day;
  currency: string;
  rules: RulesName;
  by: string;
  grain: Grain;
  fiscal_start: number;
  months: Day[];
  series: Series[];
  more_values: number;
  overlapping: boolean;
  dimensions: { key: string; name: TwoLanguages }[];
}

export interface AccountName {
  id: number;
  name: string;
}

export interface ContractRow {
  subscription_id: number;
  external_id: string | null;
  product: string;
  plan: string | null;
  start: Day;
  end: Day | null;
  mrr: number | null;
  amount: MoneyAmount;
  billing_period_months: number;
  is_trial: boolean;
  known_from: Day;
}

export interface MovementRow extends ContractRow {
  mrr_before: number;
  mrr_after: number;
}

export interface Movement {
  account: AccountName;
  kind: MovementKind;
  amount: number;
  day: Day;
  mrr_before: number;
  mrr_after: number;
  rows: MovementRow[];
}

export interface Movements {
  currency: string;
  rules: RulesName;
  month: Day;
  end: Day;
  items: Movement[];
  total: number;
  /** Of all pages: the cell. */
  amount: number;
  accounts: number;
}

export interface Waterfall extends Amounts {
  from: Day;
  to: Day;
}

export interface Retention {
  value: Share;
  before: Share;
  goal: Share;
  series: { month: Day; value: Share }[];
}

export interface NamedMovement {
  account: AccountName;
  kind: MovementKind | 'renewal';
  amount: number;
  day: Day;
}

export const goalKeys = ['arr', 'nrr', 'grr', 'new', 'churn'] as const;
export type GoalKey = (typeof goalKeys)[number];

export interface GoalProgress {
  key: GoalKey;
  name: TwoLanguages;
  unit: 'money' | 'share';
  goal: number;
  actual: number | null;
  progress: number | null;
  reached: boolean | null;
}

export interface Executive {
  is_ready: boolean;
  month: Day;
  end: Day;
  book_day: Day;
  currency: string;
  rules: RulesName;
  fiscal_start: number;
  arr: {
    value: number;
    month_before: number;
    quarter_before: number;
    year_before: number;
    series: { month: Day; value: number }[];
  };
  accounts: number;
  waterfalls: Record<'month' | 'quarter' | 'year', Waterfall>;
  nrr: Retention;
  grr: Retention;
  logo_churn_12: Share;
  goals_quarter: Day;
  goals: GoalProgress[];
  churn_reasons: { key: string; name: TwoLanguages; amount: number; accounts: number }[];
  cost_of_churn: { per_month: number; point_of_grr: number; text: TwoLanguages };
  concentration: { top_10_share: Share; largest: { account: AccountName; arr: number; share: Share }[] };
  largest_movements: NamedMovement[];
  wins: NamedMovement[];
  health: { level: string; name: TwoLanguages; accounts: number; arr: number }[];
  cohorts: { start: Day; accounts: number; retained: Share[] }[];
  indicators: { key: string; name: TwoLanguages; unit: 'share' | 'days' | 'count'; value: number | null }[];
  faults_open: number;
}

/** The body of a definition of kind revenue_rules: see src/engine/revenue/rules.hpp for what each switch means. */
export interface RulesBody {
  name: TwoLanguages;
  explanation: TwoLanguages;
  churn_on: 'service_end' | 'notice';
  gap_days: number;
  reactivation_in_retention: boolean;
  price: 'net' | 'list';
  trials: 'excluded' | 'included';
  past_due_days: number | null;
  new_after_days: number | null;
  netting: 'account_day' | 'product_day' | 'account_month';
  rates: 'of_start' | 'each_month';
}

export interface RuleSet extends RulesName {
  description: TwoLanguages;
  is_default: boolean;
  /** The definition as published. */
  body: RulesBody;
  /** Every switch in words, in the order of `RulesList.switches`. */
  settings: { key: string; setting: TwoLanguages }[];
}

export interface RulesList {
  items: RuleSet[];
  switches: { key: string; name: TwoLanguages; meaning: TwoLanguages }[];
}

/** All that happened to an account on one day, with the contracts that made it. */
export interface Change {
  day: Day;
  mrr_before: number;
  mrr_after: number;
  movements: { kind: MovementKind; amount: number }[];
  rows: MovementRow[];
}

export interface RulesDifference {
  account: AccountName;
  left: Amounts;
  right: Amounts;
  /** Keys of the switches that each alone make a difference here. */
  switches: string[];
  reasons: TwoLanguages[];
  left_changes: Change[];
  right_changes: Change[];
}

export interface RulesComparison {
  currency: string;
  left: RulesName;
  right: RulesName;
  months: { month: Day; left: Cell; right: Cell }[];
  items: RulesDifference[];
  total: number;
  switches: string[];
}

export interface Fault {
  id: string;
  code: string;
  account: AccountName;
  text: TwoLanguages;
  treatment: TwoLanguages;
  remedy: TwoLanguages;
  rows: ContractRow[];
  state: 'open' | 'accepted';
  reason: string | null;
  accepted_by: string | null;
  accepted_at: string | null;
  day: Day;
}

export interface Faults {
  items: Fault[];
  total: number;
  counts: {
    code: string;
    name: TwoLanguages;
    treatment: TwoLanguages;
    remedy: TwoLanguages;
    open: number;
    accepted: number;
  }[];
}

export interface ClosedMonth {
  month: Day;
  closed_at: string;
  closed_by: string;
  closing_then: number;
  closing_now: number;
  restated: boolean;
}

export interface ClosedMonths {
  currency: string;
  items: ClosedMonth[];
  next: Day | null;
}

export interface Restatement {
  currency: string;
  rules: RulesName;
  month: Day;
  closed_at: string;
  before: Cell;
  now: Cell;
  accounts: {
    account: AccountName;
    before: Amounts;
    now: Amounts;
    /** As recorded when the month was closed, and no more. */
    rows_gone: ContractRow[];
    /** As recorded now, and not then. */
    rows_added: ContractRow[];
  }[];
}

export type Goal = { quarter: Day } & Record<GoalKey, number | null>;

export interface Goals {
  currency: string;
  fiscal_start: number;
  items: (Goal & { progress: GoalProgress[] })[];
}

export interface FigureDefinition {
  key: string;
  name: TwoLanguages;
  definition: TwoLanguages;
  formula: TwoLanguages;
  source: TwoLanguages;
  unit: 'money' | 'money_per_account' | 'percent' | 'ratio' | 'accounts' | 'months' | 'years';
}
