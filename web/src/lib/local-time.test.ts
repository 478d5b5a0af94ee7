import { expect, it } from 'vitest';
import { instantOfWall, nowOf, wallOfInstant } from './local-time';

it.each([
  ['2026-11-21 09:05:00', 'Asia/Tokyo', '2026-11-21T00:05:00.000Z'],
  ['2026-07-01 08:00:00', 'Europe/London', '2026-07-01T07:00:00.000Z'],
  ['2026-01-01 00:30:00', 'America/New_York', '2026-01-01T05:30:00.000Z'],
  // The morning on which summer time begins.
  ['2026-03-29 03:30:00', 'Europe/Berlin', '2026-03-29T01:30:00.000Z'],
])('%s in %s is %s, and back', (wall, zone, instant) => {
  expect(instantOfWall(wall, zone)).toBe(instant);
  expect(wallOfInstant(instant, zone)).toBe(wall);
});

it('stays within a workspace’s standing day', () => {
  const now = new Date('2026-11-22T01:00:00Z');
  expect(nowOf('2026-03-31', true, 'Asia/Tokyo', now)).toBe('2026-03-31T01:00:00.000Z');
  expect(nowOf('2026-11-22', false, 'Asia/Tokyo', now)).toBe(now.toISOString());
});
