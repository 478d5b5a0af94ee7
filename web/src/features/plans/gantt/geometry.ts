// Where things lie in the plan's timeline: days to pixels, rows, arrows. Pure, so that it can be tested without a browser.
import { addDays, daysBetween, type Day } from '../../../lib/format/date';

/** What is drawn as a bar. Without a start it lasts one day; without a due day it cannot be drawn. */
export interface Span {
  start: Day | null;
  due: Day | null;
}

export interface Scale {
  first: Day;
  /** The last day that is drawn. */
  last: Day;
  dayWidth_px: number;
}

export const zooms = ['weeks', 'months', 'quarters'] as const;
export type Zoom = (typeof zooms)[number];

const dayWidths_px: Record<Zoom, number> = { weeks: 16, months: 6, quarters: 2.2 };
/** Room beside the first and the last thing, so that no bar sticks to the edge. */
const margin_days: Record<Zoom, number> = { weeks: 7, months: 14, quarters: 31 };

const earliest = (days: readonly Day[]) => days.reduce((least, day) => (day < least ? day : least));
const latest = (days: readonly Day[]) => days.reduce((most, day) => (day > most ? day : most));

/** Everything with a day, and today, with some room; whole months. `least_px` widens the days until it is filled. */
export function scaleOf(days: readonly Day[], today: Day, zoom: Zoom, least_px = 0): Scale {
  const all = [...days, today];
  const first = `${addDays(earliest(all), -margin_days[zoom]).slice(0, 7)}-01`;
  const last = addDays(nextMonth(addDays(latest(all), margin_days[zoom])), -1);
  const count = daysBetween(first, last) + 1;
  return { first, last, dayWidth_px: Math.max(dayWidths_px[zoom], least_px / count) };
}

function nextMonth(day: Day): Day {
  const year = Number(day.slice(0, 4));
  const month = Number(day.slice(5, 7));
  return month === 12 ? `${year + 1}-01-01` : `${year}-${String(month + 1).padStart(2, '0')}-01`;
}

/** The left edge of a day. */
export function leftOf(scale: Scale, day: Day): number {
  return daysBetween(scale.first, day) * scale.dayWidth_px;
}

export function widthOf(scale: Scale): number {
  return (daysBetween(scale.first, scale.last) + 1) * scale.dayWidth_px;
}

/** How many whole days a movement of the pointer means. */
export function daysOf(scale: Scale, distance_px: number): number {
  return Math.round(distance_px / scale.dayWidth_px);
}

export interface Box {
  left_px: number;
  width_px: number;
}

/** A bar covers its first and its last day; narrow ones stay wide enough to be taken hold of. */
const leastWidth_px = 10;

export function boxOf(scale: Scale, { start, due }: Span): Box | null {
  const from = start ?? due;
  const to = due ?? start;
  if (from === null || to === null) return null;
  const [begin, end] = from <= to ? [from, to] : [to, from];
  const width_px = (daysBetween(begin, end) + 1) * scale.dayWidth_px;
  return { left_px: leftOf(scale, begin), width_px: Math.max(leastWidth_px, width_px) };
}

export interface MonthMark {
  day: Day;
  left_px: number;
  width_px: number;
}

/** The months under the timeline's heading. */
export function monthsOf(scale: Scale): MonthMark[] {
  const marks: MonthMark[] = [];
  for (let day = scale.first; day <= scale.last; day = nextMonth(day)) {
    const width_px = daysBetween(day, nextMonth(day)) * scale.dayWidth_px;
    marks.push({ day, left_px: leftOf(scale, day), width_px });
  }
  return marks;
}

export const monthOfTemplate_days = 30;

/** The months of a template, whose days are only counted: thirty days each, from its first day. */
export function countedMonthsOf(scale: Scale, dayZero: Day): MonthMark[] {
  const marks: MonthMark[] = [];
  const width_px = monthOfTemplate_days * scale.dayWidth_px;
  for (let day = dayZero; day <= scale.last; day = addDays(day, monthOfTemplate_days))
    marks.push({ day, left_px: leftOf(scale, day), width_px });
  return marks;
}

/** An arrow from the end of one bar to the start of another: out, down or up between the rows, and in from the left. */
export function arrowPath(from: { x: number; y: number }, to: { x: number; y: number }): string {
  const stub = 8;
  const out = from.x + stub;
  const into = to.x - stub;
  if (into >= out) return `M${from.x} ${from.y}H${out}V${to.y}H${to.x}`;
  const between = (from.y + to.y) / 2;
  return `M${from.x} ${from.y}H${out}V${between}H${into}V${to.y}H${to.x}`;
}

export interface Move {
  /** move: both ends; start, due: that end alone. */
  end: 'move' | 'start' | 'due';
  days: number;
}

/** The span after a move; an end never passes the other one. */
export function moved(span: Span, { end, days }: Move): Span {
  const shift = (day: Day | null) => (day === null ? null : addDays(day, days));
  if (end === 'move') return { start: shift(span.start), due: shift(span.due) };
  if (end === 'start') {
    const start = shift(span.start ?? span.due);
    return { ...span, start: start !== null && span.due !== null && start > span.due ? span.due : start };
  }
  const due = shift(span.due ?? span.start);
  return { ...span, due: due !== null && span.start !== null && due < span.start ? span.start : due };
}

/** What a key does to the bar that has the focus; nothing where the key means something else. */
export function moveOfKey(key: string, isWide: boolean): Move | null {
  const days = isWide ? 7 : 1;
  switch (key) {
    case 'ArrowLeft':
      return { end: 'move', days: -days };
    case 'ArrowRight':
      return { end: 'move', days };
    case '-':
    case '_':
      return { end: 'due', days: -days };
    case '+':
    case ';':
    case '=':
      return { end: 'due', days };
    default:
      return null;
  }
}

export interface Dependent extends Span {
  key: string;
  depends_on: readonly string[];
  done_on: Day | null;
}

/**
 * How far actions slip when one of them is moved: everything that waits for it, directly or through others, and would
 * start before what it waits for ends. What is done, or has no days, does not slip. Cycles end by themselves.
 */
export function slips(actions: readonly Dependent[], key: string, span: Span): Map<string, Span> {
  const after = new Map<string, Span>([[key, span]]);
  const spanOf = (action: Dependent): Span => after.get(action.key) ?? action;
  // Each round follows one link further; no chain is longer than there are actions.
  for (let round = 0; round < actions.length; round++) {
    let changed = false;
    for (const action of actions) {
      if (action.key === key || action.done_on !== null || (action.start ?? action.due) === null) continue;
      const ends = action.depends_on.flatMap((other) => {
        if (!after.has(other)) return [];
        const due = after.get(other)!.due;
        return due === null ? [] : [due];
      });
      if (ends.length === 0) continue;
      const now = spanOf(action);
      const begin = (now.start ?? now.due)!;
      const earliestStart = addDays(latest(ends), 1);
      if (begin >= earliestStart) continue;
      after.set(action.key, moved(now, { end: 'move', days: daysBetween(begin, earliestStart) }));
      changed = true;
    }
    if (!changed) break;
  }
  after.delete(key);
  return after;
}
