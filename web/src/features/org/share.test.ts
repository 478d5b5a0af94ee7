import { describe, expect, it } from 'vitest';
import { shareOf } from './share';

const load = { accounts: 10, arr: { amount_minor: 500, currency: 'JPY' }, effort: 30 };

describe('shareOf', () => {
  it('tells the fullest of the limited figures', () => {
    expect(shareOf(load, { accounts: 20, arr_minor: 1000, effort: 40 })).toBe(0.75);
    expect(shareOf(load, { accounts: 5, arr_minor: null, effort: null })).toBe(2);
  });
  it('tells nothing without limits', () => {
    expect(shareOf(load, { accounts: null, arr_minor: null, effort: null })).toBeNull();
  });
  it('is over a limit of nothing by anything', () => {
    expect(shareOf(load, { accounts: 0, arr_minor: null, effort: null })).toBeGreaterThan(1);
    expect(shareOf({ ...load, accounts: 0 }, { accounts: 0, arr_minor: null, effort: null })).toBe(1);
  });
});
