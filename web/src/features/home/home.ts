// What /api/home answers (api/health.yaml).
import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { TwoLanguages } from '../../lib/language';

export interface HomeAccount {
  id: number;
  name: string;
  owner: { id: number | null; name: string } | null;
  level: string | null;
  score: number | null;
  score_change_28d: number | null;
  sparkline: (number | null)[];
  reasons: TwoLanguages[];
  arr: MoneyAmount | null;
  renewal_day: Day | null;
  notice_deadline: Day | null;
  last_activity_day: Day | null;
}

export interface Source {
  source: string;
  name: TwoLanguages;
  /** The day of the newest fact. */
  last_at: Day | null;
  status: 'ok' | 'late' | 'none';
  rows: number;
}

export interface Home {
  as_of: Day;
  computed_at: string | null;
  mine: boolean;
  totals: {
    accounts: number;
    arr: MoneyAmount;
    levels: Record<string, { count: number; arr: MoneyAmount }>;
  };
  movers_up: HomeAccount[];
  movers_up_total: number;
  movers_down: HomeAccount[];
  movers_down_total: number;
  renewals: HomeAccount[];
  renewals_total: number;
  renewals_arr: MoneyAmount;
  renewal_horizon_days: number;
  silent: HomeAccount[];
  silent_total: number;
  silent_after_days: number;
  freshness: Source[];
}

export const homeQuery = (asOf: Day | undefined, mine: boolean) =>
  queryOptions({
    queryKey: ['home', asOf ?? null, mine],
    queryFn: ({ signal }) => getJson<Home>('/api/home', { as_of: asOf, mine: mine || undefined }, signal),
    placeholderData: keepPreviousData,
  });
