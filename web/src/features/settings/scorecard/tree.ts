// Groups of a scorecard as a tree: adding, removing and moving without touching what was there before.
import type { ScorecardGroup, ScorecardItem } from '../types';

/** The way to a group: its place among its siblings, from the outermost inwards. Empty: the scorecard itself. */
export type GroupPath = readonly number[];

/** A measure or a group at a place within a parent. */
export interface Place {
  kind: 'measure' | 'group';
  parent: GroupPath;
  index: number;
}

/** Groups may lie in each other this deep. */
export const deepestGroup = 4;

const replaced = <Element>(list: readonly Element[], index: number, element: Element): Element[] =>
  list.map((other, at) => (at === index ? element : other));

const without = <Element>(list: readonly Element[], index: number): Element[] =>
  list.filter((_other, at) => at !== index);

const inserted = <Element>(list: readonly Element[], index: number, element: Element): Element[] => [
  ...list.slice(0, index),
  element,
  ...list.slice(index),
];

export function groupAt(groups: readonly ScorecardGroup[], path: GroupPath): ScorecardGroup | undefined {
  const [first, ...rest] = path;
  const group = first === undefined ? undefined : groups[first];
  return rest.length === 0 ? group : group && groupAt(group.groups ?? [], rest);
}

/** What lies directly in a parent. */
export function childrenOf(groups: readonly ScorecardGroup[], parent: GroupPath) {
  if (parent.length === 0) return { measures: [], groups };
  const group = groupAt(groups, parent);
  return { measures: group?.measures ?? [], groups: group?.groups ?? [] };
}

/** Applies a change to the groups that lie directly in a parent. */
function changeGroups(
  groups: readonly ScorecardGroup[],
  parent: GroupPath,
  change: (children: readonly ScorecardGroup[]) => ScorecardGroup[],
): ScorecardGroup[] {
  if (parent.length === 0) return change(groups);
  return changeGroup(groups, parent, (group) => ({ ...group, groups: change(group.groups ?? []) }));
}

export function changeGroup(
  groups: readonly ScorecardGroup[],
  path: GroupPath,
  change: (group: ScorecardGroup) => ScorecardGroup,
): ScorecardGroup[] {
  const [first, ...rest] = path;
  const group = first === undefined ? undefined : groups[first];
  if (first === undefined || !group) return [...groups];
  const next = rest.length === 0 ? change(group) : { ...group, groups: changeGroup(group.groups ?? [], rest, change) };
  return replaced(groups, first, next);
}

export function addGroup(groups: readonly ScorecardGroup[], parent: GroupPath, group: ScorecardGroup) {
  return changeGroups(groups, parent, (children) => [...children, group]);
}

export function addItem(groups: readonly ScorecardGroup[], parent: GroupPath, item: ScorecardItem) {
  return changeGroup(groups, parent, (group) => ({ ...group, measures: [...(group.measures ?? []), item] }));
}

export function changeItem(
  groups: readonly ScorecardGroup[],
  parent: GroupPath,
  index: number,
  item: ScorecardItem,
): ScorecardGroup[] {
  return changeGroup(groups, parent, (group) => ({ ...group, measures: replaced(group.measures ?? [], index, item) }));
}

export function removeAt(groups: readonly ScorecardGroup[], { kind, parent, index }: Place): ScorecardGroup[] {
  if (kind === 'group') return changeGroups(groups, parent, (children) => without(children, index));
  return changeGroup(groups, parent, (group) => ({ ...group, measures: without(group.measures ?? [], index) }));
}

const isSame = (a: GroupPath, b: GroupPath) => a.length === b.length && a.every((step, at) => step === b[at]);

const startsWith = (path: GroupPath, start: GroupPath) => start.every((step, at) => path[at] === step);

/** How many groups lie within each other, this one counted. */
export function depthOf(group: ScorecardGroup): number {
  return 1 + Math.max(0, ...(group.groups ?? []).map(depthOf));
}

/** Whether what lies at `from` may go into `parent`: not into itself, not too deep, measures only into groups. */
export function mayMove(groups: readonly ScorecardGroup[], from: Place, parent: GroupPath): boolean {
  if (from.kind === 'measure') return parent.length > 0;
  const path = [...from.parent, from.index];
  const group = groupAt(groups, path);
  return group !== undefined && !startsWith(parent, path) && parent.length + depthOf(group) <= deepestGroup;
}

/** Where a path leads after the group at `gone` was taken out. */
function afterRemoval(path: GroupPath, gone: Place): GroupPath {
  const depth = gone.parent.length;
  if (gone.kind !== 'group' || path.length <= depth || !startsWith(path, gone.parent)) return path;
  return path[depth]! > gone.index ? replaced(path, depth, path[depth]! - 1) : path;
}

/** Moves a measure or a group before the one at `index` of `parent`, counted before the move. */
export function moveTo(
  groups: readonly ScorecardGroup[],
  from: Place,
  parent: GroupPath,
  index: number,
): ScorecardGroup[] {
  if (!mayMove(groups, from, parent)) return [...groups];
  const { measures, groups: siblings } = childrenOf(groups, from.parent);
  const rest = removeAt(groups, from);
  const target = afterRemoval(parent, from);
  const at = isSame(from.parent, parent) && index > from.index ? index - 1 : index;
  if (from.kind === 'group') {
    const group = siblings[from.index];
    return group ? changeGroups(rest, target, (children) => inserted(children, at, group)) : [...groups];
  }
  const item = measures[from.index];
  if (!item) return [...groups];
  return changeGroup(rest, target, (group) => ({ ...group, measures: inserted(group.measures ?? [], at, item) }));
}

/** One step up (-1) or down (1) among its siblings; unchanged at the end of the list. */
export function moveBy(groups: readonly ScorecardGroup[], place: Place, step: -1 | 1): ScorecardGroup[] {
  const { measures, groups: siblings } = childrenOf(groups, place.parent);
  const count = place.kind === 'group' ? siblings.length : measures.length;
  const next = place.index + step;
  if (next < 0 || next >= count) return [...groups];
  return moveTo(groups, place, place.parent, step === 1 ? next + 1 : next);
}

/** All groups with their ways, in order of reading. */
export function allGroups(groups: readonly ScorecardGroup[], parent: GroupPath = []) {
  return groups.flatMap((group, index): { group: ScorecardGroup; path: GroupPath }[] => {
    const path = [...parent, index];
    return [{ group, path }, ...allGroups(group.groups ?? [], path)];
  });
}

export function allItems(groups: readonly ScorecardGroup[]): ScorecardItem[] {
  return allGroups(groups).flatMap(({ group }) => group.measures ?? []);
}

/** A key of small letters and digits that nothing else has. */
export function freeKey(base: string, taken: readonly string[]): string {
  const used = new Set(taken);
  if (!used.has(base)) return base;
  for (let number = 2; ; number += 1) {
    if (!used.has(`${base}_${number}`)) return `${base}_${number}`;
  }
}

/** "groups[0].groups[1]", as the server names a place. */
export function pathText(path: GroupPath): string {
  return path.map((index) => `groups[${index}]`).join('.');
}
