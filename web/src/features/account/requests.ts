// Everything the page asks the server about one account. `asOf` is part of every key: the past is another answer.
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { getJson, type QueryValue } from '../../api/json';
import type { components } from '../../api/schema';
import type { Day } from '../../lib/format/date';
import type { EventQuestion } from './panel-address';
import type { Health, HealthHistory, MeasureWalk, NotableDay, ShownScore } from './health-types';
import type {
  Account,
  Attendance,
  AttributeDefinition,
  Contact,
  DepartmentUse,
  EventRow,
  List,
  Named,
  PersonUse,
  RecordChange,
  SurveyAnswer,
  Ticket,
  TimelineEntry,
  TimelineKind,
  Usage,
} from './types';

/** Which account, known when. */
export interface Subject {
  id: string;
  asOf: Day | undefined;
}

export const accountKey = (id: string) => ['accounts', id] as const;

/** "360" keeps these answers apart from the shorter ones that a list's side panel keeps of the same account. */
export const subjectKey = ({ id, asOf }: Subject, what: string, ...more: unknown[]) =>
  [...accountKey(id), '360', what, asOf ?? null, ...more] as const;

function get<T>(subject: Subject, path: string, params: Record<string, QueryValue> = {}, signal?: AbortSignal) {
  return getJson<T>(`/api/accounts/${subject.id}${path}`, { ...params, as_of: subject.asOf }, signal);
}

const one =
  <T>(what: string, path: string) =>
  (subject: Subject) =>
    queryOptions({
      queryKey: subjectKey(subject, what),
      queryFn: ({ signal }) => get<T>(subject, path, {}, signal),
    });

/** Records of one account are few; what exceeds the limit is said in the list. */
export const mostRecords = 1000;

const records =
  <Item>(what: string) =>
  (subject: Subject) =>
    queryOptions({
      queryKey: subjectKey(subject, what),
      queryFn: ({ signal }) => get<List<Item>>(subject, `/${what}`, { limit: mostRecords }, signal),
    });

export const accountQuery = one<Account>('account', '');
export const healthQuery = one<Health>('health', '/health');
export const ticketsQuery = records<Ticket>('tickets');
export const surveysQuery = records<SurveyAnswer>('surveys');
export const attendanceQuery = records<Attendance>('attendance');

export const contactsQuery = (subject: Subject) =>
  queryOptions({
    queryKey: subjectKey(subject, 'contacts'),
    queryFn: async ({ signal }) => (await get<{ items: Contact[] }>(subject, '/contacts', {}, signal)).items,
  });

export interface Period {
  from: Day | undefined;
  to: Day;
}

export const historyQuery = (subject: Subject, { from, to }: Period) =>
  queryOptions({
    queryKey: subjectKey(subject, 'history', from, to),
    queryFn: ({ signal }) => get<HealthHistory>(subject, '/health/history', { from, to, step: 'day' }, signal),
  });

/** Under an earlier version: week by week where its history is kept, else computed day by day. */
export const historyUnderQuery = (subject: Subject, { from, to }: Period, release: number) =>
  queryOptions({
    queryKey: subjectKey(subject, 'history-under', release, from, to),
    queryFn: ({ signal }) => get<HealthHistory>(subject, '/health/history', { from, to, step: 'day', release }, signal),
  });

/** What pages showed, whatever the history would be by now. */
export const shownScoresQuery = (subject: Subject, { to }: Period) =>
  queryOptions({
    queryKey: subjectKey(subject, 'shown', to),
    queryFn: async ({ signal }) => (await get<{ items: ShownScore[] }>(subject, '/health/shown', { to }, signal)).items,
  });

export const notableDaysQuery = (subject: Subject, { from, to }: Period) =>
  queryOptions({
    queryKey: subjectKey(subject, 'notable-days', from, to),
    queryFn: async ({ signal }) =>
      (await get<{ items: NotableDay[] }>(subject, '/health/changes', { from, to }, signal)).items,
  });

/** So many rows behind a value are shown; the count says how many there are. */
const mostRows = 500;

export const measureQuery = (subject: Subject, key: string) =>
  queryOptions({
    queryKey: subjectKey(subject, 'measure', key),
    queryFn: ({ signal }) =>
      get<MeasureWalk>(subject, `/health/measures/${encodeURIComponent(key)}`, { limit: mostRows }, signal),
  });

export const usageQuery = (subject: Subject, { from, to }: Period) =>
  queryOptions({
    queryKey: subjectKey(subject, 'usage', from, to),
    queryFn: ({ signal }) => get<Usage>(subject, '/usage', { from, to }, signal),
  });

export const departmentsQuery = (subject: Subject) =>
  queryOptions({
    queryKey: subjectKey(subject, 'departments'),
    queryFn: ({ signal }) => get<List<DepartmentUse>>(subject, '/departments', {}, signal),
  });

export interface Window {
  offset: number;
  limit: number;
  signal?: AbortSignal;
}

export const fetchPeople = (subject: Subject, { offset, limit, signal }: Window) =>
  get<List<PersonUse>>(subject, '/people', { offset, limit }, signal);

export const fetchEvents = (subject: Subject, question: EventQuestion, { offset, limit, signal }: Window) =>
  get<List<EventRow>>(subject, '/events', { ...question, offset, limit }, signal);

const pageLength = 50;

/** The next offset while there is more to come. */
function nextOffset<Item>(page: List<Item>, pages: List<Item>[]): number | undefined {
  const seen = pages.reduce((sum, { items }) => sum + items.length, 0);
  return page.items.length > 0 && seen < page.total ? seen : undefined;
}

export const timelineQuery = (subject: Subject, kinds: readonly TimelineKind[]) =>
  infiniteQueryOptions({
    queryKey: subjectKey(subject, 'timeline', kinds),
    queryFn: ({ pageParam, signal }) =>
      get<List<TimelineEntry>>(
        subject,
        '/timeline',
        { kinds: kinds.length > 0 ? kinds.join(',') : undefined, offset: pageParam, limit: pageLength },
        signal,
      ),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
  });

export const changesQuery = (subject: Subject) =>
  infiniteQueryOptions({
    queryKey: subjectKey(subject, 'changes'),
    queryFn: ({ pageParam, signal }) =>
      get<List<RecordChange>>(subject, '/changes', { offset: pageParam, limit: pageLength }, signal),
    initialPageParam: 0,
    getNextPageParam: nextOffset,
  });

export const attributesQuery = queryOptions({
  queryKey: ['attributes', 'definitions'],
  queryFn: async ({ signal }) => (await getJson<{ items: AttributeDefinition[] }>('/api/attributes', {}, signal)).items,
  staleTime: 5 * 60_000,
});

/** Who can look after an account. */
export const ownersQuery = queryOptions({
  queryKey: ['users', 'choices'],
  queryFn: async ({ signal }) => (await getJson<{ items: Named[] }>('/api/users/choices', {}, signal)).items,
  staleTime: 5 * 60_000,
});

/** Mails, preferences and consent of one person, with their proof; always as they are now. */
export const contactOutreachQuery = ({ id }: Subject, contactId: number) =>
  queryOptions({
    queryKey: [...accountKey(id), 'outreach', contactId],
    queryFn: ({ signal }) =>
      getJson<components['schemas']['ContactOutreach']>(`/api/contacts/${contactId}/outreach`, { account: id }, signal),
  });
