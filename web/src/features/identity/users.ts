import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import type { components, paths } from '../../api/schema';

export type User = components['schemas']['User'];
export type Role = components['schemas']['Role'];
export type NewUser = paths['/api/users']['post']['requestBody']['content']['application/json'];
export type UserChange = NonNullable<paths['/api/users/{id}']['patch']['requestBody']>['content']['application/json'];

export const usersQuery = queryOptions({
  queryKey: ['users'],
  queryFn: () => answer(api.GET('/api/users')),
});

export function useCreateUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: NewUser) => answer<User>(api.POST('/api/users', { body })),
    onSuccess: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}

/** Shows the change at once and takes it back where the server refuses. */
export function useChangeUser() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, change }: { id: number; change: UserChange }) =>
      answer<User>(api.PATCH('/api/users/{id}', { params: { path: { id } }, body: change })),
    onMutate: async ({ id, change }) => {
      await client.cancelQueries({ queryKey: usersQuery.queryKey });
      const before = client.getQueryData(usersQuery.queryKey);
      client.setQueryData(
        usersQuery.queryKey,
        (page) =>
          page && { ...page, items: page.items.map((user) => (user.id === id ? { ...user, ...change } : user)) },
      );
      return { before };
    },
    onError: (_error, _variables, context) => client.setQueryData(usersQuery.queryKey, context?.before),
    onSettled: () => client.invalidateQueries({ queryKey: usersQuery.queryKey }),
  });
}

export function useSetPassword() {
  return useMutation({
    mutationFn: ({ id, ...body }: { id: number; password: string; current_password?: string }) =>
      api.PUT('/api/users/{id}/password', { params: { path: { id } }, body }),
  });
}
