import type { Condition } from '../../components/filter/condition';
import type { Level } from '../../lib/level';

interface BookAddress {
  filter?: Condition;
  levels?: string;
  sort?: string;
}

type Rules = Condition['rules'];

/** The list in the book behind a figure on this page, for the same accounts. */
function inBook(mineOf: number | undefined, rules: Rules, sort?: string): BookAddress {
  const own: Rules = mineOf === undefined ? [] : [{ field: 'owner', operator: 'in', value: [String(mineOf)] }];
  const all = [...own, ...rules];
  return { filter: all.length > 0 ? { combinator: 'and', rules: all } : undefined, sort };
}

export function atLevel(level: Level, mineOf: number | undefined): BookAddress {
  return { ...inBook(mineOf, [], '-arr'), levels: level };
}

export function dueWithin(days: number, mineOf: number | undefined): BookAddress {
  const rule = { field: 'renewal_day', operator: 'withinDays', value: { days, direction: 'next' } };
  return inBook(mineOf, [rule], 'renewal_day');
}

export function silentFor(days: number, mineOf: number | undefined): BookAddress {
  const rules = [
    { field: 'last_activity_day', operator: 'notNull', value: null },
    { field: 'last_activity_day', operator: 'notWithinDays', value: { days, direction: 'last' } },
    { field: 'arr', operator: '>', value: 0 },
  ];
  return inBook(mineOf, rules, '-arr');
}

export function moved(direction: 'up' | 'down', mineOf: number | undefined): BookAddress {
  const rule = {
    field: 'score_change_28d',
    operator: direction === 'up' ? '>=' : '<=',
    value: direction === 'up' ? 1 : -1,
  };
  return inBook(mineOf, [rule], direction === 'up' ? '-score_change_28d' : 'score_change_28d');
}

export function everything(mineOf: number | undefined): BookAddress {
  return inBook(mineOf, []);
}
