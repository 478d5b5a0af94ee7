import { expect, it } from 'vitest';
import { changedRows } from './changes';
import type { BookRow } from './types';

const people = [{ id: 3, name: '佐藤 美咲' }];
const row = (id: number, more: Partial<BookRow> = {}) =>
  ({ id, owner: null, phase: 'adoption', attributes: { sites: 2 }, ...more }) as BookRow;

it('shows a change in the chosen rows and in no other', () => {
  const [first, second] = changedRows([row(1), row(2)], new Set([1]), { owner_id: 3 }, people);
  expect(first?.owner).toEqual({ id: 3, name: '佐藤 美咲' });
  expect(first?.phase).toBe('adoption');
  expect(second).toEqual(row(2));
});

it('clears with null and leaves what is not mentioned', () => {
  const owned = row(1, { owner: { id: 3, name: '佐藤 美咲' } });
  const [changed] = changedRows([owned], new Set([1]), { owner_id: null, attributes: { channel: 'direct' } }, people);
  expect(changed?.owner).toBeNull();
  expect(changed?.attributes).toEqual({ sites: 2, channel: 'direct' });
});
