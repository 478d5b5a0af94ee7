import { expect, it } from 'vitest';
import { stateOf } from './person-state';

const now = Date.parse('2026-11-22T00:00:00Z');

it.each([
  [{ disabled: true, first_seen_at: '2026-11-01T00:00:00Z', link_until: null }, 'isDisabled'],
  [{ disabled: false, first_seen_at: '2026-11-01T00:00:00Z', link_until: null }, 'isActive'],
  [{ disabled: false, first_seen_at: null, link_until: '2026-11-25T00:00:00Z' }, 'isInvited'],
  [{ disabled: false, first_seen_at: null, link_until: '2026-11-20T00:00:00Z' }, 'linkEnded'],
])('%j is %s', (person, state) => {
  expect(stateOf(person, now)).toBe(state);
});
