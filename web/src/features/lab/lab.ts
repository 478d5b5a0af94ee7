import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { Day } from '../../lib/format/date';
import type { TwoLanguages } from '../../lib/language';
import type { Comparison, Judgement, Panel, Question, ScorecardBody, ScorecardDefinition, Suggestion } from './types';

const poll_ms = 700;

/** The state of the history; asked again and again while it is being built. */
export const panelQuery = queryOptions({
  queryKey: ['lab', 'panel'],
  queryFn: ({ signal }) => getJson<Panel>('/api/lab/panel', {}, signal),
  refetchInterval: ({ state }) => (state.data?.state === 'building' ? poll_ms : false),
  staleTime: 5_000,
});

export function useBuildPanel() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (period: { from?: Day; to?: Day }) => sendJson('POST', '/api/lab/panel', period),
    onSuccess: () => client.invalidateQueries({ queryKey: panelQuery.queryKey }),
  });
}

export function judge(question: Question): Promise<Judgement> {
  return sendJson('POST', '/api/lab/judge', question);
}

export function compare(question: Question): Promise<Comparison> {
  return sendJson('POST', '/api/lab/compare', question);
}

/** What does not move under the hand: the published scorecard. `stamp` says which history and version were judged. */
export const judgementQuery = (question: Question, stamp: string) =>
  queryOptions({
    queryKey: ['lab', 'judgement', question, stamp],
    queryFn: () => judge(question),
    staleTime: Infinity,
  });

export const suggestionQuery = (question: Question, stamp: string) =>
  queryOptions({
    queryKey: ['lab', 'suggestion', question, stamp],
    queryFn: () => sendJson<Suggestion>('POST', '/api/lab/suggest', question),
    staleTime: Infinity,
  });

const definitionPath = (key: string) => `/api/definitions/scorecard/${encodeURIComponent(key)}`;

/** Under the key by which the settings hold it too: what is saved there is seen here, and the reverse. */
export const scorecardQuery = (key: string) =>
  queryOptions({
    queryKey: ['definitions', 'scorecard', 'one', key],
    queryFn: ({ signal }) => getJson<ScorecardDefinition>(definitionPath(key), {}, signal),
  });

export function useSaveDraft(key: string) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (body: ScorecardBody) => sendJson('PUT', `${definitionPath(key)}/draft`, body),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: ['definitions'] }),
        client.invalidateQueries({ queryKey: panelQuery.queryKey }),
      ]),
  });
}

/** Names of measures for the sliders, from the same answer that the settings use. */
export const measureNamesQuery = queryOptions({
  queryKey: ['definitions', 'measure', 'bodies'],
  queryFn: ({ signal }) =>
    getJson<{ definitions: { key: string; body: { name: TwoLanguages } }[] }>(
      '/api/definitions/export',
      { kind: 'measure' },
      signal,
    ),
  select: ({ definitions }) => new Map(definitions.map(({ key, body }) => [key, body.name])),
});
