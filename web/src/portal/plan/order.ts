// Pure questions about a plan: what waits for the reader, and in which order things are shown.
import type { Action, Goal, Plan } from '../requests';

export const waitsForWord = ({ confirmation }: Goal) => confirmation === 'asked';

const lateFirst = (a: { due: string | null }, b: { due: string | null }) =>
  (a.due ?? '9999').localeCompare(b.due ?? '9999');

/** What this person can do, their own first, then by the day it is due. */
export function openOfTheirs(plan: Plan): Action[] {
  return plan.actions
    .filter(({ is_theirs, done_on }) => is_theirs && done_on === null)
    .toSorted((a, b) => Number(b.is_mine) - Number(a.is_mine) || lateFirst(a, b));
}

export function openOfOurs(plan: Plan): Action[] {
  return plan.actions.filter(({ is_theirs, done_on }) => !is_theirs && done_on === null).toSorted(lateFirst);
}

export function finished(plan: Plan): Action[] {
  return plan.actions
    .filter(({ done_on }) => done_on !== null)
    .toSorted((a, b) => b.done_on!.localeCompare(a.done_on!));
}

export interface Dated {
  kind: 'goal' | 'milestone' | 'action';
  key: string;
  name: Goal['name'];
  day: string;
  isDone: boolean;
}

/** Everything with a day, in the order of the days. */
export function datesOf(plan: Plan): Dated[] {
  const goals = plan.goals.flatMap(({ key, name, due, status }): Dated[] =>
    due === null ? [] : [{ kind: 'goal', key, name, day: due, isDone: status === 'achieved' }],
  );
  const milestones = plan.milestones.flatMap(({ key, name, due, done_on }): Dated[] => {
    const day = done_on ?? due;
    return day === null ? [] : [{ kind: 'milestone', key, name, day, isDone: done_on !== null }];
  });
  const actions = plan.actions.flatMap(({ key, name, due, done_on }): Dated[] => {
    const day = done_on ?? due;
    return day === null ? [] : [{ kind: 'action', key, name, day, isDone: done_on !== null }];
  });
  return [...goals, ...milestones, ...actions].toSorted((a, b) => a.day.localeCompare(b.day));
}
