import { expect, test } from 'vitest';
import { callKinds, callSeverities } from '../../api/work';
import { chosen, isNarrowed, questionOf, taskQuestionOf, toggled } from './question';

const today = '2026-11-20';

test('the bare address asks for my own open work by rank', () => {
  expect(questionOf({}, today)).toEqual({ scope: 'me' });
});

test('what the address carries beyond what is known is dropped', () => {
  expect(questionOf({ kind: 'risk,nonsense', severity: 'nonsense' }, today)).toEqual({ scope: 'me', kind: 'risk' });
});

test('due words become days of the book', () => {
  expect(questionOf({ due: 'late' }, today)).toMatchObject({ overdue: true });
  expect(questionOf({ due: 'today' }, today)).toMatchObject({ due_to: '2026-11-20' });
  expect(questionOf({ due: 'week' }, today)).toMatchObject({ due_to: '2026-11-27' });
  expect(questionOf({ due: 'week', day: '2026-12-01' }, today)).toMatchObject({
    due_from: '2026-12-01',
    due_to: '2026-12-01',
  });
});

test('a sort is a column and a direction', () => {
  expect(questionOf({ sort: '-value' }, today)).toMatchObject({ sort: 'value', order: 'desc' });
  expect(questionOf({ sort: 'due' }, today)).toMatchObject({ sort: 'due', order: 'asc' });
});

test('tasks are narrowed by the same words', () => {
  expect(taskQuestionOf({ scope: 'team', state: 'all', q: '青', kind: 'risk' }, today)).toEqual({
    scope: 'team',
    state: 'all',
    q: '青',
  });
});

test('choices go in and out, in a fixed order; all of them is none', () => {
  expect(toggled(undefined, callSeverities, 'low')).toBe('low');
  expect(toggled('low', callSeverities, 'critical')).toBe('critical,low');
  expect(toggled('critical,low', callSeverities, 'low')).toBe('critical');
  expect(toggled('critical', callSeverities, 'critical')).toBeUndefined();
  expect(toggled('critical,high,medium', callSeverities, 'low')).toBeUndefined();
  expect(chosen('renewal,risk', callKinds)).toEqual(['risk', 'renewal']);
});

test('whose work it is does not count as narrowing', () => {
  expect(isNarrowed({ scope: 'team', room: 'board' })).toBe(false);
  expect(isNarrowed({ due: 'late' })).toBe(true);
});
