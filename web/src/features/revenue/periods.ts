// Months, quarters and fiscal years as days: a period is named by its first day.
import { fiscalQuarter, type Day } from '../../lib/format/date';
import type { Language } from '../../lib/language';
import type { Grain } from './types';

export const monthsIn: Record<Grain, number> = { month: 1, quarter: 3, fiscal_year: 12 };

export function monthOf(day: Day): Day {
  return `${day.slice(0, 7)}-01`;
}

export function addMonths(month: Day, count: number): Day {
  const at = Number(month.slice(0, 4)) * 12 + Number(month.slice(5, 7)) - 1 + count;
  return `${String(Math.floor(at / 12)).padStart(4, '0')}-${String((at % 12) + 1).padStart(2, '0')}-01`;
}

/** First day of the period that a day lies in. */
export function periodOf(day: Day, grain: Grain, fiscalStart: number): Day {
  const month = monthOf(day);
  const sinceStart = (Number(day.slice(5, 7)) - fiscalStart + 12) % 12;
  return addMonths(month, -(sinceStart % monthsIn[grain]));
}

export function fiscalYearOf(day: Day, fiscalStart: number): Day {
  return periodOf(day, 'fiscal_year', fiscalStart);
}

const longest_months = 120;

/** Firsts of all months from the one to the other; a range that is too long is cut at its beginning. */
export function monthsBetween(from: Day, to: Day): Day[] {
  const last = monthOf(to);
  const months: Day[] = [];
  for (let month = last; month >= monthOf(from) && months.length < longest_months; month = addMonths(month, -1))
    months.unshift(month);
  return months;
}

/** 2026年度 / FY2026; the year carries the calendar year that it starts in. */
export function fiscalYearName(day: Day, fiscalStart: number, language: Language): string {
  const { year } = fiscalQuarter(day, fiscalStart);
  return language === 'ja' ? `${year}年度` : `FY${year}`;
}

export const ranges = ['last12', 'last24', 'fiscalYear', 'fiscalYearBefore', 'custom'] as const;
export type Range = (typeof ranges)[number];

/** First and last month of a range that moves with the day. */
export function rangeOf(range: Exclude<Range, 'custom'>, day: Day, fiscalStart: number): { from: Day; to: Day } {
  const to = monthOf(day);
  const year = fiscalYearOf(day, fiscalStart);
  switch (range) {
    case 'last12':
      return { from: addMonths(to, -11), to };
    case 'last24':
      return { from: addMonths(to, -23), to };
    case 'fiscalYear':
      return { from: year, to };
    case 'fiscalYearBefore':
      return { from: addMonths(year, -12), to: addMonths(year, -1) };
  }
}
