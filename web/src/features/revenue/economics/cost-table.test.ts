import { describe, expect, it } from 'vitest';
import { changesOf, costKey, costTable, parseAmount } from './cost-table';

describe('parseAmount', () => {
  it('reads what people type', () => {
    expect(parseAmount('12,500', 'JPY')).toBe(12_500);
    expect(parseAmount('１２５００', 'JPY')).toBe(12_500);
    expect(parseAmount('12.5', 'USD')).toBe(1_250);
    expect(parseAmount('12.00', 'JPY')).toBe(12);
    expect(parseAmount(' ', 'JPY')).toBeNull();
  });
  it('refuses what is no amount', () => {
    for (const text of ['-1', 'lots', '1.5', '1e9']) expect(parseAmount(text, 'JPY')).toBeUndefined();
  });
});

describe('changesOf', () => {
  const before = costTable(
    [
      { month: '2026-05-01', channel: 'Web', amount: { amount_minor: 1_000, currency: 'JPY' } },
      { month: '2026-05-01', channel: '展示会', amount: { amount_minor: 9_900, currency: 'USD' } },
    ],
    'JPY',
  );
  it('sends only what differs', () => {
    const after = new Map(before).set(costKey('2026-05-01', 'Web'), '').set(costKey('2026-06-01', 'Web'), '2,000');
    expect(changesOf(before, after, 'JPY')).toEqual([
      { month: '2026-05-01', channel: 'Web', amount: null },
      { month: '2026-06-01', channel: 'Web', amount: { amount_minor: 2_000, currency: 'JPY' } },
    ]);
    expect(changesOf(before, before, 'JPY')).toEqual([]);
  });
  it('sends nothing while a text is no amount', () => {
    expect(changesOf(before, new Map(before).set(costKey('2026-06-01', 'Web'), 'x'), 'JPY')).toBeUndefined();
  });
});
