// Where the points of a goal's course lie in its picture.
import { daysBetween, type Day } from '../../lib/format/date';

export interface Point {
  day: Day;
  value: number;
}

interface Course {
  readings: readonly Point[];
  baseline: number | null;
  target: number | null;
  start: Day | null;
  due: Day | null;
}

export interface Picture {
  from: Day;
  until: Day;
  low: number;
  high: number;
  line: [x: number, y: number][];
  /** From the baseline at the start to the target when it is due; absent where that is not agreed. */
  agreed: [[x: number, y: number], [x: number, y: number]] | null;
  /** Heights of the two figures that the eye looks for. */
  baselineAt: number | null;
  targetAt: number | null;
}

const margin = 0.08;

/** Shares of the picture from 0 to 1, y from the top. Null where there is nothing to draw. */
export function pictureOf({ readings, baseline, target, start, due }: Course): Picture | null {
  const sorted = readings.toSorted((a, b) => (a.day < b.day ? -1 : 1));
  const days = [start, due, sorted[0]?.day, sorted.at(-1)?.day].filter((day) => day != null).toSorted();
  const values = [baseline, target, ...sorted.map(({ value }) => value)].filter((value) => value !== null);
  if (sorted.length === 0 || values.length < 2) return null;
  const [from, until] = [days[0]!, days.at(-1)!];
  const [least, most] = [Math.min(...values), Math.max(...values)];
  const room = (most - least || Math.abs(most) || 1) * margin;
  const [low, high] = [least - room, most + room];
  const span_days = daysBetween(from, until) || 1;
  const x = (day: Day) => daysBetween(from, day) / span_days;
  const y = (value: number) => (high - value) / (high - low);
  const first = start ?? sorted[0]!.day;
  return {
    from,
    until,
    low,
    high,
    line: sorted.map(({ day, value }) => [x(day), y(value)]),
    agreed:
      baseline !== null && target !== null && due !== null && first < due
        ? [
            [x(first), y(baseline)],
            [x(due), y(target)],
          ]
        : null,
    baselineAt: baseline === null ? null : y(baseline),
    targetAt: target === null ? null : y(target),
  };
}
