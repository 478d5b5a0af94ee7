import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { StoredView } from './types';

export const viewsQuery = queryOptions({
  queryKey: ['views'],
  queryFn: async ({ signal }) => (await getJson<{ items: StoredView[] }>('/api/views', {}, signal)).items,
  // Other lists keep their views beside those of the book, and say whose they are.
  select: (views) => views.filter(({ query }) => !('list' in query)),
});

type NewView = Pick<StoredView, 'name' | 'scope' | 'query'>;

export function useViewChanges() {
  const client = useQueryClient();
  const onSettled = () => client.invalidateQueries({ queryKey: viewsQuery.queryKey });
  return {
    create: useMutation({ mutationFn: (view: NewView) => sendJson<StoredView>('POST', '/api/views', view), onSettled }),
    update: useMutation({
      mutationFn: ({ id, ...change }: { id: number } & Partial<NewView>) =>
        sendJson<StoredView>('PATCH', `/api/views/${id}`, change),
      onSettled,
    }),
    remove: useMutation({ mutationFn: (id: number) => sendJson<void>('DELETE', `/api/views/${id}`), onSettled }),
  };
}
