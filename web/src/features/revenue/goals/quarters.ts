// Which quarters the page of goals shows, and one goal changed among them.
import type { Day } from '../../../lib/format/date';
import { addMonths, periodOf } from '../periods';
import { goalKeys, type Goal, type GoalKey, type Goals } from '../types';

export type Quarter = Goals['items'][number];

const before = 4;
const after = 4;

/** A year back and a year on from the quarter of the day, and every other for which something is set; newest first. */
export function shownQuarters({ items, fiscal_start }: Goals, day: Day): Quarter[] {
  const present = periodOf(day, 'quarter', fiscal_start);
  const known = new Map(items.map((item) => [item.quarter, item]));
  const firsts = new Set(known.keys());
  for (let step = -before; step <= after; step++) firsts.add(addMonths(present, step * 3));
  return [...firsts]
    .sort()
    .toReversed()
    .map((quarter) => known.get(quarter) ?? emptyQuarter(quarter));
}

function emptyQuarter(quarter: Day): Quarter {
  return { quarter, arr: null, nrr: null, grr: null, new: null, churn: null, progress: [] };
}

/** The goals of a quarter alone, with one of them set anew. */
export function withGoal(quarter: Goal, key: GoalKey, value: number | null): Goal {
  const goals = Object.fromEntries(goalKeys.map((each) => [each, quarter[each]])) as Record<GoalKey, number | null>;
  return { quarter: quarter.quarter, ...goals, [key]: value };
}
