import { useMutation, useQueryClient } from '@tanstack/react-query';
import { sendJson } from '../../api/json';
import { readAgain } from './account-changes';
import type { ConsentState, ContactRole } from './types';

/** Absent leaves, null clears. */
export interface ContactPatch {
  name?: string;
  reading?: string | null;
  email?: string | null;
  title?: string | null;
  department?: string | null;
  language?: string | null;
  roles?: ContactRole[];
  first_day?: string | null;
  left_day?: string | null;
  consent?: { state: ConsentState; proof?: string | null; at?: string | null };
}

/** Adding people to an account and changing them; title, department, roles and days are those on this account. */
export function useContactChanges(accountId: string) {
  const client = useQueryClient();
  const onSettled = () => readAgain(client, accountId);
  return {
    add: useMutation({
      mutationFn: (contact: ContactPatch) =>
        sendJson<{ id: number }>('POST', `/api/accounts/${accountId}/contacts`, contact),
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, ...contact }: ContactPatch & { id: number }) =>
        sendJson<{ id: number }>('PATCH', `/api/contacts/${id}`, { ...contact, account_id: Number(accountId) }),
      onSettled,
    }),
    remove: useMutation({
      mutationFn: (id: number) => sendJson<void>('DELETE', `/api/accounts/${accountId}/contacts/${id}`),
      onSettled,
    }),
  };
}
