import { expect, test } from 'vitest';
import type { FreeDay } from '../../api/free-days';
import { businessDaysAfter } from './business-days';

// 21 and 22 November 2026 are a weekend, the 23rd is a national holiday.
const free = new Map<string, FreeDay>(
  ['2026-11-21', '2026-11-22', '2026-11-23'].map((day) => [day, { day, kind: 'weekend', name: null }]),
);

test('a long weekend is stepped over', () => {
  expect(businessDaysAfter('2026-11-20', 1, free)).toBe('2026-11-24');
  expect(businessDaysAfter('2026-11-20', 3, free)).toBe('2026-11-26');
});

test('from a free day the first step leads to the next business day', () => {
  expect(businessDaysAfter('2026-11-22', 1, free)).toBe('2026-11-24');
});

test('no step is the day itself', () => {
  expect(businessDaysAfter('2026-11-20', 0, free)).toBe('2026-11-20');
});
