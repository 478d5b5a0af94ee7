import { expect, it } from 'vitest';
import type { Goals } from '../types';
import { shownQuarters, withGoal } from './quarters';

const set = { quarter: '2026-10-01', arr: 500, nrr: 1.05, grr: null, new: null, churn: 0, progress: [] };
const goals: Goals = { currency: 'JPY', fiscal_start: 4, items: [set, { ...set, quarter: '2024-04-01' }] };

it('shows a year around the day, and what was set before', () => {
  const shown = shownQuarters(goals, '2026-11-22');
  expect(shown.map(({ quarter }) => quarter)).toEqual([
    '2027-10-01',
    '2027-07-01',
    '2027-04-01',
    '2027-01-01',
    '2026-10-01',
    '2026-07-01',
    '2026-04-01',
    '2026-01-01',
    '2025-10-01',
    '2024-04-01',
  ]);
  expect(shown[4]).toBe(set);
  expect(shown[0]).toMatchObject({ arr: null, progress: [] });
});

it('changes one goal and keeps the others', () => {
  expect(withGoal(set, 'grr', 0.93)).toEqual({
    quarter: '2026-10-01',
    arr: 500,
    nrr: 1.05,
    grr: 0.93,
    new: null,
    churn: 0,
  });
  expect(withGoal(set, 'churn', null)).toMatchObject({ churn: null, arr: 500 });
});
