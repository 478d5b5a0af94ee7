import { expect, it } from 'vitest';
import { nearness } from './nearness';

it.each([
  ['2026-10-30', 'past'],
  ['2026-10-31', 'soon'],
  ['2026-11-30', 'soon'],
  ['2026-12-01', 'near'],
  ['2027-01-29', 'near'],
  ['2027-01-30', 'far'],
])('a renewal on %s is %s', (day, expected) => expect(nearness(day, '2026-10-31')).toBe(expected));
