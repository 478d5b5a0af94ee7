import { expect, it } from 'vitest';
import { figureFrom } from './figure';

it.each([
  ['12', 12],
  [' 1,234.5 ', 1234.5],
  ['１２．５', 12.5],
  ['−3', -3],
  ['', undefined],
  ['12時間', undefined],
  ['1.2.3', undefined],
])('reads "%s"', (text, value) => {
  expect(figureFrom(text)).toBe(value);
});
