import { describe, expect, it } from 'vitest';
import { isCondition } from '../../components/filter/condition';
import { atLevel, dueWithin, everything, moved, silentFor } from './book-address';
import { strongestPart } from './change-reasons';
import { homeSearch } from './search';

const part = (delta: number) => ({ delta, sentence: { en: String(delta), ja: String(delta) } });

describe('what moved a score', () => {
  it('is the largest part in the direction it went', () => {
    const parts = [part(2), part(-7), part(-3), part(9)];
    expect(strongestPart(parts, 'down')?.delta).toBe(-7);
    expect(strongestPart(parts, 'up')?.delta).toBe(9);
  });

  it('is nothing where no part went that way', () => {
    expect(strongestPart([part(2)], 'down')).toBeUndefined();
  });
});

describe('the lists in the book', () => {
  it('are conditions that the book can read', () => {
    for (const address of [dueWithin(90, 4), silentFor(14, undefined), moved('down', 4), atLevel('critical', 4)])
      expect(isCondition(address.filter)).toBe(true);
    expect(everything(undefined).filter).toBeUndefined();
  });

  it('are about the same accounts', () => {
    expect(dueWithin(90, 4).filter?.rules[0]).toEqual({ field: 'owner', operator: 'in', value: ['4'] });
    expect(dueWithin(90, undefined).filter?.rules).toHaveLength(1);
  });

  it('begin with those that moved furthest', () => {
    expect(moved('down', undefined).sort).toBe('score_change_28d');
    expect(moved('up', undefined).sort).toBe('-score_change_28d');
  });
});

it('speaks of all accounts unless the address says otherwise', () => {
  expect(homeSearch({ whose: 'mine' })).toEqual({ whose: 'mine' });
  expect(homeSearch({ whose: 'yours' })).toEqual({});
});
