// Requests of /api/journeys.
import { keepPreviousData, queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { operations } from '../../api/schema';
import { getJson, sendJson } from '../../api/json';
import type { JourneyBody, JourneyLine, JourneyOnBook } from './types';

type AnswerOf<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type Passage = AnswerOf<'getJourneyPassage'>;
export type JourneyPreview = AnswerOf<'previewJourney'>;
export type Review = AnswerOf<'listJourneyReviews'>['items'][number];

export const journeysQuery = queryOptions({
  queryKey: ['journeys', 'list'],
  queryFn: ({ signal }) => getJson<{ as_of: string; items: JourneyOnBook[] }>('/api/journeys', {}, signal),
});

export const linesKey = (key: string, stage?: string, state?: string) =>
  ['journeys', key, 'accounts', stage ?? null, state ?? null] as const;

export function fetchLines(
  key: string,
  stage: string | undefined,
  state: string | undefined,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) {
  return getJson<{ items: JourneyLine[]; total: number }>(
    `/api/journeys/${key}/accounts`,
    { stage, state, offset, limit },
    signal,
  );
}

export const passageQuery = (key: string) =>
  queryOptions({
    queryKey: ['journeys', key, 'passage'],
    queryFn: ({ signal }) => getJson<Passage>(`/api/journeys/${key}/passage`, {}, signal),
  });

export const reviewsQuery = queryOptions({
  queryKey: ['journeys', 'reviews'],
  queryFn: ({ signal }) => getJson<{ items: Review[]; total: number }>('/api/journeys/reviews', {}, signal),
});

export function useFinishReview() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: ({ id, note }: { id: number; note: string }) =>
      sendJson('POST', `/api/journeys/reviews/${id}`, { note }),
    onSettled: () => client.invalidateQueries({ queryKey: ['journeys', 'reviews'] }),
  });
}

/** What became of reading the past: it is put together first where it is not in memory. */
export type PastAnswer = AnswerOf<'readJourneyPast'>;

export function useReadPast(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: () => sendJson<PastAnswer>('POST', `/api/journeys/${key}/past`),
    onSettled: () => client.invalidateQueries({ queryKey: ['journeys'] }),
  });
}

export const previewQuery = (body: JourneyBody) =>
  queryOptions({
    queryKey: ['journeys', 'preview', body],
    queryFn: () => sendJson<JourneyPreview>('POST', '/api/journeys/preview', body),
    placeholderData: keepPreviousData,
    retry: false,
  });
