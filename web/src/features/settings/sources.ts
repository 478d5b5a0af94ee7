import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';

export interface EventSource {
  id: number;
  name: string;
  disabled: boolean;
  /** The end of the key, by which people tell keys apart. */
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

export const sourcesQuery = queryOptions({
  queryKey: ['sources'],
  queryFn: ({ signal }) => getJson<{ items: EventSource[] }>('/api/sources', {}, signal),
  select: ({ items }) => items,
});

export function useSourceDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: sourcesQuery.queryKey });
  const create = useMutation({
    mutationFn: (name: string) => sendJson<SourceWithKey>('POST', '/api/sources', { name }),
    onSuccess: refresh,
  });
  const rotate = useMutation({
    mutationFn: (id: number) => sendJson<SourceWithKey>('POST', `/api/sources/${id}/rotate-key`),
    onSuccess: refresh,
  });
  const change = useMutation({
    mutationFn: ({ id, ...body }: { id: number; name?: string; disabled?: boolean }) =>
      sendJson<EventSource>('PATCH', `/api/sources/${id}`, body),
    onSuccess: refresh,
  });
  return { create, rotate, change };
}
