// What only measures and scorecards have: templates, previews, a start from the data.
import { queryOptions, useQueries, useQuery } from '@tanstack/react-query';
import { bodiesQuery, definitionPath, definitionQuery, definitionsQuery, type Definition } from '../../api/definitions';
import { getJson, sendJson } from '../../api/json';
import type { TwoLanguages } from '../../lib/language';
import type { MeasureBody, ScorecardBody } from './types';

/** All measures that a scorecard can use: the published ones, and the drafts of those that never were. */
export function useMeasures(): ReadonlyMap<string, MeasureBody> | undefined {
  const published = useQuery(bodiesQuery<MeasureBody>('measure'));
  const list = useQuery(definitionsQuery('measure'));
  const fresh = list.data?.filter(({ version }) => version === 0) ?? [];
  const drafts = useQueries({ queries: fresh.map(({ key }) => definitionQuery<MeasureBody>('measure', key)) });
  if (!published.data) return undefined;
  const bodies = drafts.flatMap(({ data }) => (data?.draft_body ? [[data.key, data.draft_body] as const] : []));
  return new Map([...published.data, ...bodies]);
}

export function saveScorecardDraft(body: ScorecardBody): Promise<Definition<ScorecardBody>> {
  return sendJson('PUT', `${definitionPath('scorecard', body.key)}/draft`, body);
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
