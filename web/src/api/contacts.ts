// The people of an account, for choosing among them.
import { queryOptions } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import { isLanguage, type Language } from '../lib/language';
import { getJson } from './json';

export interface ContactChoice {
  id: number;
  name: string;
  title: string | null;
  department: string | null;
  email: string | null;
  language: Language | null;
  roles: string[];
}

interface ContactAnswer extends Omit<ContactChoice, 'language'> {
  language: string | null;
  left_day: Day | null;
}

/** Those who are there now; who left is not offered. */
export const contactChoicesQuery = (accountId: number) =>
  queryOptions({
    queryKey: ['accounts', String(accountId), 'contact-choices'],
    queryFn: async ({ signal }): Promise<ContactChoice[]> => {
      const { items } = await getJson<{ items: ContactAnswer[] }>(`/api/accounts/${accountId}/contacts`, {}, signal);
      return items
        .filter(({ left_day }) => left_day === null)
        .map(({ id, name, title, department, email, language, roles }) => ({
          id,
          name,
          title,
          department,
          email,
          language: isLanguage(language) ? language : null,
          roles,
        }));
    },
  });
