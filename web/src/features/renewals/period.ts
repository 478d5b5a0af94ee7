import { addDays, type Day } from '../../lib/format/date';
import type { periods } from './search';

export type Period = (typeof periods)[number];

/** The first day of the day's month, or of one that lies so many months later. */
export function monthStart(day: Day, months: number): Day {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const index = year * 12 + month - 1 + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

export function quarterStart(day: Day, fiscalYearStartMonth: number): Day {
  const intoYear = (Number(day.slice(5, 7)) - fiscalYearStartMonth + 12) % 12;
  return monthStart(day, -(intoYear % 3));
}

/** The days a period stands for; without one the server decides: from a month ago to two quarters ahead. */
export function windowOf(
  period: Period | undefined,
  today: Day,
  fiscalYearStartMonth: number,
): { from: Day | undefined; to: Day | undefined } {
  if (period === undefined) return { from: undefined, to: undefined };
  const quarter = quarterStart(today, fiscalYearStartMonth);
  const end = (months: number) => addDays(monthStart(quarter, months), -1);
  if (period === 'quarter') return { from: quarter, to: end(3) };
  if (period === 'half') return { from: today, to: end(6) };
  if (period === 'year') return { from: today, to: end(15) };
  return { from: monthStart(today, -12), to: addDays(today, -1) };
}
