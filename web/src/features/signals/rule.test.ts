import { describe, expect, it } from 'vitest';
import { faultsByPart, forTrial, isComplete, sameRule } from './rule';
import { newRule, withDefaults } from './types';

const rule = {
  ...newRule,
  name: { ja: '静かな苦戦', en: 'Silent struggle' },
  explanation: { ja: '{score}', en: '{score}' },
  condition: { combinator: 'and', rules: [{ field: 'score', operator: '<', value: 50 }] },
};

describe('a signal rule', () => {
  it('is complete with names, explanation and condition', () => {
    expect(isComplete(rule)).toBe(true);
    expect(isComplete({ ...rule, condition: null })).toBe(false);
    expect(isComplete({ ...rule, explanation: { ja: ' ', en: 'x' } })).toBe(false);
  });
  it('is the same whatever the order of its parts', () => {
    const turned = Object.fromEntries(Object.entries(rule).reverse()) as unknown as typeof rule;
    expect(sameRule(rule, turned)).toBe(true);
    expect(sameRule(rule, { ...rule, cooldown_days: 31 })).toBe(false);
    expect(sameRule(rule, { ...rule, scope: rule.condition })).toBe(false);
    expect(sameRule(rule, { ...rule, call: { ...rule.call, role: 'support' } })).toBe(false);
  });
  it('takes defaults for what was left out', () => {
    expect(withDefaults({ call: { role: 'product' } as typeof rule.call }).call).toMatchObject({
      role: 'product',
      due_business_days: 5,
    });
  });
  it('can be tried before it is named', () => {
    expect(forTrial({ ...rule, name: { ja: '', en: '' } }).name).toEqual({ ja: '–', en: '–' });
    expect(forTrial(rule)).toEqual(rule);
  });
  it('shows a fault at the part that it is about', () => {
    const faults = faultsByPart([
      { field: 'condition.rules[0].field', message: 'unknown' },
      { field: 'explanation.ja', message: 'too long' },
      { field: 'something', message: 'else' },
    ]);
    expect(faults).toEqual({ condition: 'unknown', explanation: 'too long' });
  });
});
