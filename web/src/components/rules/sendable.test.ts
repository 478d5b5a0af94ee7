import { describe, expect, it } from 'vitest';
import type { FilterField } from '../filter/condition';
import { sameCondition, sendable } from './sendable';

const fields: FilterField[] = [{ name: 'score', label: 'Score', type: 'number' }];
const rule = (field: string, value: unknown, more = {}) => ({ field, operator: '<', value, ...more });

describe('what can be sent of a condition', () => {
  it('is without ids and without what is not filled in', () => {
    const condition = { id: 'x', combinator: 'and', rules: [rule('score', 50, { id: 'y' }), rule('score', '')] };
    expect(sendable(condition, fields)).toEqual({ combinator: 'and', rules: [rule('score', 50)] });
  });
  it('keeps a rule about a field that is not known', () => {
    const condition = { combinator: 'or', rules: [{ combinator: 'and', rules: [rule('measure.gone', 3)] }] };
    expect(sendable(condition, fields)).toEqual(condition);
  });
  it('is nothing where nothing is left', () => {
    expect(sendable({ combinator: 'and', rules: [rule('score', '')] }, fields)).toBeNull();
    expect(sendable(null, fields)).toBeNull();
  });
});

describe('equal conditions', () => {
  it('may differ in order of keys and in ids', () => {
    const a = { combinator: 'and', rules: [rule('score', 5, { id: '1' })] };
    const b = { id: 'r', rules: [{ value: 5, field: 'score', operator: '<' }], combinator: 'and' };
    expect(sameCondition(a, b)).toBe(true);
    expect(sameCondition(a, { ...b, combinator: 'or' })).toBe(false);
    expect(sameCondition(null, undefined)).toBe(true);
  });
});
