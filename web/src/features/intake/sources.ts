// Who may send: sources with their keys, and what is done to them.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';

export interface EventSource {
  id: number;
  name: string;
  disabled: boolean;
  /** The beginning of the key, by which people tell keys apart. */
  key_hint: string;
  created_at: string;
  events: number;
  unmatched: number;
  last_received_at: string | null;
}

/** Only the answer that makes a key carries it. */
export interface SourceWithKey extends EventSource {
  write_key: string;
}

export interface SourceChange {
  name?: string;
  disabled?: boolean;
  /** Null: chosen from the source's own rhythm; 0: never. */
  silent_after_minutes?: number | null;
}

/** For administrators: with the beginnings of the keys. */
export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => getJson<{ items: EventSource[] }>('/api/sources', {}, signal),
  select: ({ items }) => items,
});

export function useSourceDeeds() {
  const client = useQueryClient();
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: sourcesQuery.queryKey }),
      client.invalidateQueries({ queryKey: ['intake', 'state'] }),
    ]);
  const create = useMutation({
    mutationFn: (name: string) => sendJson<SourceWithKey>('POST', '/api/sources', { name }),
    onSuccess: refresh,
  });
  const rotate = useMutation({
    mutationFn: (id: number) => sendJson<SourceWithKey>('POST', `/api/sources/${id}/rotate-key`),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: SourceChange & { id: number }) =>
      sendJson<EventSource>('PATCH', `/api/sources/${id}`, body),
    onSuccess: refresh,
  });
  return { create, rotate, change };
}
