// Changes to a plan as operations on its items: what the page sends, and what it shows until the server has answered.
import {
  noWords,
  type Action,
  type Goal,
  type ItemKind,
  type Milestone,
  type PlanDocument,
  type Risk,
} from '../../api/plans';
import type { TwoLanguages } from '../../lib/language';

export type Item = Goal | Action | Milestone | Risk;
export interface ItemOf {
  goal: Goal;
  action: Action;
  milestone: Milestone;
  risk: Risk;
}

export type Operation =
  | { op: 'put'; kind: ItemKind; item: { key: string } & Partial<Item> }
  | { op: 'remove'; kind: ItemKind; key: string }
  | { op: 'set_head'; head: Partial<Pick<PlanDocument, 'name' | 'purpose' | 'internal_note'>> };

const lists = { goal: 'goals', action: 'actions', milestone: 'milestones', risk: 'risks' } as const;

export function itemsOf<Kind extends ItemKind>(document: PlanDocument, kind: Kind): readonly ItemOf[Kind][] {
  return document[lists[kind]] as unknown as ItemOf[Kind][];
}

/** The first of "goal_1", "goal_2" ... that no item of the kind has. */
export function freeKey(document: PlanDocument, kind: ItemKind): string {
  const taken = new Set(itemsOf(document, kind).map(({ key }) => key));
  for (let number = 1; ; number++) {
    const key = `${kind}_${number}`;
    if (!taken.has(key)) return key;
  }
}

const empty: { [Kind in ItemKind]: Omit<ItemOf[Kind], 'key'> } = {
  goal: {
    name: noWords,
    why: noWords,
    criterion: noWords,
    kind: 'figure',
    measure: '',
    unit: noWords,
    direction: 'up',
    baseline: null,
    target: null,
    start: null,
    due: null,
    stage: 'proposed',
    override: null,
    theirs: null,
    ours: null,
    value: null,
    closed_on: null,
  },
  action: {
    name: noWords,
    goal: null,
    owner: { side: 'ours', role: 'csm', user: null, contact: null },
    start: null,
    due: null,
    done_on: null,
    depends_on: [],
    internal: false,
  },
  milestone: { name: noWords, goal: null, due: null, done_on: null },
  risk: { name: noWords, severity: 'medium', mitigation: noWords, internal: true, closed_on: null },
};

export function emptyItem<Kind extends ItemKind>(document: PlanDocument, kind: Kind): ItemOf[Kind] {
  return { ...empty[kind], key: freeKey(document, kind) } as unknown as ItemOf[Kind];
}

const isSame = (a: unknown, b: unknown) => JSON.stringify(a) === JSON.stringify(b);

/** Sends what was changed, so that what somebody else did to the same item meanwhile stays. Nothing changed: nothing. */
export function putOf<Kind extends ItemKind>(
  kind: Kind,
  before: ItemOf[Kind] | undefined,
  after: ItemOf[Kind],
): Operation | null {
  const changed = Object.entries(after).filter(
    ([field, value]) => field !== 'key' && !isSame(value, before?.[field as keyof ItemOf[Kind]]),
  );
  if (before && changed.length === 0) return null;
  return { op: 'put', kind, item: { ...Object.fromEntries(changed), key: after.key } };
}

/** An item is gone also from what refers to it, as the server would refuse to keep it there. */
export function removalOf(document: PlanDocument, kind: ItemKind, key: string): Operation[] {
  const remove: Operation = { op: 'remove', kind, key };
  if (kind === 'action') {
    const waiting = document.actions.filter(({ depends_on }) => depends_on.includes(key));
    return [
      ...waiting.map((action): Operation => ({
        op: 'put',
        kind: 'action',
        item: { key: action.key, depends_on: action.depends_on.filter((other) => other !== key) },
      })),
      remove,
    ];
  }
  if (kind !== 'goal') return [remove];
  const unbound = (['action', 'milestone'] as const).flatMap((each) =>
    itemsOf(document, each)
      .filter(({ goal }) => goal === key)
      .map((item): Operation => ({ op: 'put', kind: each, item: { key: item.key, goal: null } })),
  );
  return [...unbound, remove];
}

/** The document as it will be once the server has done the same. */
export function applied(document: PlanDocument, operations: readonly Operation[]): PlanDocument {
  return operations.reduce((now, operation) => {
    if (operation.op === 'set_head') return { ...now, ...operation.head };
    const list = lists[operation.kind];
    const items = now[list] as Item[];
    if (operation.op === 'remove') return { ...now, [list]: items.filter(({ key }) => key !== operation.key) };
    const { item } = operation;
    const isThere = items.some(({ key }) => key === item.key);
    return {
      ...now,
      [list]: isThere
        ? items.map((each) => (each.key === item.key ? { ...each, ...item } : each))
        : [...items, { ...empty[operation.kind], ...item }],
    };
  }, document);
}

/** One language is enough: the other falls back to it. */
export const isNamed = ({ ja, en }: TwoLanguages) => ja.trim() !== '' || en.trim() !== '';

export type Lack = 'name' | 'measure' | 'target' | 'way' | 'value' | 'days';

/** What a goal still lacks before it can be saved. */
export function lackOfGoal(goal: Goal): Lack | null {
  if (!isNamed(goal.name)) return 'name';
  if (goal.kind === 'measure' && goal.measure === '') return 'measure';
  if (goal.kind !== 'yes_no') {
    if (goal.target === null) return 'target';
    if (goal.baseline !== null && directionOf(goal.baseline, goal.target) !== goal.direction) return 'way';
  }
  if (goal.value && goal.value.amount_minor === null && goal.value.quantity === null) return 'value';
  if (goal.start !== null && goal.due !== null && goal.due < goal.start) return 'days';
  return null;
}

/** Where a figure goes from its baseline to its target; nowhere where both are the same. */
export function directionOf(baseline: number | null, target: number | null): Goal['direction'] | null {
  if (baseline === null || target === null || baseline === target) return null;
  return target > baseline ? 'up' : 'down';
}

/** Which actions an action can wait for: not itself, and none that waits for it already. */
export function possibleBefore(actions: readonly Action[], key: string): Action[] {
  const waits = (from: Action, seen: ReadonlySet<string>): boolean =>
    from.depends_on.some((other) => {
      if (other === key) return true;
      if (seen.has(other)) return false;
      const next = actions.find((each) => each.key === other);
      return next !== undefined && waits(next, new Set([...seen, other]));
    });
  return actions.filter((action) => action.key !== key && !waits(action, new Set([action.key])));
}

export type Row =
  | { kind: 'goal'; key: string; goal: Goal | null }
  | { kind: 'action'; key: string; action: Action }
  | { kind: 'milestone'; key: string; milestone: Milestone };

const byDay = (a: string | null, b: string | null) => (a ?? '9999').localeCompare(b ?? '9999');

/** The lines of the timeline: goal after goal with its actions by day and its milestones; what has no goal at the end. */
export function rowsOf(document: PlanDocument): Row[] {
  const known = new Set(document.goals.map(({ key }) => key));
  const groups = [...document.goals, null];
  return groups.flatMap((goal): Row[] => {
    const belongs = (key: string | null) => (goal ? key === goal.key : key === null || !known.has(key));
    const actions = document.actions
      .filter((action) => belongs(action.goal))
      .toSorted((a, b) => byDay(a.start ?? a.due, b.start ?? b.due));
    const milestones = document.milestones
      .filter((milestone) => belongs(milestone.goal))
      .toSorted((a, b) => byDay(a.due, b.due));
    if (!goal && actions.length + milestones.length === 0) return [];
    return [
      { kind: 'goal', key: goal?.key ?? '', goal },
      ...actions.map((action): Row => ({ kind: 'action', key: action.key, action })),
      ...milestones.map((milestone): Row => ({ kind: 'milestone', key: milestone.key, milestone })),
    ];
  });
}
