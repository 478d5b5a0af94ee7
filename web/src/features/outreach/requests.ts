// Requests and answers of /api/outreach; see api/outreach.yaml.
import { queryOptions } from '@tanstack/react-query';
import { getJson, sendJson } from '../../api/json';
import type { components } from '../../api/schema';
import type { TwoLanguages } from '../../lib/language';

type Schemas = components['schemas'];
export type MergeField = Schemas['MergeField'];
export type MailPreview = Schemas['MailPreview'];
export type TemplateRow = Schemas['MailTemplateRow'];
export type MailRow = Schemas['MailRow'];
export type MailList = Schemas['MailList'];
export type MailDetail = Schemas['MailDetail'];
export type MailState = Schemas['MailState'];
export type Suppression = Schemas['Suppression'];
export type ConsentEvent = Schemas['ConsentEvent'];
export type SurveyResult = Schemas['SurveyResult'];
export type ReceivedMail = Schemas['ReceivedMail'];
export type Settings = Schemas['OutreachSettings'];
export type SettingsAnswer = Schemas['OutreachSettingsAnswer'];

export type TemplateKind = 'mail_template' | 'survey';
export const mailStates = ['queued', 'sending', 'sent', 'failed', 'unclear', 'refused', 'cancelled'] as const;

/** The body of a definition of either kind; a survey has what follows the text, too. */
export interface TemplateBody {
  name: TwoLanguages;
  description: string;
  purpose?: 'service' | 'promotion';
  subject: TwoLanguages;
  body: TwoLanguages;
  kind?: 'nps' | 'csat' | 'ces';
  question?: TwoLanguages;
  low?: TwoLanguages;
  high?: TwoLanguages;
  comment_question?: TwoLanguages;
  thanks?: TwoLanguages;
  open_days?: number;
  reminder_days?: number[];
}

export interface PreviewFor {
  account_id: number;
  contact_id: number;
}

export const templatesQuery = queryOptions({
  queryKey: ['outreach', 'templates'],
  queryFn: ({ signal }) => getJson<{ items: TemplateRow[] }>('/api/outreach/templates', {}, signal),
});

export const fieldsQuery = queryOptions({
  queryKey: ['outreach', 'fields'],
  queryFn: async ({ signal }) => (await getJson<{ items: MergeField[] }>('/api/outreach/fields', {}, signal)).items,
  staleTime: 60_000,
});

export const mailQuery = (id: string) =>
  queryOptions({
    queryKey: ['outreach', 'mail', id],
    queryFn: ({ signal }) => getJson<MailDetail>(`/api/outreach/mails/${id}`, {}, signal),
  });

export const countsQuery = (query: { state?: string; q?: string }) =>
  queryOptions({
    queryKey: ['outreach', 'mails', 'counts', query],
    queryFn: ({ signal }) => getJson<MailList>('/api/outreach/mails', { ...query, limit: 1 }, signal),
  });

export const surveysQuery = queryOptions({
  queryKey: ['outreach', 'surveys'],
  queryFn: async ({ signal }) => (await getJson<{ items: SurveyResult[] }>('/api/outreach/surveys', {}, signal)).items,
});

export const settingsQuery = queryOptions({
  queryKey: ['outreach', 'settings'],
  queryFn: ({ signal }) => getJson<SettingsAnswer>('/api/outreach/settings', {}, signal),
});

export const contactsQuery = (account: number) =>
  queryOptions({
    queryKey: ['outreach', 'contacts', account],
    queryFn: async ({ signal }) =>
      (
        await getJson<{ items: { id: number; name: string; email: string | null }[] }>(
          `/api/accounts/${account}/contacts`,
          {},
          signal,
        )
      ).items,
  });

export const previewQuery = (kind: TemplateKind, body: TemplateBody, language: 'ja' | 'en', to?: PreviewFor) =>
  queryOptions({
    queryKey: ['outreach', 'preview', kind, body, language, to ?? null],
    queryFn: ({ signal }) =>
      sendJson<MailPreview>('POST', '/api/outreach/preview', { kind, body, language, ...to }, signal),
    retry: false,
  });
