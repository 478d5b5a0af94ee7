import { addDays, type Day } from '../../lib/format/date';

const daysPerWeek = 7;

/** 0 Monday to 6 Sunday. */
export function weekdayOf(day: Day): number {
  return (new Date(`${day}T00:00:00Z`).getUTCDay() + 6) % daysPerWeek;
}

export function firstOfMonth(day: Day): Day {
  return `${day.slice(0, 8)}01`;
}

/** The first day of the month that lies so many months later; earlier where negative. */
export function monthBeside(day: Day, months: number): Day {
  const [year, month] = day.split('-').map(Number) as [number, number];
  const index = year * 12 + (month - 1) + months;
  return `${Math.floor(index / 12)}-${String((index % 12) + 1).padStart(2, '0')}-01`;
}

/** The weeks that a month touches, Monday first, each of seven days. */
export function weeksOf(month: Day): Day[][] {
  const first = firstOfMonth(month);
  const next = monthBeside(first, 1);
  const weeks: Day[][] = [];
  for (let monday = addDays(first, -weekdayOf(first)); monday < next; monday = addDays(monday, daysPerWeek))
    weeks.push(Array.from({ length: daysPerWeek }, (_, index) => addDays(monday, index)));
  return weeks;
}

/** The first and the last day that the month's weeks show. */
export function spanOf(month: Day): { from: Day; to: Day } {
  const weeks = weeksOf(month);
  return { from: weeks[0]![0]!, to: weeks.at(-1)!.at(-1)! };
}
