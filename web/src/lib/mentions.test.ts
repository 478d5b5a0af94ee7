import { describe, expect, test } from 'vitest';
import { matching, mentionAt, mentionedIn, mentionParts, withMention } from './mentions';

const people = [
  { id: 1, name: '山田 花子' },
  { id: 2, name: '山田' },
  { id: 3, name: 'Ann Lee' },
];

describe('a mention that is being typed', () => {
  test('begins at its sign, in half or full width', () => {
    expect(mentionAt('確認お願いします @山', 11)).toEqual({ start: 9, query: '山' });
    expect(mentionAt('＠ann', 4)).toEqual({ start: 0, query: 'ann' });
    expect(mentionAt('@', 1)).toEqual({ start: 0, query: '' });
  });

  test('may hold the space of a name, and stands right after Japanese', () => {
    expect(mentionAt('では@山田 花', 7)).toEqual({ start: 2, query: '山田 花' });
  });

  test('is not there in a mail address, after a line break, or far away', () => {
    expect(mentionAt('hanako@example', 14)).toBeUndefined();
    expect(mentionAt('@山田\nよろしく', 8)).toBeUndefined();
    expect(mentionAt(`@${'a'.repeat(30)}`, 31)).toBeUndefined();
    expect(mentionAt('nothing', 7)).toBeUndefined();
  });
});

test('the name takes the place of what was typed, and the rest stays', () => {
  expect(withMention('では@山、よろしく', 2, 4, '山田 花子')).toEqual({
    text: 'では@山田 花子 、よろしく',
    caret: 9,
  });
});

test('names are found without spaces and in either case, those that begin so first', () => {
  expect(matching(people, '花子', 5).map(({ id }) => id)).toEqual([1]);
  expect(matching(people, '山田花', 5).map(({ id }) => id)).toEqual([1]);
  expect(matching([{ id: 9, name: 'Mary Ann' }, ...people], 'ann', 5).map(({ id }) => id)).toEqual([3, 9]);
  expect(matching(people, '', 2)).toHaveLength(2);
});

test('of two names that begin alike the longer one is meant', () => {
  expect(mentionParts('@山田 花子 さんと@山田 さん', people)).toEqual([
    { text: '@山田 花子', person: people[0] },
    { text: ' さんと' },
    { text: '@山田', person: people[1] },
    { text: ' さん' },
  ]);
});

test('each person is mentioned once; others are not', () => {
  expect(mentionedIn('@Ann Lee @Ann Lee @Bob', people)).toEqual([3]);
});
