// How events find their accounts, and what a person says where they do not.
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import { showProblem } from '../../components/toast';

/** Whose events: a group that the sender named, or a person where it named none. */
export interface EventOwner {
  source_id: number | null;
  group_key: string;
  user_key: string;
}

export interface Unmatched extends EventOwner {
  events: number;
  people: number;
  first_at: string;
  last_at: string;
  /** By hand: they wait for nothing. */
  assigned_to_nobody: boolean;
}

export interface EventMatch extends EventOwner {
  source: string | null;
  matched_by: string;
  account_id: number | null;
  account_name: string | null;
  /** Null where they were not counted. */
  events: number | null;
  /** The user who said so; null where it was matched by itself. */
  assigned_by: number | null;
  assigned_at: string | null;
}

export const unmatchedKey = ['intake', 'unmatched'] as const;
export const matchesKey = ['intake', 'matches'] as const;

interface Window {
  offset: number;
  limit: number;
  signal?: AbortSignal;
}

export function fetchUnmatched(source_id: number | undefined, { offset, limit, signal }: Window) {
  return getJson<{ items: Unmatched[]; total: number }>('/api/unmatched-events', { source_id, offset, limit }, signal);
}

export interface MatchQuestion {
  /** None: everything that was assigned by hand, also to nobody. */
  account_id: number | undefined;
  source_id: number | undefined;
}

export function fetchMatches(question: MatchQuestion, { offset, limit, signal }: Window) {
  return getJson<{ items: EventMatch[]; total: number }>('/api/event-matches', { ...question, offset, limit }, signal);
}

/** Who may have assigned something. */
export const peopleQuery = queryOptions({
  queryKey: ['users', 'choices'],
  queryFn: async ({ signal }) =>
    (await getJson<{ items: { id: number; name: string }[] }>('/api/users/choices', {}, signal)).items,
  staleTime: 5 * 60_000,
});

/** The group where one is named, else the person: one of both identifies what is assigned. */
function ownerBody({ source_id, group_key, user_key }: EventOwner) {
  return group_key !== '' ? { source_id, group_key } : { source_id, user_key };
}

/** In the address, and as the key of a row. */
export function ownerId({ source_id, group_key, user_key }: EventOwner): string {
  return JSON.stringify([source_id, group_key, group_key === '' ? user_key : '']);
}

function refresh(client: QueryClient) {
  // The figures of accounts follow in a moment; the book hears of it live.
  return client.invalidateQueries({ queryKey: ['intake'] });
}

export function useMatchingDeeds() {
  const client = useQueryClient();
  const onSuccess = () => refresh(client);
  // Here and not where it is called: an undo comes from a toast, after the panel that offered it has closed.
  const onError = showProblem;
  const assign = useMutation({
    mutationFn: ({ owner, accountId }: { owner: EventOwner; accountId: number | null }) =>
      sendJson<{ events: number }>('POST', '/api/unmatched-events/assign', {
        ...ownerBody(owner),
        account_id: accountId,
      }),
    onSuccess,
    onError,
  });
  const undo = useMutation({
    mutationFn: (owner: EventOwner) =>
      sendJson<{ events: number }>('POST', '/api/event-matches/undo', ownerBody(owner)),
    onSuccess,
    onError,
  });
  return { assign, undo };
}
