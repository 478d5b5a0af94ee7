// Calls that could not be used: kept with their reason until somebody mends, replays or discards them.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';

export interface QuarantinedCall {
  id: number;
  source_id: number;
  /** Null where it is gone. */
  source: string | null;
  received_at: string;
  /** A code of the server. */
  reason: string;
  /** The field at fault, as a path: "properties.rows"; empty where it is the whole call. */
  field: string;
  message: { en: string; ja: string };
  /** As it was sent: an object, or the text where it is none. */
  call: unknown;
}

export interface QuarantinePage {
  items: QuarantinedCall[];
  total: number;
  reasons: { reason: string; count: number }[];
}

export interface QuarantineQuestion {
  source_id: number | undefined;
  reason: string | undefined;
}

/** Which calls a deed is for: these, or all that a filter finds. */
export type QuarantineSelector = { ids: readonly number[] } | { source_id?: number; reason?: string };

export interface ReplayReport {
  replayed: number;
  accepted: number;
  duplicates: number;
  still_refused: number;
}

export const quarantineKey = ['intake', 'quarantine'] as const;

export function fetchQuarantine(
  question: QuarantineQuestion,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) {
  return getJson<QuarantinePage>('/api/intake/quarantine', { ...question, offset, limit }, signal);
}

/** How many wait for which reason; the rows themselves come by windows. */
export const quarantineReasonsQuery = (source_id: number | undefined) =>
  queryOptions({
    queryKey: [...quarantineKey, 'reasons', source_id ?? null],
    queryFn: ({ signal }) => fetchQuarantine({ source_id, reason: undefined }, { offset: 0, limit: 1, signal }),
    placeholderData: keepPreviousData,
  });

export function useQuarantineDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['intake'] });
  const replay = useMutation({
    mutationFn: (selector: QuarantineSelector) =>
      sendJson<ReplayReport>('POST', '/api/intake/quarantine/replay', selector),
    onSuccess: refresh,
  });
  const replayMended = useMutation({
    mutationFn: ({ id, call }: { id: number; call: unknown }) =>
      sendJson<ReplayReport>('POST', `/api/intake/quarantine/${id}/replay`, { call }),
    onSuccess: refresh,
  });
  const discard = useMutation({
    mutationFn: (selector: QuarantineSelector) =>
      sendJson<{ discarded: number }>('POST', '/api/intake/quarantine/discard', selector),
    onSuccess: refresh,
  });
  return { replay, replayMended, discard };
}
