import { expect, it } from 'vitest';
import { tenths } from './tenths';

it.each([
  ['9', '9.0'],
  ['9.4', '9.4'],
  ['−3', '−3.0'],
  ['+12', '+12.0'],
  ['–', '–'],
  ['±0', '±0'],
])('%s → %s', (formatted, shown) => {
  expect(tenths(formatted)).toBe(shown);
});
