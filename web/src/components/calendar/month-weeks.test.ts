import { expect, test } from 'vitest';
import { monthBeside, spanOf, weekdayOf, weeksOf } from './month-weeks';

test('the week begins on Monday', () => {
  expect(weekdayOf('2026-11-23')).toBe(0);
  expect(weekdayOf('2026-11-22')).toBe(6);
});

test('a month is shown in whole weeks', () => {
  const weeks = weeksOf('2026-11-15');
  expect(weeks).toHaveLength(6);
  expect(weeks[0]).toEqual([
    '2026-10-26',
    '2026-10-27',
    '2026-10-28',
    '2026-10-29',
    '2026-10-30',
    '2026-10-31',
    '2026-11-01',
  ]);
  expect(spanOf('2026-11-01')).toEqual({ from: '2026-10-26', to: '2026-12-06' });
});

test('February of four weeks that begins on a Monday has no days of others', () => {
  expect(weeksOf('2027-02-10')).toHaveLength(4);
  expect(spanOf('2027-02-10')).toEqual({ from: '2027-02-01', to: '2027-02-28' });
});

test('months go on over the turn of the year', () => {
  expect(monthBeside('2026-12-31', 1)).toBe('2027-01-01');
  expect(monthBeside('2027-01-05', -1)).toBe('2026-12-01');
  expect(monthBeside('2026-01-31', -13)).toBe('2024-12-01');
});
