import { describe, expect, it } from 'vitest';
import { addMonths, fiscalYearName, monthOf, monthsBetween, periodOf, rangeOf } from './periods';

describe('months', () => {
  it('are named by their first day', () => {
    expect(monthOf('2026-11-22')).toBe('2026-11-01');
    expect(addMonths('2026-11-01', 2)).toBe('2027-01-01');
    expect(addMonths('2026-01-01', -1)).toBe('2025-12-01');
    expect(addMonths('2026-03-01', -24)).toBe('2024-03-01');
  });

  it('are listed from the first to the last', () => {
    expect(monthsBetween('2025-12-15', '2026-02-03')).toEqual(['2025-12-01', '2026-01-01', '2026-02-01']);
    expect(monthsBetween('2026-03-01', '2026-02-01')).toEqual([]);
    expect(monthsBetween('1990-01-01', '2026-02-01')).toHaveLength(120);
  });
});

describe('periods', () => {
  it.each([
    ['month', '2026-11-22', 4, '2026-11-01'],
    ['quarter', '2026-11-22', 4, '2026-10-01'],
    ['quarter', '2027-01-31', 4, '2027-01-01'],
    ['quarter', '2026-11-22', 2, '2026-11-01'],
    ['fiscal_year', '2026-11-22', 4, '2026-04-01'],
    ['fiscal_year', '2026-03-31', 4, '2025-04-01'],
    ['fiscal_year', '2026-03-31', 1, '2026-01-01'],
  ] as const)('the %s of %s with a year from month %i', (grain, day, start, expected) => {
    expect(periodOf(day, grain, start)).toBe(expected);
  });

  it('say the year in which they begin', () => {
    expect(fiscalYearName('2027-02-01', 4, 'ja')).toBe('2026年度');
    expect(fiscalYearName('2027-02-01', 4, 'en')).toBe('FY2026');
  });

  it('move with the day', () => {
    expect(rangeOf('last12', '2026-11-22', 4)).toEqual({ from: '2025-12-01', to: '2026-11-01' });
    expect(rangeOf('fiscalYear', '2026-11-22', 4)).toEqual({ from: '2026-04-01', to: '2026-11-01' });
    expect(rangeOf('fiscalYearBefore', '2026-11-22', 4)).toEqual({ from: '2025-04-01', to: '2026-03-01' });
  });
});
