import { expect, test } from 'vitest';
import type { Call, CallList } from '../../api/work';
import { changedCall, changedList, isListed } from './optimistic';

const call = (id: number, status: Call['status'] = 'open') =>
  ({ id, status, severity: 'low', assignee: null, responsible: { id: 1, name: '佐藤' }, snooze: null }) as Call;
const list = (...items: Call[]) => ({ items, total: items.length + 100 }) as CallList;
const people = [{ id: 2, name: '鈴木' }];

test('active is open and in progress', () => {
  expect(isListed('open', undefined)).toBe(true);
  expect(isListed('in_progress', 'active')).toBe(true);
  expect(isListed('snoozed', 'active')).toBe(false);
  expect(isListed('snoozed', 'open,snoozed')).toBe(true);
  expect(isListed('closed', 'all')).toBe(true);
});

test('whoever it is given to answers for it; without one it falls to the role, which the server knows', () => {
  expect(changedCall(call(1), { ids: [1], action: 'assign', assignee_id: 2 }, people).responsible?.name).toBe('鈴木');
  const byRole = changedCall(call(1), { ids: [1], action: 'assign', assignee_id: null }, people);
  expect(byRole).toMatchObject({ assignee: null, responsible: { name: '佐藤' } });
});

test('a closed call leaves the list of active ones at once, and the count follows', () => {
  const close = { ids: [1], action: 'close', outcome: 'success' } as const;
  const after = changedList(list(call(1), call(2)), new Set([1]), { ...close, ids: [1] }, people, undefined);
  expect(after.items.map(({ id }) => id)).toEqual([2]);
  expect(after.total).toBe(101);
});

test('what stays in the list stays in its place', () => {
  const after = changedList(
    list(call(1), call(2), call(3)),
    new Set([2]),
    { ids: [2], action: 'severity', severity: 'critical' },
    people,
    'open',
  );
  expect(after.items.map(({ id, severity }) => [id, severity])).toEqual([
    [1, 'low'],
    [2, 'critical'],
    [3, 'low'],
  ]);
  expect(after.total).toBe(103);
});

test('a deed that changes no status never takes a row away, whatever the list asks for', () => {
  const after = changedList(
    list(call(1, 'closed')),
    new Set([1]),
    { ids: [1], action: 'feedback', verdict: 'useful' },
    people,
    'open',
  );
  expect(after.items[0]?.feedback?.verdict).toBe('useful');
});
