// Where the bars of a contract's terms lie. Pure, so that it can be tested.
import { addDays, daysBetween, type Day } from '../../../lib/format/date';
import type { Subscription } from '../../../api/contracts';

export interface Span {
  from: Day;
  length_days: number;
}

const margin_days = 30;
/** How far an open-ended term is drawn beyond today. */
const openEnd_days = 180;

export function spanOf(subscriptions: readonly Subscription[], today: Day): Span {
  const starts = subscriptions.map(({ start }) => start);
  const ends = subscriptions.map(({ end }) => end ?? addDays(today, openEnd_days));
  const from = addDays(
    [today, ...starts].reduce((a, b) => (a < b ? a : b)),
    -margin_days,
  );
  const to = addDays(
    [today, ...ends].reduce((a, b) => (a > b ? a : b)),
    margin_days,
  );
  return { from, length_days: daysBetween(from, to) };
}

export function barOf({ start, end }: Subscription, { from, length_days }: Span) {
  const left_days = daysBetween(from, start);
  const right_days = end === null ? length_days : daysBetween(from, end);
  return {
    left_percent: (left_days / length_days) * 100,
    width_percent: Math.max(0, ((right_days - left_days) / length_days) * 100),
  };
}

/** One lane per product, in the order in which they were first bought. */
export function lanesOf(subscriptions: readonly Subscription[]) {
  const lanes = new Map<string, Subscription[]>();
  for (const term of subscriptions.toSorted((a, b) => a.start.localeCompare(b.start))) {
    const lane = lanes.get(term.product);
    if (lane) lane.push(term);
    else lanes.set(term.product, [term]);
  }
  return [...lanes].map(([product, terms]) => ({ product, terms }));
}

/** The first of January of every year within the span. */
export function yearMarks({ from, length_days }: Span) {
  const to = addDays(from, length_days);
  const marks = [];
  for (let year = Number(from.slice(0, 4)) + 1; `${year}-01-01` <= to; ++year) {
    marks.push({ year, left_percent: (daysBetween(from, `${year}-01-01`) / length_days) * 100 });
  }
  return marks;
}
