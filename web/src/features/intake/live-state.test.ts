import { describe, expect, it } from 'vitest';
import type { Intake, IntakeSource } from '../../api/intake';
import { lastHour, sourceState, withNews } from './live-state';

const now_ms = Date.parse('2026-11-22T09:30:40Z');

function source(change: Partial<IntakeSource> = {}): IntakeSource {
  return {
    id: 1,
    name: 'Web',
    disabled: false,
    silent: false,
    silent_since: null,
    silent_after_minutes: null,
    expected_gap_minutes: null,
    accepted: 10,
    duplicates: 1,
    late: 0,
    refused: 0,
    quarantined: 0,
    unmatched: 0,
    last_received_at: '2026-11-22T09:29:00Z',
    minutes: [{ at: '2026-11-22T09:29:00Z', accepted: 10, duplicates: 1, late: 0, refused: 0, quarantined: 0 }],
    ...change,
  };
}

const intake = (...sources: IntakeSource[]): Intake => ({
  sources,
  unknown_key_refusals: 0,
  queue: { waiting_events: 0, waiting_bytes: 0, limit_bytes: 1 },
  processing_lag_ms_p50: null,
  processing_lag_ms_p99: null,
});

const counts = (accepted: number) => ({ accepted, duplicates: 1, late: 0, refused: 0, quarantined: 0 });

describe('what the stream says', () => {
  it('raises the counters and puts what was added into the running minute', () => {
    const news = [{ id: 1, ...counts(13), last_received_at: '2026-11-22T09:30:39Z' }];
    const after = withNews(intake(source()), news, now_ms).sources[0]!;
    expect(after.accepted).toBe(13);
    expect(after.minutes.at(-1)).toMatchObject({ at: '2026-11-22T09:30:00.000Z', accepted: 3, duplicates: 0 });
    const again = [{ id: 1, ...counts(14), last_received_at: '2026-11-22T09:30:40Z' }];
    const later = withNews(intake(after), again, now_ms).sources[0]!;
    expect(later.minutes).toHaveLength(2);
    expect(later.minutes.at(-1)!.accepted).toBe(4);
  });

  it('ends the silence of a source that sends again, and leaves others alone', () => {
    const quiet = source({ id: 2, silent: true });
    const news = [{ id: 1, ...counts(11), last_received_at: '2026-11-22T09:30:39Z' }];
    const after = withNews(intake(source({ silent: true }), quiet), news, now_ms);
    expect(after.sources[0]!.silent).toBe(false);
    expect(after.sources[1]).toBe(quiet);
  });
});

describe('the last hour', () => {
  it('has every minute, the running one last, and zero where nothing came', () => {
    const hour = lastHour(source().minutes, now_ms);
    expect(hour).toHaveLength(60);
    expect(hour[58]!.accepted).toBe(10);
    expect(hour[59]).toMatchObject({ at: '2026-11-22T09:30:00.000Z', accepted: 0 });
    expect(hour[0]!.at).toBe('2026-11-22T08:31:00.000Z');
  });
});

describe('the state of a source', () => {
  it.each([
    [{ disabled: true, silent: true }, 'off'],
    [{ silent: true }, 'silent'],
    [{ last_received_at: null }, 'waiting'],
    [{}, 'receiving'],
    [{ last_received_at: '2026-11-22T09:00:00Z' }, 'quiet'],
  ] as const)('%o is %s', (change, state) => {
    expect(sourceState(source(change), now_ms)).toBe(state);
  });
});
