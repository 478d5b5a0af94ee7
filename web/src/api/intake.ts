// How the intake stands (/api/intake): asked by its own page, and by the rail and home for sources that fell silent.
import { queryOptions, useQuery } from '@tanstack/react-query';
import { getJson } from './json';

/** Calls counted since the source was made. */
export interface IntakeCounts {
  accepted: number;
  duplicates: number;
  /** Accepted, but happened more than a day before they came. */
  late: number;
  refused: number;
  quarantined: number;
}

export interface IntakeMinute extends IntakeCounts {
  at: string;
}

export interface IntakeSource extends IntakeCounts {
  id: number;
  name: string;
  disabled: boolean;
  /** Nothing came for longer than this source's threshold. */
  silent: boolean;
  silent_since: string | null;
  /** Null: chosen from the source's own rhythm; 0: never. */
  silent_after_minutes: number | null;
  expected_gap_minutes: number | null;
  unmatched: number;
  last_received_at: string | null;
  /** The last hour, oldest first. */
  minutes: IntakeMinute[];
}

export interface Intake {
  sources: IntakeSource[];
  unknown_key_refusals: number;
  queue: { waiting_events: number; waiting_bytes: number; limit_bytes: number };
  /** From receipt until stored and counted; null where nothing came yet. */
  processing_lag_ms_p50: number | null;
  processing_lag_ms_p99: number | null;
}

/** One event as the list of the latest shows it. */
export interface LatestEvent {
  event_no: number;
  source_id: number | null;
  source: string | null;
  kind: string;
  event: string;
  user_key: string;
  user_id: string | null;
  anonymous_id: string | null;
  group_key: string;
  account_id: number | null;
  account_name: string | null;
  matched_by: string | null;
  occurred_at: string;
  received_at: string;
  message_id: string;
  properties: unknown;
}

export const intakeQuery = queryOptions({
  queryKey: ['intake', 'state'],
  queryFn: ({ signal }) => getJson<Intake>('/api/intake', {}, signal),
});

const silenceCheck_ms = 60_000;

/** Sources that fell silent and were not switched off; asked once a minute. Only leaders and administrators may. */
export function useSilentSources(enabled: boolean): readonly IntakeSource[] {
  const { data } = useQuery({ ...intakeQuery, enabled, refetchInterval: silenceCheck_ms, select: silentSources });
  return data ?? none;
}

const none: readonly IntakeSource[] = [];

function silentSources({ sources }: Intake): IntakeSource[] {
  return sources.filter(({ silent, disabled }) => silent && !disabled);
}
