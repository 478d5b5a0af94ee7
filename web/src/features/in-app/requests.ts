// Requests of /api/in-app.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { InAppKey, InAppMessage } from './types';

export const messagesQuery = queryOptions({
  queryKey: ['in-app', 'messages'],
  queryFn: ({ signal }) => getJson<{ items: InAppMessage[]; total: number }>('/api/in-app/messages', {}, signal),
});

export const keysQuery = queryOptions({
  queryKey: ['in-app', 'keys'],
  queryFn: ({ signal }) => getJson<{ items: InAppKey[] }>('/api/in-app/keys', {}, signal),
});

export function useKeyDeeds() {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: keysQuery.queryKey });
  const add = useMutation({
    mutationFn: (name: string) => sendJson<InAppKey & { secret: string }>('POST', '/api/in-app/keys', { name }),
    onSettled: refresh,
  });
  const remove = useMutation({
    mutationFn: (id: number) => sendJson('DELETE', `/api/in-app/keys/${id}`),
    onSettled: refresh,
  });
  return { add, remove };
}
