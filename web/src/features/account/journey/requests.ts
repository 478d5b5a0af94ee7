// Where the account stands on its journey, and what people say about it.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../../api/json';
import type { components } from '../../../api/schema';
import { accountKey } from '../requests';

export type AccountJourney = components['schemas']['AccountJourney'];
export type JourneyMap = components['schemas']['JourneyMap'];
export type Stage = JourneyMap['stages'][number];
export type Position = components['schemas']['Position'];
export type Milestone = Stage['milestones'][number];

/** Stands in place of a stage where the last one was passed. */
export const arrived = '$arrived';

const path = (accountId: string) => `/api/accounts/${accountId}/journey`;

/** Below the account's key, so that it is read anew whenever something of the account changed. */
export const accountJourneyQuery = (accountId: string) =>
  queryOptions({
    queryKey: [...accountKey(accountId), 'journey'],
    queryFn: ({ signal }) => getJson<AccountJourney>(path(accountId), {}, signal),
  });

export interface Confirmation {
  milestone: string;
  confirmed: boolean;
  contact_id?: number | null;
  words?: string;
}
export interface Assumption {
  stage: string | null;
  why?: string;
}
export interface Feeling {
  feeling: number;
  contact_id: number | null;
  words: string;
}

export function useJourneyDeeds(accountId: string) {
  const client = useQueryClient();
  const onSuccess = (journey: AccountJourney) => {
    client.setQueryData(accountJourneyQuery(accountId).queryKey, journey);
    void client.invalidateQueries({ queryKey: ['journeys'] });
  };
  const confirm = useMutation({
    mutationFn: ({ milestone, ...said }: Confirmation) =>
      sendJson<AccountJourney>('PUT', `${path(accountId)}/milestones/${encodeURIComponent(milestone)}`, said),
    onSuccess,
  });
  const assume = useMutation({
    mutationFn: (assumption: Assumption) =>
      sendJson<AccountJourney>('PUT', `${path(accountId)}/assumption`, assumption),
    onSuccess,
  });
  const feel = useMutation({
    mutationFn: (feeling: Feeling) => sendJson<AccountJourney>('POST', `${path(accountId)}/feelings`, feeling),
    onSuccess,
  });
  const review = useMutation({
    mutationFn: ({ id, note }: { id: number; note: string }) =>
      sendJson('POST', `/api/journeys/reviews/${id}`, { note }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: accountJourneyQuery(accountId).queryKey }),
        client.invalidateQueries({ queryKey: ['journeys'] }),
      ]),
  });
  return { confirm, assume, feel, review };
}
