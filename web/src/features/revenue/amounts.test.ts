import { describe, expect, it } from 'vitest';
import { waterfallRemainder } from '../../components/chart/waterfall';
import { difference, shownKinds, sumOfPeriods, unexplained, waterfallSteps } from './amounts';
import type { Amounts } from './types';

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
const october: Amounts = { ...none, opening: 100, new: 30, churn: -20, closing: 110 };
const november: Amounts = { ...none, opening: 110, expansion: 5, currency: -2, closing: 113 };

describe('movements', () => {
  it('of several periods begin with the first and end with the last', () => {
    const both = sumOfPeriods([october, november]);
    expect(both).toEqual({ ...none, opening: 100, new: 30, expansion: 5, churn: -20, currency: -2, closing: 113 });
    expect(unexplained(both)).toBe(0);
    expect(unexplained(sumOfPeriods([]))).toBe(0);
  });

  it('tell what they leave unexplained', () => {
    expect(unexplained({ ...october, closing: 111 })).toBe(1);
  });

  it('say that nobody left, but not that nothing was transferred', () => {
    expect(shownKinds(november)).toEqual(['new', 'expansion', 'contraction', 'churn', 'currency']);
  });

  it('hang together in a waterfall', () => {
    const steps = waterfallSteps(october, (key) => key);
    expect(steps.map(({ key }) => key)).toEqual(['opening', 'new', 'expansion', 'contraction', 'churn', 'closing']);
    expect(waterfallRemainder(steps)).toBe(0);
  });

  it('count what came with an account from another segment or owner', () => {
    const moved = sumOfPeriods([{ ...november, regrouped: -7, closing: 106 }]);
    expect(unexplained(moved)).toBe(0);
    expect(waterfallRemainder(waterfallSteps(moved, (key) => key))).toBe(0);
  });

  it('differ kind by kind', () => {
    expect(difference(october, november)).toMatchObject({ opening: 10, new: -30, churn: 20, closing: 3 });
  });
});
