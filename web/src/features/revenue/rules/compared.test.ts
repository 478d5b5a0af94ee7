import { describe, expect, it } from 'vitest';
import type { Amounts, Cell, RuleSet, RulesDifference } from '../types';
import { accountsApart, comparedKey, farthest, kindsApart, widest } from './compared';

const none = {
  new: 0,
  expansion: 0,
  reactivation: 0,
  transfer_in: 0,
  contraction: 0,
  churn: 0,
  transfer_out: 0,
  currency: 0,
};
const amounts = (part: Partial<Amounts>): Amounts => ({ ...none, opening: 0, closing: 0, ...part });
const month = (left: Partial<Amounts>, right: Partial<Amounts>) => ({
  month: '2026-10-01',
  left: amounts(left) as Cell,
  right: amounts(right) as Cell,
});

const months = [
  month({ opening: 100, churn: -10, closing: 90 }, { opening: 100, churn: -30, closing: 70 }),
  month({ opening: 90, churn: -5, new: 4, closing: 89 }, { opening: 70, reactivation: 6, new: 4, closing: 80 }),
];

describe('two ways of counting', () => {
  it('are set against each other over the whole period', () => {
    expect(kindsApart(months)).toEqual([
      { key: 'opening', left: 100, right: 100 },
      { key: 'new', left: 4, right: 4 },
      { key: 'reactivation', left: 0, right: 6 },
      { key: 'churn', left: -15, right: -30 },
      { key: 'closing', left: 89, right: 80 },
    ]);
  });

  it('are asked first where they differ most', () => {
    expect(widest(months)).toBe('churn');
    expect(widest([])).toBe('closing');
  });

  it('differ account by account, and the accounts sum to the difference', () => {
    const item = (id: number, right: Partial<Amounts>) =>
      ({ account: { id, name: '' }, left: amounts({}), right: amounts(right) }) as RulesDifference;
    const apart = accountsApart(
      [item(1, { churn: -5 }), item(2, { churn: -20 }), item(3, { new: 9 }), item(4, { churn: 10 })],
      'churn',
    );
    expect(apart.map(({ difference, amount }) => [difference.account.id, amount])).toEqual([
      [2, -20],
      [4, 10],
      [1, -5],
    ]);
    expect(apart.reduce((sum, { amount }) => sum + amount, 0)).toBe(-30 - -15);
  });

  it('are farthest apart where most switches differ', () => {
    const set = (key: string, ...settings: string[]) =>
      ({ key, settings: settings.map((en, at) => ({ key: `${at}`, setting: { en, ja: en } })) }) as RuleSet;
    const own = set('own', 'a', 'b', 'c');
    expect(farthest(own, [own, set('near', 'a', 'b', 'x'), set('far', 'x', 'b', 'x')])?.key).toBe('far');
    expect(farthest(own, [own])).toBeUndefined();
  });

  it('know the kinds that an address can name', () => {
    expect(comparedKey('churn')).toBe('churn');
    expect(comparedKey('profit')).toBeUndefined();
  });
});
