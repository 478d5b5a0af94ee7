import { expect, it } from 'vitest';
import { cellsOf, columnsOf } from './row-columns';

it('puts what matters first, keeps what it does not know, and hides record numbers', () => {
  const items = [
    { id: 1, events: 4, day: '2026-11-21', device: 'phone', user_key: null },
    { id: 2, events: 9, day: '2026-11-20', device: null, user_key: null },
  ];
  const columns = columnsOf('usage_days', items);
  expect(columns).toEqual(['day', 'events', 'device']);
  expect(cellsOf(items[1]!, columns)).toEqual(['2026-11-20', 9, null]);
});
