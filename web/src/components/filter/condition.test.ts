import { expect, it } from 'vitest';
import {
  completeCondition,
  countRules,
  fitValues,
  isCondition,
  operatorsOf,
  type Condition,
  type FilterField,
} from './condition';

const fields: FilterField[] = [
  { name: 'arr', label: 'ARR', type: 'money' },
  { name: 'renewal_day', label: 'Renewal', type: 'day' },
  { name: 'score.health', label: 'Score', type: 'number', hasHistory: true },
  { name: 'phase', label: 'Phase', type: 'choice' },
];
const rule = (field: string, operator: string, value: unknown) => ({ id: 'x', field, operator, value });

it('offers time operators only where there is a history', () => {
  expect(operatorsOf(fields[2]!)).toContain('fellByPercent');
  expect(operatorsOf(fields[0]!)).not.toContain('fellByPercent');
  const level = operatorsOf({ name: 'level', label: 'Level', type: 'choice', hasHistory: true });
  expect(level).toContain('worsenedWithin');
  expect(level).not.toContain('fellByPercent');
});

it('replaces a value that no longer fits its operator and keeps one that does', () => {
  const before: Condition = {
    combinator: 'and',
    rules: [rule('renewal_day', 'withinDays', '2026-11-22'), rule('arr', '>=', 5)],
  };
  const after = fitValues(before, fields);
  expect(after.rules).toMatchObject([{ value: { days: 30, direction: 'next' } }, { value: 5 }]);
});

it('asks the server only what is complete', () => {
  const condition: Condition = {
    id: 'root',
    combinator: 'and',
    rules: [
      rule('arr', '>=', ''),
      rule('phase', 'in', []),
      rule('unknown', '=', 1),
      {
        combinator: 'or',
        rules: [rule('phase', 'null', ''), rule('score.health', 'fellByPercent', { percent: 30, days: 28 })],
      },
    ],
  };
  expect(completeCondition(condition, fields)).toEqual({
    combinator: 'and',
    rules: [
      {
        combinator: 'or',
        rules: [
          { field: 'phase', operator: 'null', value: null },
          { field: 'score.health', operator: 'fellByPercent', value: { percent: 30, days: 28 } },
        ],
      },
    ],
  });
  expect(countRules(condition)).toBe(5);
  expect(completeCondition({ combinator: 'and', rules: [rule('arr', '=', '')] }, fields)).toBeUndefined();
});

it('recognises a condition in an address', () => {
  expect(isCondition({ combinator: 'and', rules: [{ field: 'arr', operator: '>', value: 1 }] })).toBe(true);
  expect(isCondition({ combinator: 'xor', rules: [] })).toBe(false);
  expect(isCondition({ combinator: 'and', rules: [7] })).toBe(false);
  expect(isCondition('and')).toBe(false);
});
