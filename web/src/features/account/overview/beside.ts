// What the history is drawn beside: the same account under an earlier version of the scores, or what pages showed.
import type { Publication } from '../../../api/releases';
import type { Day } from '../../../lib/format/date';
import type { HealthHistory, ShownScore } from '../health-types';

export type Beside = { kind: 'release'; release: number } | { kind: 'shown' };

export function besideFrom(text: string | undefined): Beside | undefined {
  if (text === 'shown') return { kind: 'shown' };
  const release = Number(text);
  return Number.isSafeInteger(release) && release > 0 ? { kind: 'release', release } : undefined;
}

/** Points of a line over an axis of days. */
export type Line = [Day, number | null][];

/** Only days that the axis has: others have no place on it. */
export function historyLine(history: HealthHistory, axis: readonly Day[]): Line {
  const known = new Set(axis);
  return history.days
    .map((day, index): Line[number] => [day, history.score[index] ?? null])
    .filter(([day]) => known.has(day));
}

/** What was shown last up to each day; nothing before the first time. `shown` is in the order of showing. */
export function shownLine(shown: readonly ShownScore[], axis: readonly Day[]): Line {
  const lastOn = new Map<Day, number | null>();
  for (const { day, score } of shown) lastOn.set(day, score);
  const days = [...lastOn.keys()].sort();
  let next = 0;
  let current: number | null = null;
  return axis.map((day) => {
    for (let at = days[next]; at !== undefined && at <= day; at = days[next]) {
      current = lastOn.get(at) ?? null;
      next += 1;
    }
    return [day, current];
  });
}

/** One mark a day, of the newest version published on it. */
export function publicationMarks(publications: readonly Publication[], axis: readonly Day[]): Publication[] {
  const known = new Set(axis);
  const newest = new Map<Day, Publication>();
  for (const each of publications) {
    if (known.has(each.day) && (newest.get(each.day)?.release ?? 0) < each.release) newest.set(each.day, each);
  }
  return [...newest.values()].sort((one, other) => one.release - other.release);
}
