import { queryOptions, useMutation, useQueryClient, useSuspenseQuery, type QueryClient } from '@tanstack/react-query';
import { answer, api } from '../../api/client';
import type { components, paths } from '../../api/schema';
import type { Viewer } from '../../lib/viewer';

export type Session = components['schemas']['Session'];
export type SignedIn = Required<Session>;
type Body<Path extends '/api/session' | '/api/setup'> = NonNullable<
  paths[Path]['post']['requestBody']
>['content']['application/json'];

export const sessionQuery = queryOptions({
  queryKey: ['session'],
  queryFn: () => answer<Session>(api.GET('/api/session')),
  staleTime: 5 * 60_000,
});

export function isSignedIn(session: Session): session is SignedIn {
  return session.state === 'signed_in' && session.user !== undefined && session.workspace !== undefined;
}

export function viewerOf({ user, workspace }: SignedIn): Viewer {
  return {
    userId: user.id,
    name: user.name,
    email: user.email,
    role: user.role,
    timeZone: user.timezone || workspace.timezone,
    workspaceTimeZone: workspace.timezone,
    fiscalYearStartMonth: workspace.fiscal_year_start_month,
    reportingCurrency: workspace.reporting_currency,
    bookDay: workspace.book_day,
    bookDayFixed: workspace.book_day_fixed,
    workspaceName: workspace.name,
  };
}

/** Inside the signed-in part of the app. */
export function useSignedIn(): SignedIn {
  const { data } = useSuspenseQuery(sessionQuery);
  if (!isSignedIn(data)) throw new Error('nobody is signed in');
  return data;
}

export function useLogIn() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'/api/session'>) => answer<Session>(api.POST('/api/session', { body })),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

export function useSetUp() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: Body<'/api/setup'>) => answer<Session>(api.POST('/api/setup', { body })),
    onSuccess: (session) => client.setQueryData(sessionQuery.queryKey, session),
  });
}

/** Forgets everything that was read for the person who left. */
export function signOutLocally(client: QueryClient) {
  client.clear();
  client.setQueryData<Session>(sessionQuery.queryKey, { state: 'signed_out' });
}

export function useLogOut() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => api.DELETE('/api/session'),
    onSuccess: () => signOutLocally(client),
  });
}
