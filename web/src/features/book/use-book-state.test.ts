import { describe, expect, it } from 'vitest';
import type { Condition } from '../../components/filter/condition';
import { bookSearch } from './search';
import { differs, withLevels } from './use-book-state';

const inTokyo: Condition = { combinator: 'and', rules: [{ field: 'region', operator: 'in', value: ['東京都'] }] };

describe('the pressed levels', () => {
  it('leave the filter alone where none is pressed', () => {
    expect(withLevels(inTokyo, [])).toBe(inTokyo);
    expect(withLevels(undefined, [])).toBeUndefined();
  });

  it('narrow the filter, and an account without a score has no level', () => {
    expect(withLevels(inTokyo, ['critical', 'unknown'])).toEqual({
      combinator: 'and',
      rules: [
        inTokyo,
        {
          combinator: 'or',
          rules: [
            { field: 'level', operator: 'in', value: ['critical'] },
            { field: 'level', operator: 'null', value: null },
          ],
        },
      ],
    });
  });
});

describe('a view', () => {
  it('is the same whatever ids the editor gave its rules', () => {
    const edited = { ...inTokyo, id: 'g1', rules: [{ ...inTokyo.rules[0]!, id: 'r1' }] } as Condition;
    expect(differs({ filter: edited }, { filter: inTokyo, q: null, columns: [] })).toBe(false);
  });

  it('differs by filter, words, sort and columns', () => {
    expect(differs({ filter: inTokyo }, {})).toBe(true);
    expect(differs({ q: '青葉' }, {})).toBe(true);
    expect(differs({ sort: 'name' }, { sort: '-arr' })).toBe(true);
    expect(differs({ columns: ['name', 'arr'] }, { columns: ['arr', 'name'] })).toBe(true);
  });
});

it('reads its address and drops what it cannot use', () => {
  expect(
    bookSearch({ q: 12, filter: inTokyo, sort: '-arr,name', levels: 'critical', view: 'silent', panel: 7 }),
  ).toEqual({
    q: '12',
    filter: inTokyo,
    sort: '-arr,name',
    levels: 'critical',
    view: 'silent',
    panel: '7',
  });
  expect(bookSearch({ filter: 'broken', sort: 5, view: 'nobody' })).toEqual({});
});
