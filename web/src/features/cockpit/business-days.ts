import { freeDaysQuery, type FreeDay } from '../../api/free-days';
import { addDays, type Day } from '../../lib/format/date';

const shownAhead_days = 390;

/** Far enough for every day that a dialog offers. */
export const freeDaysAhead = (today: Day) => freeDaysQuery(today, addDays(today, shownAhead_days));

export type FreeDays = ReadonlyMap<Day, FreeDay>;

/** The day that lies so many business days after another; the first step from a free day leads to the next business day. */
export function businessDaysAfter(day: Day, count: number, free: FreeDays): Day {
  let at = day;
  for (let left = count; left > 0;) {
    at = addDays(at, 1);
    if (!free.has(at)) left -= 1;
  }
  return at;
}
