import { expect, it } from 'vitest';
import type { LatestEvent } from '../../api/intake';
import { matchesLatest } from './latest-filter';
import { mergeLatest, mostLatest } from './use-latest';

function event(event_no: number, change: Partial<LatestEvent> = {}): LatestEvent {
  return {
    event_no,
    source_id: 1,
    source: 'Web',
    kind: 'track',
    event: 'Report Exported',
    user_key: 'tanaka',
    user_id: 'tanaka',
    anonymous_id: null,
    group_key: 'A-001',
    account_id: 9,
    account_name: '青空商事',
    matched_by: 'group',
    occurred_at: '2026-11-22T09:30:00Z',
    received_at: '2026-11-22T09:30:01Z',
    message_id: `m-${event_no}`,
    properties: { format: 'pdf' },
    ...change,
  };
}

it('keeps each event once, newest first, and not too many', () => {
  const merged = mergeLatest([event(3), event(2)], [event(2), event(1)]);
  expect(merged.map(({ event_no }) => event_no)).toEqual([3, 2, 1]);
  const many = Array.from({ length: mostLatest + 20 }, (_, index) => event(index));
  expect(mergeLatest(many, [])).toHaveLength(mostLatest);
});

it.each([
  [{}, true],
  [{ source: 2 }, false],
  [{ kind: 'page' }, false],
  [{ account: 9 }, true],
  [{ q: 'PDF' }, true],
  [{ q: '青空' }, true],
  [{ q: 'm-1' }, true],
  [{ q: 'csv' }, false],
])('%o finds it: %s', (filter, found) => {
  expect(matchesLatest(event(1), filter)).toBe(found);
});
