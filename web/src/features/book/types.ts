// What the book's endpoints answer (api/health.yaml, api/customers.yaml).
import type { Condition } from '../../components/filter/condition';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export interface Person {
  id: number;
  name: string;
}

/** What an attribute or a measure may hold. */
export type CellValue = string | number | boolean | MoneyAmount | null;
/** What a column may hold: a value, or the keys of segments. */
export type ColumnValue = CellValue | readonly string[];

export interface BookRow {
  id: number;
  external_id: string;
  name: string;
  phase: string | null;
  owner: { id: number | null; name: string } | null;
  industry: string | null;
  size: string | null;
  country: string | null;
  region: string | null;
  plan: string | null;
  level: string | null;
  score: number | null;
  score_change_28d: number | null;
  /** One value a week, oldest first. */
  sparkline: (number | null)[];
  reasons: TwoLanguages[];
  arr: MoneyAmount | null;
  mrr: MoneyAmount | null;
  renewal_day: Day | null;
  notice_deadline: Day | null;
  last_activity_day: Day | null;
  last_meeting_day: Day | null;
  seats: number | null;
  active_users_28d: number | null;
  /** Active people per seat. */
  utilisation: number | null;
  attributes?: Record<string, CellValue>;
  measures?: Record<string, CellValue>;
  groups?: Record<string, CellValue>;
  /** Keys; where the column is asked for. */
  segments?: readonly string[];
}

export interface BookSummary {
  accounts: number;
  arr: MoneyAmount;
  levels: Record<string, { count: number; arr: MoneyAmount }>;
}

export interface BookPageAnswer {
  as_of: Day;
  computed_at: string | null;
  total: number;
  summary: BookSummary;
  items: BookRow[];
}

export interface ViewQuery {
  filter?: Condition | null;
  q?: string | null;
  sort?: string | null;
  columns?: string[] | null;
}

export interface StoredView {
  id: number;
  name: string;
  scope: 'mine' | 'team';
  query: ViewQuery;
  /** Whether the viewer may change and delete it. */
  changeable: boolean;
}
