// What is known of every account, as fields (/api/book/fields): columns of the book, words of conditions.
import { queryOptions } from '@tanstack/react-query';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';

export interface BookField {
  key: string;
  name: TwoLanguages;
  group: string;
  group_name: TwoLanguages;
  type: 'number' | 'money' | 'day' | 'yes_no' | 'text' | 'choice' | 'text_set';
  choices?: { value: string; name: TwoLanguages }[];
  unit?: string;
  has_history?: boolean;
  sortable: boolean;
  /** Can be shown as a column. */
  column: boolean;
}

export const fieldsQuery = queryOptions({
  queryKey: ['book', 'fields'],
  queryFn: async ({ signal }) => (await getJson<{ items: BookField[] }>('/api/book/fields', {}, signal)).items,
  staleTime: 5 * 60_000,
});
