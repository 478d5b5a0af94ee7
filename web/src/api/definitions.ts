// Definitions of any kind (/api/definitions): drafts, versions and what one does with them. What a body holds is known
// to the rooms that edit that kind.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import type { TwoLanguages } from '../lib/language';
import { fieldsQuery } from './book-fields';
import { getJson, sendJson } from './json';

export type DefinitionKind =
  | 'measure'
  | 'scorecard'
  | 'segment'
  | 'revenue_rules'
  | 'renewal_reason'
  | 'signal_rule'
  | 'playbook'
  | 'journey'
  | 'plan_template'
  | 'in_app_message'
  | 'mail_template'
  | 'survey'
  | 'engagement_model'
  | 'assignment_rule'
  | 'portal_sharing';

export interface DefinitionSummary {
  kind: DefinitionKind;
  key: string;
  name: TwoLanguages;
  /** 0 where it was never published. */
  version: number;
  draft: boolean;
  retired: boolean;
  updated_at: string;
  updated_by: string;
  used_by: { kind: DefinitionKind; key: string }[];
}

export interface Definition<Body> extends DefinitionSummary {
  body: Body | null;
  draft_body: Body | null;
  draft_why: string;
}

export interface DefinitionVersion<Body> {
  version: number;
  body: Body | null;
  restored_version: number | null;
  author: { id: number | null; name: string };
  why: TwoLanguages;
  published_at: string;
}

export interface Difference {
  path: string;
  before: unknown;
  after: unknown;
}

export const definitionPath = (kind: DefinitionKind, key: string) =>
  `/api/definitions/${kind}/${encodeURIComponent(key)}`;

export const definitionsQuery = (kind: DefinitionKind) =>
  queryOptions({
    queryKey: ['definitions', kind],
    queryFn: ({ signal }) => getJson<{ items: DefinitionSummary[] }>('/api/definitions', { kind }, signal),
    select: ({ items }) => items.filter(({ retired }) => !retired),
  });

/** All published bodies of a kind in one answer. */
export const bodiesQuery = <Body>(kind: DefinitionKind) =>
  queryOptions({
    queryKey: ['definitions', kind, 'bodies'],
    queryFn: ({ signal }) =>
      getJson<{ definitions: { kind: string; key: string; body: Body }[] }>(
        '/api/definitions/export',
        { kind },
        signal,
      ),
    select: ({ definitions }) => new Map(definitions.map(({ key, body }) => [key, body])),
  });

export const definitionQuery = <Body>(kind: DefinitionKind, key: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key],
    queryFn: ({ signal }) => getJson<Definition<Body>>(definitionPath(kind, key), {}, signal),
  });

export const versionsQuery = <Body>(kind: DefinitionKind, key: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key, 'versions'],
    queryFn: ({ signal }) =>
      getJson<{ items: DefinitionVersion<Body>[] }>(`${definitionPath(kind, key)}/versions`, {}, signal),
  });

/** Version 0 is the draft. */
export const differencesQuery = (kind: DefinitionKind, key: string, before: number, after: number, stamp: string) =>
  queryOptions({
    queryKey: ['definitions', kind, 'one', key, 'diff', before, after, stamp],
    queryFn: ({ signal }) =>
      getJson<{ items: Difference[] }>(`${definitionPath(kind, key)}/diff`, { before, after }, signal),
  });

/** What one does with a definition; afterwards everything that shows definitions is fetched anew. */
export function useDefinitionDeeds<Body = unknown>(kind: DefinitionKind, key: string) {
  const client = useQueryClient();
  // Measures, segments and levels are fields of the book, by the names that definitions give them.
  const refresh = () =>
    Promise.all([
      client.invalidateQueries({ queryKey: ['definitions'] }),
      client.invalidateQueries({ queryKey: fieldsQuery.queryKey }),
    ]);
  const path = definitionPath(kind, key);
  const saveDraft = useMutation({
    mutationFn: (body: Body) => sendJson<Definition<Body>>('PUT', `${path}/draft`, body),
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

/** Publishes several drafts as one release. */
export function publishTogether(
  definitions: { kind: DefinitionKind; key: string; body: unknown }[],
  why: string,
): Promise<{ changed: number }> {
  return sendJson('POST', `/api/definitions/import?${new URLSearchParams({ publish: 'true', why })}`, { definitions });
}
