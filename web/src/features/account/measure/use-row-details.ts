// The walk gives facts as the engine saw them, with record numbers. What people wrote stands in the records themselves.
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { getJson } from '../../../api/json';
import type { MeasureWalk } from '../health-types';
import {
  attendanceQuery,
  contactsQuery,
  mostRecords,
  subjectKey,
  surveysQuery,
  ticketsQuery,
  type Subject,
} from '../requests';
import type { List, TimelineEntry } from '../types';

type Row = Record<string, unknown>;

/** The rows with subjects, names and comments from their records. */
export function useDetailedRows({ kind, items }: MeasureWalk['rows'], subject: Subject): Row[] {
  const tickets = useQuery({ ...ticketsQuery(subject), enabled: kind === 'tickets' });
  const surveys = useQuery({ ...surveysQuery(subject), enabled: kind === 'surveys' });
  const attendance = useQuery({ ...attendanceQuery(subject), enabled: kind === 'attendance' });
  const contacts = useQuery({ ...contactsQuery(subject), enabled: kind === 'interactions' || kind === 'contacts' });
  const interactions = useQuery({
    queryKey: subjectKey(subject, 'interactions'),
    queryFn: ({ signal }) =>
      getJson<List<TimelineEntry>>(
        `/api/accounts/${subject.id}/timeline`,
        { kinds: 'meeting,call,mail,note', limit: mostRecords, as_of: subject.asOf },
        signal,
      ),
    enabled: kind === 'interactions',
  });
  return useMemo(() => {
    switch (kind) {
      case 'tickets':
        return joined(items, tickets.data?.items, ({ subject: title, requester }) => ({ subject: title, requester }));
      case 'surveys':
        return joined(items, surveys.data?.items, ({ contact, comment }) => ({ contact, comment }));
      case 'attendance':
        return joined(items, attendance.data?.items, ({ contact }) => ({ contact }));
      case 'contacts':
        return joined(items, contacts.data, ({ title, last_active_day }) => ({ title, last_active_day }));
      case 'interactions': {
        const names = new Map(contacts.data?.map(({ id, name }) => [id, name]));
        const withNames = items.map((row) => ({ ...row, contacts: namesOf(row.contact_ids, names) }));
        return joined(withNames, interactions.data?.items, ({ title, who }) => ({ subject: title, who }));
      }
      default:
        return items;
    }
  }, [kind, items, tickets.data, surveys.data, attendance.data, contacts.data, interactions.data]);
}

function namesOf(ids: unknown, names: ReadonlyMap<number, string>): string[] | null {
  if (!Array.isArray(ids) || ids.length === 0) return null;
  return ids.flatMap((id: unknown) => (typeof id === 'number' ? (names.get(id) ?? []) : []));
}

/** Each row with what `pick` takes from the record of the same number. */
export function joined<Record extends { id: number }>(
  rows: readonly Row[],
  records: readonly Record[] | undefined,
  pick: (record: Record) => Row,
): Row[] {
  const byId = new Map(records?.map((record) => [record.id, record]));
  return rows.map((row) => {
    const record = typeof row.id === 'number' ? byId.get(row.id) : undefined;
    return record ? { ...row, ...pick(record) } : row;
  });
}
