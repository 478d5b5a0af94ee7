// The readings of a goal against the line from its baseline to its target, as coordinates in a small drawing.
import { daysBetween, type Day } from '../../lib/format/date';

export interface Reading {
  day: Day;
  value: number;
}

export interface GoalCourse {
  start: Day | null;
  due: Day | null;
  baseline: number | null;
  target: number | null;
  /** Oldest first. */
  readings: readonly Reading[];
}

interface Point {
  x: number;
  y: number;
}

export interface GoalDrawing {
  /** The way it should go; absent where baseline, target or one of the days is not known. */
  expected: [Point, Point] | null;
  readings: Point[];
  /** Where today lies, inside the drawing only. */
  today_x: number | null;
  low: number;
  high: number;
  first: Day;
  last: Day;
}

/** Where something can be drawn: nothing for a goal without any figure. */
export function drawGoal(
  { start, due, baseline, target, readings }: GoalCourse,
  today: Day,
  width: number,
  height: number,
): GoalDrawing | null {
  const hasLine = start !== null && due !== null && baseline !== null && target !== null;
  const values = [
    ...readings.map(({ value }) => value),
    ...(hasLine ? [baseline, target] : target !== null ? [target] : []),
  ];
  const days = [...readings.map(({ day }) => day), ...(hasLine ? [start, due] : [])].toSorted();
  if (values.length === 0 || days.length === 0) return null;
  const first = days[0]!;
  const last = days[days.length - 1]!;
  const low = Math.min(...values);
  const high = Math.max(...values);
  const span_days = Math.max(1, daysBetween(first, last));
  const point = ({ day, value }: Reading): Point => ({
    x: (daysBetween(first, day) / span_days) * width,
    // A course that never moved lies in the middle.
    y: high === low ? height / 2 : height - ((value - low) / (high - low)) * height,
  });
  return {
    expected: hasLine ? [point({ day: start, value: baseline }), point({ day: due, value: target })] : null,
    readings: readings.map(point),
    today_x: today >= first && today <= last ? (daysBetween(first, today) / span_days) * width : null,
    low,
    high,
    first,
    last,
  };
}

/** From 0 (baseline) to 1 (target), in whichever direction the goal goes; the ends hold. */
export function progressOf(baseline: number | null, target: number | null, current: number | null): number | null {
  if (baseline === null || target === null || current === null) return null;
  if (baseline === target) return current === target ? 1 : 0;
  return Math.min(1, Math.max(0, (current - baseline) / (target - baseline)));
}
