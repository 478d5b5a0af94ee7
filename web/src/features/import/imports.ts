import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { Mapping } from './mapping';
import type { TwoLanguages } from '../../lib/language';

export const importKinds = [
  'accounts',
  'contacts',
  'subscriptions',
  'events',
  'tickets',
  'interactions',
  'surveys',
  'attendance',
] as const;
export type ImportKind = (typeof importKinds)[number];

export type ImportState = 'mapping' | 'dry_run' | 'importing' | 'done' | 'failed' | 'cancelled' | 'undone';

export interface ImportCounts {
  rows: number;
  created: number;
  updated: number;
  unchanged: number;
  rejected: number;
  skipped: number;
}

/** What lists show of an import. */
export interface ImportSummary {
  id: number;
  file_name: string;
  kind: ImportKind;
  state: ImportState;
  encoding: string;
  delimiter: string;
  format: 'delimited' | 'workbook' | 'json_lines';
  header: boolean;
  sheet: string;
  sheets: string[];
  counts: ImportCounts;
  /** `counts` are those of a dry run with the present mapping. */
  checked: boolean;
  error: TwoLanguages | null;
  job_id: number | null;
  errors_url: string | null;
  created_at: string;
  by: { id: number | null; name: string };
  undo_possible: boolean;
}

export interface ImportColumn {
  index: number;
  heading: string;
  detected_type: string;
  samples: string[];
  blank: number;
  /** Holds days like 1/2/2024, whose order nothing in the file decides. */
  ambiguous_dates: boolean;
  guess: { field: string; confidence: number } | null;
}

export interface ImportField {
  key: string;
  name: TwoLanguages;
  type: string;
  required: boolean;
  choices: string[];
}

export interface Import extends ImportSummary {
  columns: ImportColumn[];
  preview: string[][];
  rows_looked_at: number;
  fields: ImportField[];
  mapping: Mapping;
}

export interface RejectedCell {
  line: number;
  column: string;
  value: string;
  reason: TwoLanguages;
}

export interface ReadOptions {
  encoding?: string;
  delimiter?: string;
  sheet?: string;
  header?: boolean;
}

const listKey = ['imports'] as const;

/** Whether somebody is at work on it right now. */
export function isAtWork({ state }: { state: ImportState }): boolean {
  return state === 'dry_run' || state === 'importing';
}

export const importQuery = (id: number) =>
  queryOptions({
    queryKey: ['import', id],
    queryFn: ({ signal }) => getJson<Import>(`/api/imports/${id}`, {}, signal),
  });

export async function fetchImports(window: { offset: number; limit: number; signal: AbortSignal }) {
  const { offset, limit, signal } = window;
  return getJson<{ items: ImportSummary[]; total: number }>('/api/imports', { offset, limit }, signal);
}

export const rejectedQuery = (id: number, counts: ImportCounts, limit: number) =>
  queryOptions({
    queryKey: ['import', id, 'rejected', counts.rows, counts.rejected, limit],
    queryFn: ({ signal }) =>
      getJson<{ items: RejectedCell[]; total: number }>(`/api/imports/${id}/errors`, { limit }, signal),
  });

export function createImport(upload: { uploadId: number; kind: ImportKind; options?: ReadOptions }): Promise<Import> {
  const { uploadId, kind, options } = upload;
  return sendJson<Import>('POST', '/api/imports', { upload_id: uploadId, kind, ...(options && { options }) });
}

/** Sends a mapping and keeps the answer: the server may have read the file anew. */
export function useSaveMapping(id: number) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (mapping: Mapping) => sendJson<Import>('PUT', `/api/imports/${id}/mapping`, mapping),
    onSuccess: (saved) => client.setQueryData(importQuery(id).queryKey, saved),
  });
}

export type ImportDeed = 'dry-run' | 'run' | 'undo';

export function startDeed(id: number, deed: ImportDeed): Promise<{ job_id: number }> {
  return sendJson<{ job_id: number }>('POST', `/api/imports/${id}/${deed}`);
}

export const importsListKey = listKey;
