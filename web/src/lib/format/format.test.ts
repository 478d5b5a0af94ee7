import { describe, expect, it } from 'vitest';
import {
  addDays,
  dayOf,
  daysBetween,
  fiscalQuarter,
  formatDay,
  formatDuration,
  formatFiscalQuarter,
  formatInstant,
  formatRelativeDay,
  isDay,
} from './date';
import { formatMoney, formatMoneyExact } from './money';
import { formatChange, formatNumber, formatPercent } from './number';

const yen = (amount_minor: number) => ({ amount_minor, currency: 'JPY' });
const dollars = (amount_minor: number) => ({ amount_minor, currency: 'USD' });

describe('money', () => {
  it.each([
    [yen(310_000_000), '3.1億円', 'JPY 310M'],
    [yen(12_500_000), '1,250万円', 'JPY 12.5M'],
    [yen(9_800), '9,800円', 'JPY 9,800'],
    [yen(10_000), '1万円', 'JPY 10K'],
    [yen(99_999_999), '1億円', 'JPY 100M'],
    [yen(999_960), '100万円', 'JPY 1M'],
    [yen(-12_500_000), '−1,250万円', '−JPY 12.5M'],
    [yen(0), '0円', 'JPY 0'],
    [dollars(125_050), '1,250.50米ドル', 'USD 1,250.50'],
    [{ amount_minor: 5_000_000, currency: 'SGD' }, '5万 SGD', 'SGD 50K'],
  ])('%o', (money, ja, en) => {
    expect(formatMoney(money, 'ja')).toBe(ja);
    expect(formatMoney(money, 'en')).toBe(en);
  });

  it('keeps every digit where asked to', () => {
    expect(formatMoneyExact(yen(12_503_200), 'ja')).toBe('12,503,200円');
    expect(formatMoneyExact(dollars(125_050), 'en')).toBe('USD 1,250.50');
  });

  it('shows a dash for what is not known', () => {
    expect(formatMoney(null, 'ja')).toBe('–');
  });
});

describe('numbers', () => {
  it('groups, signs and never turns an absent value into zero', () => {
    expect(formatNumber(1234567, 'ja')).toBe('1,234,567');
    expect(formatPercent(0.124, 'en')).toBe('12.4%');
    expect(formatChange(-4.2, 'en', 1)).toBe('−4.2');
    expect(formatChange(0.01, 'en')).toBe('±0');
    expect(formatNumber(undefined, 'ja')).toBe('–');
  });
});

describe('dates', () => {
  it('writes days', () => {
    expect(formatDay('2026-11-21', 'ja')).toBe('2026年11月21日(土)');
    expect(formatDay('2026-11-21', 'en')).toBe('21 Nov 2026');
    expect(isDay('2026-02-30')).toBe(false);
  });

  it('puts an instant on the day and clock of the zone of the viewer', () => {
    expect(dayOf('2026-11-20T15:05:00Z', 'Asia/Tokyo')).toBe('2026-11-21');
    expect(formatInstant('2026-11-20T15:05:00Z', 'ja', 'Asia/Tokyo')).toBe('2026年11月21日(土) 0:05');
    expect(formatInstant('2026-11-20T15:05:00Z', 'en', 'Europe/London')).toBe('20 Nov 2026, 15:05');
  });

  it.each([
    [0, '今日', 'today'],
    [-1, '昨日', 'yesterday'],
    [-3, '3日前', '3 days ago'],
    [14, '2週間後', 'in 2 weeks'],
    [90, '3か月後', 'in 3 months'],
    [-800, '2年前', '2 years ago'],
  ])('speaks of %i days', (count, ja, en) => {
    const today = '2026-11-21';
    expect(formatRelativeDay(addDays(today, count), today, 'ja')).toBe(ja);
    expect(formatRelativeDay(addDays(today, count), today, 'en')).toBe(en);
    expect(daysBetween(today, addDays(today, count))).toBe(count);
  });

  it('speaks of remaining time', () => {
    expect(formatDuration(12, 'ja')).toBe('約12秒');
    expect(formatDuration(200, 'en')).toBe('about 3 min');
  });
});

describe('fiscal quarters', () => {
  it.each([
    ['2026-11-21', 4, '2026年度第3四半期', 'FY2026 Q3'],
    ['2027-01-10', 4, '2026年度第4四半期', 'FY2026 Q4'],
    ['2027-03-31', 4, '2026年度第4四半期', 'FY2026 Q4'],
    ['2026-04-01', 4, '2026年度第1四半期', 'FY2026 Q1'],
    ['2026-11-21', 1, '2026年度第4四半期', 'FY2026 Q4'],
    ['2026-11-21', 12, '2025年度第4四半期', 'FY2025 Q4'],
  ])('%s from month %i', (day, startMonth, ja, en) => {
    expect(formatFiscalQuarter(day, startMonth, 'ja')).toBe(ja);
    expect(formatFiscalQuarter(day, startMonth, 'en')).toBe(en);
    expect(fiscalQuarter(day, startMonth).quarter).toBeGreaterThan(0);
  });
});

it('what rounds to nothing has no sign', () => {
  expect(formatNumber(-0.3, 'en')).toBe('0');
  expect(formatPercent(-0.0004, 'ja')).toBe('0%');
  expect(formatNumber(-3.2, 'en')).toBe('−3');
});
