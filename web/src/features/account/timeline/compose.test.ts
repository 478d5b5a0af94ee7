import { expect, it } from 'vitest';
import { nowOf, titleFrom } from './compose';

it('takes the first line as the title where none was given', () => {
  expect(titleFrom(' 定例会 ', '議事録')).toBe('定例会');
  expect(titleFrom('', '\n席の追加を検討中\n来週回答')).toBe('席の追加を検討中');
  expect(titleFrom('', 'あ'.repeat(100))).toHaveLength(80);
});

it('stays within a workspace’s standing day', () => {
  const now = new Date('2026-11-22T01:00:00Z');
  expect(nowOf('2026-03-31', true, 'Asia/Tokyo', now)).toBe('2026-03-31T01:00:00.000Z');
  expect(nowOf('2026-11-22', false, 'Asia/Tokyo', now)).toBe(now.toISOString());
});
