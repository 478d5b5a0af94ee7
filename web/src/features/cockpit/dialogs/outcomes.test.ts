import { expect, test } from 'vitest';
import { commonOutcomes } from './outcomes';

const named = (outcome: 'success' | 'lost' | 'not_needed' | 'deferred') => ({
  outcome,
  name: { en: outcome, ja: outcome },
});
const byKind = [
  { kind: 'risk' as const, outcomes: [named('success'), named('lost')] },
  { kind: 'lifecycle' as const, outcomes: [named('success'), named('not_needed')] },
  { kind: 'objective' as const, outcomes: [named('success'), named('lost'), named('deferred')] },
];

const words = (...kinds: ('risk' | 'lifecycle' | 'objective')[]) =>
  commonOutcomes(byKind, new Set(kinds)).map(({ outcome }) => outcome);

test('of one kind all of its outcomes', () => {
  expect(words('lifecycle')).toEqual(['success', 'not_needed']);
});

test('of several kinds only what fits all of them', () => {
  expect(words('risk', 'objective')).toEqual(['success', 'lost']);
  expect(words('risk', 'lifecycle', 'objective')).toEqual(['success']);
});
