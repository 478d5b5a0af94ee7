// What waits for the reader, out of what the pages know, in the order in which it is asked.
import type { TwoLanguages } from '../../lib/language';
import { openOfTheirs, waitsForWord } from '../plan/order';
import type { Journey, NextStep, Plans, Survey } from '../requests';

export type Waiting =
  | { kind: 'goal'; key: string; name: TwoLanguages; to: string }
  | { kind: 'survey'; key: string; name: TwoLanguages; url: string; until: string | null }
  | { kind: 'milestone'; key: string; name: TwoLanguages; to: string }
  | {
      kind: 'action';
      key: string;
      name: TwoLanguages;
      to: string;
      due: string | null;
      isMine: boolean;
      isLate: boolean;
    };

interface Known {
  /** Undefined where the vendor does not share it, or it is not here yet. */
  plans: Plans | undefined;
  journey: Journey | undefined;
  surveys: readonly Survey[] | undefined;
}

export function waitingFor({ plans, journey, surveys }: Known): Waiting[] {
  const living = plans?.items.filter(({ state }) => state !== 'closed') ?? [];
  const goals = living.flatMap((plan) =>
    plan.goals
      .filter(waitsForWord)
      .map(({ key, name }): Waiting => ({ kind: 'goal', key, name, to: `/portal/plan#goal-${key}` })),
  );
  const questions = (surveys ?? []).map(({ question, url, closes_on }): Waiting => ({
    kind: 'survey',
    key: url,
    name: question,
    url,
    until: closes_on,
  }));
  // Only of the stage they are in: what lies ahead is not asked for yet.
  const milestones = (journey?.stages ?? [])
    .filter(({ state }) => state === 'current')
    .flatMap(({ milestones }) => milestones)
    .filter(({ can_confirm, confirmed_on }) => can_confirm && confirmed_on === null)
    .map(({ key, name }): Waiting => ({ kind: 'milestone', key, name, to: '/portal/journey' }));
  const actions = living.flatMap((plan) =>
    openOfTheirs(plan).map(({ key, name, due, is_mine, is_late }): Waiting => ({
      kind: 'action',
      key,
      name,
      to: `/portal/plan#action-${key}`,
      due,
      isMine: is_mine,
      isLate: is_late,
    })),
  );
  return [...goals, ...questions, ...actions, ...milestones];
}

/** What we do next; theirs stand in the list of what waits. */
export function nextOfOurs(journey: Journey | undefined): NextStep[] {
  return (journey?.next ?? []).filter(({ is_theirs }) => !is_theirs);
}
