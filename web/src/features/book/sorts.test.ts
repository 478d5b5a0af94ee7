import { expect, it } from 'vitest';
import { parseSorts, sortsText, withSort } from './sorts';

it('reads and writes several sorts', () => {
  const sorts = parseSorts('-arr,name');
  expect(sorts).toEqual([
    { column: 'arr', direction: 'desc' },
    { column: 'name', direction: 'asc' },
  ]);
  expect(sortsText(sorts)).toBe('-arr,name');
  expect(sortsText(parseSorts(undefined))).toBeUndefined();
});

it('sorts by the clicked column alone, or adds it with Shift', () => {
  const arr = { column: 'arr', direction: 'desc' } as const;
  const name = { column: 'name', direction: 'asc' } as const;
  expect(withSort([arr], name, false)).toEqual([name]);
  expect(withSort([arr], name, true)).toEqual([arr, name]);
});

it('turns a column round where it stands', () => {
  const sorts = parseSorts('-arr,name');
  expect(withSort(sorts, { column: 'arr', direction: 'asc' }, true)).toEqual(parseSorts('arr,name'));
});

it('keeps three sorts at most', () => {
  expect(sortsText(withSort(parseSorts('a,b,c'), { column: 'd', direction: 'asc' }, true))).toBe('b,c,d');
});
