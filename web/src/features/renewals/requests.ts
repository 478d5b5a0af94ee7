import { keepPreviousData, queryOptions } from '@tanstack/react-query';
import { getJson, queryText } from '../../api/json';
import type { Condition } from '../../components/filter/condition';
import type { Day } from '../../lib/format/date';
import type {
  Board,
  BusinessCalendar,
  ForecastChanges,
  Opportunity,
  OwnerBook,
  RenewalDetails,
  RenewalField,
  RenewalPage,
  RenewalRates,
} from './types';

/** What decides which renewals are looked at. */
export interface Question {
  from: Day | undefined;
  to: Day | undefined;
  filter: Condition | undefined;
  q: string | undefined;
  mine: boolean;
  sort: string | undefined;
  asOf: Day | undefined;
}

function params({ filter, mine, asOf, ...rest }: Question) {
  return { ...rest, filter: filter && JSON.stringify(filter), mine: mine || undefined, as_of: asOf };
}

export const listKey = (question: Question) => ['renewals', 'list', params(question)] as const;

export function fetchRenewals(
  question: Question,
  { offset, limit, signal }: { offset: number; limit: number; signal?: AbortSignal },
) {
  return getJson<RenewalPage>('/api/renewals', { ...params(question), offset, limit }, signal);
}

export const summaryQuery = (question: Question) =>
  queryOptions({
    queryKey: ['renewals', 'summary', params(question)],
    queryFn: ({ signal }) => fetchRenewals(question, { offset: 0, limit: 1, signal }),
    placeholderData: keepPreviousData,
  });

export const boardQuery = (question: Question, by: 'category' | 'month') =>
  queryOptions({
    queryKey: ['renewals', 'board', by, params(question)],
    queryFn: ({ signal }) => getJson<Board>('/api/renewals/board', { ...params(question), by }, signal),
    placeholderData: keepPreviousData,
  });

export const fieldsQuery = queryOptions({
  queryKey: ['renewals', 'fields'],
  queryFn: async ({ signal }) => (await getJson<{ items: RenewalField[] }>('/api/renewals/fields', {}, signal)).items,
});

export const detailsQuery = (id: string, asOf: Day | undefined) =>
  queryOptions({
    queryKey: ['renewals', 'one', id, asOf ?? null],
    queryFn: ({ signal }) => getJson<RenewalDetails>(`/api/renewals/${id}`, { as_of: asOf }, signal),
  });

export const changesQuery = (question: Question, since: Day) =>
  queryOptions({
    queryKey: ['renewals', 'changes', since, question.from, question.to, question.asOf],
    queryFn: ({ signal }) =>
      getJson<ForecastChanges>(
        '/api/renewals/changes',
        { since, from: question.from, to: question.to, as_of: question.asOf },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const opportunitiesQuery = (status: string, mine: boolean) =>
  queryOptions({
    queryKey: ['renewals', 'opportunities', status, mine],
    queryFn: ({ signal }) =>
      getJson<{ items: Opportunity[]; total: number; amount: Opportunity['amount'] }>(
        '/api/renewals/opportunities',
        { status, mine: mine || undefined, limit: 1000 },
        signal,
      ),
    placeholderData: keepPreviousData,
  });

export const booksQuery = queryOptions({
  queryKey: ['renewals', 'books'],
  queryFn: ({ signal }) => getJson<{ from: Day; to: Day; items: OwnerBook[] }>('/api/renewals/books', {}, signal),
});

export const ratesQuery = (from: Day, asOf: Day | undefined) =>
  queryOptions({
    queryKey: ['renewals', 'rates', from, asOf ?? null],
    queryFn: ({ signal }) => getJson<RenewalRates>('/api/renewals/rates', { from, as_of: asOf }, signal),
    placeholderData: keepPreviousData,
  });

export const calendarQuery = queryOptions({
  queryKey: ['renewals', 'calendar'],
  queryFn: ({ signal }) => getJson<BusinessCalendar>('/api/renewals/calendar', {}, signal),
});

export const peopleQuery = queryOptions({
  queryKey: ['users', 'choices'],
  queryFn: async ({ signal }) =>
    (await getJson<{ items: { id: number; name: string }[] }>('/api/users/choices', {}, signal)).items,
  staleTime: 5 * 60_000,
});

export function exportHref(question: Question): string {
  return `/api/renewals/export.csv${queryText(params(question))}`;
}
