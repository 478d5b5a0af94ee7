import { queryOptions, useMutation, useQueries, useQuery, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type {
  Definition,
  DefinitionKind,
  DefinitionSummary,
  DefinitionVersion,
  Difference,
  MeasureBody,
  ScorecardBody,
  SegmentBody,
  TwoLanguages,
} from './types';

export interface BodyOf {
  measure: MeasureBody;
  scorecard: ScorecardBody;
  segment: SegmentBody;
}

const pathOf = (kind: DefinitionKind, key: string) => `/api/definitions/${kind}/${encodeURIComponent(key)}`;

export const definitionsQuery = (kind: DefinitionKind) =>
  queryOptions({
    queryKey: ['definitions', kind],
    queryFn: ({ signal }) => getJson<{ items: DefinitionSummary[] }>('/api/definitions', { kind }, signal),
    select: ({ items }) => items.filter(({ retired }) => !retired),
  });

/** All published bodies of a kind in one answer. */
export const bodiesQuery = <K extends DefinitionKind>(kind: K) =>
  queryOptions({
    queryKey: ['definitions', kind, 'bodies'],
    queryFn: ({ signal }) =>
      getJson<{ definitions: { kind: string; key: string; body: BodyOf[K] }[] }>(
        '/api/definitions/export',
        { kind },
        signal,
      ),
    select: ({ definitions }) => new Map(definitions.map(({ key, body }) => [key, body])),
  });

export const definitionQuery = <K extends DefinitionKind>(kind: K, key: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key],
    queryFn: ({ signal }) => getJson<Definition<BodyOf[K]>>(pathOf(kind, key), {}, signal),
  });

/** All measures that a scorecard can use: the published ones, and the drafts of those that never were. */
export function useMeasures(): ReadonlyMap<string, MeasureBody> | undefined {
  const published = useQuery(bodiesQuery('measure'));
  const list = useQuery(definitionsQuery('measure'));
  const fresh = list.data?.filter(({ version }) => version === 0) ?? [];
  const drafts = useQueries({ queries: fresh.map(({ key }) => definitionQuery('measure', key)) });
  if (!published.data) return undefined;
  const bodies = drafts.flatMap(({ data }) => (data?.draft_body ? [[data.key, data.draft_body] as const] : []));
  return new Map([...published.data, ...bodies]);
}

/**
 * Publishes several drafts as one release: a scorecard can then be published together with the measures that only it
 * uses so far.
 */
export function publishTogether(
  definitions: { kind: DefinitionKind; key: string; body: unknown }[],
  why: string,
): Promise<{ changed: number }> {
  return sendJson('POST', `/api/definitions/import?${new URLSearchParams({ publish: 'true', why })}`, { definitions });
}

export const versionsQuery = <K extends DefinitionKind>(kind: K, key: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key, 'versions'],
    queryFn: ({ signal }) =>
      getJson<{ items: DefinitionVersion<BodyOf[K]>[] }>(`${pathOf(kind, key)}/versions`, {}, signal),
  });

/** Version 0 is the draft. */
export const differencesQuery = (kind: DefinitionKind, key: string, before: number, after: number, stamp: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key, 'diff', before, after, stamp],
    queryFn: ({ signal }) => getJson<{ items: Difference[] }>(`${pathOf(kind, key)}/diff`, { before, after }, signal),
  });

/** What one does with a definition; afterwards everything that shows definitions is fetched anew. */
export function useDefinitionDeeds<K extends DefinitionKind>(kind: K, key: string) {
  const client = useQueryClient();
  const refresh = () => client.invalidateQueries({ queryKey: ['definitions'] });
  const path = pathOf(kind, key);
  const saveDraft = useMutation({
    mutationFn: (body: BodyOf[K]) => sendJson<Definition<BodyOf[K]>>('PUT', `${path}/draft`, body),
    onSuccess: refresh,
  });
  const discard = useMutation({ mutationFn: () => sendJson('DELETE', `${path}/draft`), onSuccess: refresh });
  const publish = useMutation({
    mutationFn: (why: string) => sendJson('POST', `${path}/publish`, { why }),
    onSuccess: refresh,
  });
  const rollBack = useMutation({
    mutationFn: (to: { version: number; why: string }) => sendJson('POST', `${path}/rollback`, to),
    onSuccess: refresh,
  });
  const retire = useMutation({
    mutationFn: (why: string) => sendJson('DELETE', `${path}?${new URLSearchParams({ why })}`),
    onSuccess: refresh,
  });
  return { saveDraft, discard, publish, rollBack, retire };
}

export function saveScorecardDraft(body: ScorecardBody): Promise<Definition<ScorecardBody>> {
  return sendJson('PUT', `${pathOf('scorecard', body.key)}/draft`, body);
}

/** A published practice that can be taken as a start: measures and a scorecard, as drafts. */
export interface DefinitionTemplate {
  key: string;
  name: TwoLanguages;
  description: TwoLanguages;
}

export const templatesQuery = queryOptions({
  queryKey: ['definitions', 'templates'],
  queryFn: ({ signal }) => getJson<{ items: DefinitionTemplate[] }>('/api/definitions/templates', {}, signal),
  select: ({ items }) => items,
});

export function startFromTemplate(key: string): Promise<{ drafts: number }> {
  return sendJson('POST', `/api/definitions/templates/${encodeURIComponent(key)}`);
}

export interface LevelCount {
  level: string | null;
  name: { en: string; ja: string };
  count: number;
}

export interface PreviewAnswer {
  as_of: string;
  accounts: number;
  before: LevelCount[];
  after: LevelCount[];
  moved: {
    id: number;
    name: string;
    score_before: number | null;
    score_after: number | null;
    level_before: string | null;
    level_after: string | null;
    arr_minor: number;
  }[];
  moved_total: number;
  currency: string;
  measures: MeasureSample[];
}

/** How a drafted measure comes out over the book. */
export interface MeasureSample {
  key: string;
  with_value: number;
  without_value: { state: string; reason: TwoLanguages; accounts: number }[];
  accounts: { id: number; name: string; has_value: boolean; value_text: TwoLanguages }[];
  /** Null where there is no value, or the values are words. */
  spread: { smallest: number; p25: number; median: number; p75: number; largest: number } | null;
  histogram: { from: number; to: number; accounts: number }[];
}

export async function sampleMeasure(body: MeasureBody, signal?: AbortSignal): Promise<MeasureSample | undefined> {
  const draft = { kind: 'measure', key: body.key, body };
  const { measures } = await sendJson<PreviewAnswer>('POST', '/api/definitions/preview', draft, signal);
  return measures.find(({ key }) => key === body.key);
}

export function previewScorecard(body: ScorecardBody): Promise<PreviewAnswer> {
  return sendJson('POST', '/api/definitions/preview', { kind: 'scorecard', key: body.key, body });
}

export function proposeFromData(): Promise<{ drafts: number }> {
  return sendJson('POST', '/api/definitions/starter');
}
