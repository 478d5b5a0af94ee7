import { expect, it } from 'vitest';
import { shareExtent } from './chart-axes';

it.each([
  [[0.97, 1.03], { min: 0.95, max: 1.05, interval: 0.05 }],
  [[0.95, 0.95], { min: 0.9, max: 1, interval: 0.05 }],
  [[null, 0.8, undefined], { min: 0.75, max: 0.85, interval: 0.05 }],
  [[0.61, 1.24], { min: 0.5, max: 1.25, interval: 0.25 }],
  [[0], { min: 0, max: 0.1, interval: 0.05 }],
  [[], { min: 0, max: 1, interval: 0.25 }],
])('%o lie within rounded bounds that are not too narrow', (values, expected) => {
  expect(shareExtent(values)).toEqual(expected);
});
