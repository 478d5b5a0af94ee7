import { expect, it } from 'vitest';
import { titleFrom } from './compose';

it('takes the first line as the title where none was given', () => {
  expect(titleFrom(' 定例会 ', '議事録')).toBe('定例会');
  expect(titleFrom('', '\n席の追加を検討中\n来週回答')).toBe('席の追加を検討中');
  expect(titleFrom('', 'あ'.repeat(100))).toHaveLength(80);
});
