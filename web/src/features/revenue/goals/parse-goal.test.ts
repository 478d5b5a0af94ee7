import { describe, expect, it } from 'vitest';
import { parseAmount, parseShare } from './parse-goal';

describe('an amount', () => {
  it.each([
    ['3.1億', 310_000_000],
    ['3億1,000万円', 310_000_000],
    ['1,250万円', 12_500_000],
    ['１２５０万', 12_500_000],
    ['JPY 310M', 310_000_000],
    ['12.5k', 12_500],
    ['¥ 9800', 9800],
    ['0', 0],
  ])('in yen: %s', (text, yen) => expect(parseAmount(text, 'JPY')).toBe(yen));

  it('of a currency with cents is in cents', () => {
    expect(parseAmount('1.2M', 'USD')).toBe(120_000_000);
    expect(parseAmount('$12.50', 'USD')).toBe(1250);
  });

  it.each(['', 'many', '-5', '1.2.3', '5万億', '99999999999兆'])('is none: "%s"', (text) => {
    expect(parseAmount(text, 'JPY')).toBeUndefined();
  });
});

it.each([
  ['105%', 5, 1.05],
  ['93.25', 1, 0.9325],
  ['９５％', 1, 0.95],
  ['101', 1, undefined],
  ['-3', 1, undefined],
  ['', 1, undefined],
])('a share: "%s" of at most %d', (text, most, share) => {
  expect(parseShare(text, most)).toBe(share);
});
