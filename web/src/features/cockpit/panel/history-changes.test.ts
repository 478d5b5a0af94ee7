import { expect, test } from 'vitest';
import { toldChanges } from './history-changes';

const change = (field: string, before: unknown, after: unknown) => ({ field, before, after });

test('only what people change is told, in one language', () => {
  const changes = [
    change('title_en', 'Call them', 'Visit them'),
    change('title_ja', '電話する', '訪問する'),
    change('due_day', '2026-11-20', '2026-11-25'),
    change('responsible_id', 1, 2),
    change('revision', 1, 2),
  ];
  expect(toldChanges({ event: 'changed', changes }, 'ja')).toEqual([
    { field: 'title', before: '電話する', after: '訪問する' },
    { field: 'due_day', before: '2026-11-20', after: '2026-11-25' },
  ]);
});

test('what is new, and what stayed as it was, is not told', () => {
  expect(toldChanges({ event: 'opened', changes: [change('severity', null, 'high')] }, 'en')).toEqual([]);
  expect(toldChanges({ event: 'task_added', changes: [change('due_day', null, '2026-11-25')] }, 'en')).toEqual([]);
  expect(toldChanges({ event: 'changed', changes: [change('outcome', undefined, null)] }, 'en')).toEqual([]);
});
