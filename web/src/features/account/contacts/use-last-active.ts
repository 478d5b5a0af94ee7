import { useQuery } from '@tanstack/react-query';
import { fetchPeople, mostRecords, subjectKey, type Subject } from '../requests';
import type { Contact } from '../types';

/** When a contact last used the product: from the record, else from the person with the same number or e-mail address. */
export function useLastActive(subject: Subject): (contact: Contact) => string | null {
  const { data } = useQuery({
    queryKey: subjectKey(subject, 'people-activity'),
    queryFn: ({ signal }) => fetchPeople(subject, { offset: 0, limit: mostRecords, signal }),
  });
  const byContact = new Map(data?.items.map(({ contact_id, last_active_at }) => [contact_id, last_active_at]));
  const byEmail = new Map(
    data?.items.map(({ email, user_key, last_active_at }) => [(email || user_key).toLowerCase(), last_active_at]),
  );
  return ({ id, email, last_active_day }) =>
    last_active_day ?? byContact.get(id) ?? (email ? byEmail.get(email.toLowerCase()) : undefined) ?? null;
}
