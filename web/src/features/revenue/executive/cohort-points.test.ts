import { expect, it } from 'vitest';
import { cohortPoints, shadeOf } from './cohort-points';

it('leaves out what is not known yet', () => {
  const cohorts = [
    { start: '2026-04-01', accounts: 3, retained: [1, 0.9, null] },
    { start: '2026-07-01', accounts: 2, retained: [1] },
  ];
  expect(cohortPoints(cohorts)).toEqual([
    { row: 0, column: 0, share: 1 },
    { row: 0, column: 1, share: 0.9 },
    { row: 1, column: 0, share: 1 },
  ]);
});

it('shades by share, within bounds on which a figure can be read', () => {
  expect(shadeOf(0)).toBeCloseTo(0.04);
  expect(shadeOf(0.8)).toBeCloseTo(0.29);
  expect(shadeOf(3)).toBeCloseTo(0.54);
});
