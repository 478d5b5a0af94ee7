import { expect, it } from 'vitest';
import { choiceParam, dayParam, parseSort, searchParams, sortParam, sortText, textParam } from './search-params';

const read = searchParams({
  q: textParam(),
  tab: choiceParam(['usage', 'people']),
  from: dayParam(),
  sort: sortParam(['score', 'arr']),
});

it('keeps what it knows and drops what it does not', () => {
  expect(read({ q: 12, tab: 'people', from: '2026-11-21', sort: '-score', other: 1 })).toEqual({
    q: '12',
    tab: 'people',
    from: '2026-11-21',
    sort: '-score',
  });
});

it('does not let a broken address through', () => {
  expect(read({ q: { evil: true }, tab: 'nowhere', from: '2026-02-31', sort: '-password' })).toEqual({});
});

it('reads and writes a sort', () => {
  expect(parseSort('-score')).toEqual({ column: 'score', direction: 'desc' });
  expect(sortText({ column: 'score', direction: 'asc' })).toBe('score');
  expect(sortText(parseSort('-arr'))).toBe('-arr');
});
