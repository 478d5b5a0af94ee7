// Rates of renewal by month or by quarter of the fiscal year, from the months that the server counts.
import type { Day } from '../../lib/format/date';
import { monthStart, quarterStart } from './period';
import type { RenewalRate, RenewalRates } from './types';

export type Grain = 'month' | 'quarter';

export const spanMonths = { year: 12, two: 24, three: 36 } as const;
export type Span = keyof typeof spanMonths;

/** Amounts in minor units of the one currency that all of them have. */
export interface Rate {
  /** Its first day. */
  period: Day;
  due: number;
  onTime: number;
  late: number;
  lost: number;
  due_minor: number;
  onTime_minor: number;
  late_minor: number;
  lost_minor: number;
  expanded_minor: number;
}

/** The first day of as many whole months (or quarters) as the span has, with the running one as the last. */
export function firstDay(span: Span, grain: Grain, today: Day, fiscalYearStartMonth: number): Day {
  const months = spanMonths[span];
  return grain === 'month'
    ? monthStart(today, 1 - months)
    : monthStart(quarterStart(today, fiscalYearStartMonth), 3 - months);
}

/** Every period from the first to the last day, also those in which nothing fell due; oldest first. */
export function ratesByPeriod(rates: RenewalRates, grain: Grain, fiscalYearStartMonth: number): Rate[] {
  const startOf = (day: Day) => (grain === 'month' ? monthStart(day, 0) : quarterStart(day, fiscalYearStartMonth));
  const found = new Map<Day, Rate>();
  for (let period = startOf(rates.from); period <= rates.to; period = monthStart(period, grain === 'month' ? 1 : 3))
    found.set(period, asRate(period));
  for (const month of rates.months) {
    const period = startOf(month.month);
    found.set(period, sum(found.get(period) ?? asRate(period), asRate(period, month)));
  }
  return [...found.values()].toSorted((a, b) => a.period.localeCompare(b.period));
}

export function asRate(period: Day, counted?: RenewalRate): Rate {
  const minor = (amount: keyof RenewalRate) =>
    counted ? (counted[amount] as RenewalRate['due_amount']).amount_minor : 0;
  return {
    period,
    due: counted?.due ?? 0,
    onTime: counted?.on_time ?? 0,
    late: counted?.late ?? 0,
    lost: counted?.lost ?? 0,
    due_minor: minor('due_amount'),
    onTime_minor: minor('on_time_amount'),
    late_minor: minor('renewed_amount') - minor('on_time_amount'),
    lost_minor: minor('due_amount') - minor('renewed_amount'),
    expanded_minor: minor('expanded_amount'),
  };
}

function sum(a: Rate, b: Rate): Rate {
  const added = { ...a };
  for (const key of Object.keys(a) as (keyof Rate)[]) {
    if (key !== 'period') added[key] = a[key] + b[key];
  }
  return added;
}

/** Nothing where nothing was due: 0 of 0 is no rate. */
const share = (part: number, whole: number) => (whole === 0 ? null : part / whole);

export const renewalRate = (rate: Rate) => share(rate.onTime_minor + rate.late_minor, rate.due_minor);
export const onTimeRate = (rate: Rate) => share(rate.onTime_minor, rate.due_minor);
export const countRate = (rate: Rate) => share(rate.onTime + rate.late, rate.due);
