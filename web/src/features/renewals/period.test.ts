import { expect, test } from 'vitest';
import { windowOf } from './period';

test('periods follow the fiscal year', () => {
  expect(windowOf('quarter', '2026-11-22', 4)).toEqual({ from: '2026-10-01', to: '2026-12-31' });
  expect(windowOf('quarter', '2026-11-22', 2)).toEqual({ from: '2026-11-01', to: '2027-01-31' });
  expect(windowOf('half', '2026-11-22', 4)).toEqual({ from: '2026-11-22', to: '2027-03-31' });
  expect(windowOf('year', '2026-11-22', 4)).toEqual({ from: '2026-11-22', to: '2027-12-31' });
  expect(windowOf('past', '2026-01-05', 4)).toEqual({ from: '2025-01-01', to: '2026-01-04' });
  expect(windowOf(undefined, '2026-11-22', 4)).toEqual({ from: undefined, to: undefined });
});
