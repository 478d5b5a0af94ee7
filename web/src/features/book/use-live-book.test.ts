import { expect, it } from 'vitest';
import type { BookPageAnswer, BookRow } from './types';
import { withRows } from './use-live-book';

const row = (id: number, score: number) => ({ id, score }) as BookRow;

it('replaces the rows that changed where they stand and leaves the others untouched', () => {
  const page = { items: [row(3, 90), row(1, 50), row(2, 40)], total: 3 } as BookPageAnswer;
  const next = withRows(page, [row(1, 99), row(7, 1)]);
  expect(next.items.map(({ id, score }) => [id, score])).toEqual([
    [3, 90],
    [1, 99],
    [2, 40],
  ]);
  expect(next.items[0]).toBe(page.items[0]);
  expect(next.total).toBe(3);
});
