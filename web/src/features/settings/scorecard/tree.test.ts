import { expect, test } from 'vitest';
import type { ScorecardGroup } from '../types';
import { addGroup, addItem, allGroups, allItems, freeKey, mayMove, moveBy, moveTo, pathText, removeAt } from './tree';

const item = (measure: string) => ({ measure, weight: 1, missing: 'ignore' as const });

const group = (key: string, measures: string[], groups: ScorecardGroup[] = []): ScorecardGroup => ({
  key,
  name: { en: key, ja: key },
  weight: 1,
  measures: measures.map(item),
  groups,
});

/** use(a, b, deep(c, deeper(d))), talk(e) */
const groups = [group('use', ['a', 'b'], [group('deep', ['c'], [group('deeper', ['d'])])]), group('talk', ['e'])];

/** The tree as text, to compare at a glance. */
function drawn(list: readonly ScorecardGroup[]): string {
  return list
    .map((each) => {
      const inner = [...(each.measures ?? []).map(({ measure }) => measure), drawn(each.groups ?? [])];
      return `${each.key}(${inner.filter(Boolean).join(' ')})`;
    })
    .join(' ');
}

test('adds groups and measures at any depth', () => {
  expect(drawn(addGroup(groups, [], group('new', [])))).toBe('use(a b deep(c deeper(d))) talk(e) new()');
  expect(drawn(addGroup(groups, [0, 0], group('new', [])))).toBe('use(a b deep(c deeper(d) new())) talk(e)');
  expect(drawn(addItem(groups, [0, 0, 0], item('f')))).toBe('use(a b deep(c deeper(d f))) talk(e)');
});

test('removes measures and groups with all that is in them', () => {
  expect(drawn(removeAt(groups, { kind: 'measure', parent: [0], index: 0 }))).toBe('use(b deep(c deeper(d))) talk(e)');
  expect(drawn(removeAt(groups, { kind: 'group', parent: [0], index: 0 }))).toBe('use(a b) talk(e)');
});

test('steps up and down among siblings and stays at the ends', () => {
  expect(drawn(moveBy(groups, { kind: 'measure', parent: [0], index: 0 }, 1))).toBe(
    'use(b a deep(c deeper(d))) talk(e)',
  );
  expect(drawn(moveBy(groups, { kind: 'measure', parent: [0], index: 1 }, 1))).toBe(drawn(groups));
  expect(drawn(moveBy(groups, { kind: 'group', parent: [], index: 1 }, -1))).toBe('talk(e) use(a b deep(c deeper(d)))');
  expect(drawn(moveBy(groups, { kind: 'group', parent: [], index: 0 }, -1))).toBe(drawn(groups));
});

test('moves a measure into another group, and the way to that group stays right', () => {
  expect(drawn(moveTo(groups, { kind: 'measure', parent: [1], index: 0 }, [0, 0], 0))).toBe(
    'use(a b deep(e c deeper(d))) talk()',
  );
  expect(drawn(moveTo(groups, { kind: 'group', parent: [], index: 0 }, [1], 0))).toBe(
    'talk(e use(a b deep(c deeper(d))))',
  );
  expect(drawn(moveTo(groups, { kind: 'group', parent: [0], index: 0 }, [], 2))).toBe(
    'use(a b) talk(e) deep(c deeper(d))',
  );
});

test('refuses to move a group into itself or too deep, and a measure out of all groups', () => {
  const use = { kind: 'group', parent: [], index: 0 } as const;
  expect(mayMove(groups, use, [0, 0])).toBe(false);
  expect(drawn(moveTo(groups, use, [0, 0], 0))).toBe(drawn(groups));
  expect(mayMove(groups, { kind: 'group', parent: [], index: 1 }, [0, 0, 0])).toBe(true);
  const four = addGroup(groups, [1], group('half', [], [group('whole', [])]));
  expect(mayMove(four, { kind: 'group', parent: [], index: 1 }, [0, 0])).toBe(false);
  expect(mayMove(groups, { kind: 'measure', parent: [1], index: 0 }, [])).toBe(false);
});

test('reads the tree in order and names places as the server does', () => {
  expect(allGroups(groups).map(({ path }) => pathText(path))).toEqual([
    'groups[0]',
    'groups[0].groups[0]',
    'groups[0].groups[0].groups[0]',
    'groups[1]',
  ]);
  expect(allItems(groups).map(({ measure }) => measure)).toEqual(['a', 'b', 'c', 'd', 'e']);
});

test('finds a key that nothing else has', () => {
  expect(freeKey('group', ['use'])).toBe('group');
  expect(freeKey('group', ['group', 'group_2'])).toBe('group_3');
});
