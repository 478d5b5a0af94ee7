// The customers' own view, as we set it up (api/portal.yaml): its look, who is invited, what is shared.
import { queryOptions, useMutation, useQueryClient } from '@tanstack/react-query';
import { getJson, sendJson } from './json';
import { requestRaw } from './client';
import type { components, operations } from './schema';

type Answer<Name extends keyof operations> = operations[Name] extends {
  responses: { 200: { content: { 'application/json': infer Body } } };
}
  ? Body
  : never;

export type PortalSettings = Answer<'getPortalSettings'>;
export type BrandingInput = Pick<PortalSettings, 'name' | 'accent' | 'welcome'>;
export type AccountPortal = Answer<'getAccountPortal'>;
export type PortalPerson = AccountPortal['people'][number];
export type PortalDocument = Answer<'listPortalDocuments'>['items'][number];
export type PortalEvents = Answer<'listPortalEvents'>;
export type PortalEvent = PortalEvents['items'][number];
export type Shows = components['schemas']['Shows'];

/** What can be shared, in the order in which customers see it. */
export const parts = [
  'plan',
  'journey',
  'value',
  'paid',
  'adoption',
  'health',
  'surveys',
  'tickets',
  'company_tickets',
  'documents',
  'people',
] as const satisfies readonly (keyof Shows)[];

export const documentEndings = ['.pdf', '.png', '.jpg', '.jpeg', '.txt', '.csv', '.docx', '.xlsx', '.pptx'] as const;
export const maxDocumentBytes = 10 * 1024 * 1024;
export const maxLogoBytes = 200 * 1024;

const portalKey = ['portal'] as const;
const accountPortalKey = (account: string) => [...portalKey, 'account', account] as const;

export const portalSettingsQuery = queryOptions({
  queryKey: [...portalKey, 'settings'],
  queryFn: ({ signal }) => getJson<PortalSettings>('/api/portal/settings', {}, signal),
});

export const accountPortalQuery = (account: string) =>
  queryOptions({
    queryKey: accountPortalKey(account),
    queryFn: ({ signal }) => getJson<AccountPortal>(`/api/accounts/${account}/portal`, {}, signal),
  });

/** Of one account and those of all; without an account every one. */
export const portalDocumentsQuery = (account: string | undefined) =>
  queryOptions({
    queryKey: [...portalKey, 'documents', account ?? null],
    queryFn: ({ signal }) => getJson<{ items: PortalDocument[] }>('/api/portal/documents', { account }, signal),
    select: ({ items }) => items,
  });

export const portalEventsQuery = (account: string | undefined, limit: number) =>
  queryOptions({
    queryKey: [...portalKey, 'events', account ?? null, limit],
    queryFn: ({ signal }) =>
      getJson<PortalEvents>(
        account === undefined ? '/api/portal/audit' : `/api/accounts/${account}/portal/audit`,
        { limit },
        signal,
      ),
  });

function usePortalDeed<Variables, Answered>(send: (variables: Variables) => Promise<Answered>) {
  const client = useQueryClient();
  return useMutation({
    mutationFn: send,
    onSuccess: () => client.invalidateQueries({ queryKey: portalKey }),
  });
}

export const useSaveBranding = () =>
  usePortalDeed((branding: BrandingInput) => sendJson<PortalSettings>('PUT', '/api/portal/settings', branding));
export const useSaveLogo = () =>
  usePortalDeed((file: File) =>
    requestRaw('/api/portal/logo', { method: 'PUT', body: file, headers: { 'Content-Type': file.type } }),
  );
export const useRemoveLogo = () => usePortalDeed(() => requestRaw('/api/portal/logo', { method: 'DELETE' }));
export const useAddStarters = () =>
  usePortalDeed(() => sendJson<{ added: number }>('POST', '/api/portal/starters', {}));

export const useInvite = (account: string) =>
  usePortalDeed((contact_id: number) =>
    sendJson<PortalPerson>('POST', `/api/accounts/${account}/portal/people`, { contact_id }),
  );
export const useResend = (account: string) =>
  usePortalDeed((contact: number) =>
    sendJson<PortalPerson>('POST', `/api/accounts/${account}/portal/people/${contact}/resend`, {}),
  );
export const useSetDisabled = (account: string) =>
  usePortalDeed(({ contact, disabled }: { contact: number; disabled: boolean }) =>
    sendJson<PortalPerson>('PATCH', `/api/accounts/${account}/portal/people/${contact}`, { disabled }),
  );
export const useViewAs = (account: string) =>
  usePortalDeed((contact_id: number) =>
    sendJson<Answer<'viewAsCustomer'>>('POST', `/api/accounts/${account}/portal/view`, { contact_id }),
  );

export const useAddDocument = (account: string | undefined) =>
  usePortalDeed((file: File) =>
    requestRaw(
      `/api/portal/documents?${new URLSearchParams({ name: file.name, ...(account !== undefined && { account }) })}`,
      { method: 'POST', body: file, headers: { 'Content-Type': 'application/octet-stream' } },
    ),
  );
export const useRemoveDocument = () =>
  usePortalDeed((id: number) => requestRaw(`/api/portal/documents/${id}`, { method: 'DELETE' }));
