// What a deed makes of the lists that are on the screen, until the server's own answer comes.
import type { Call, CallList, CallsChange } from '../../api/work';
import type { Day } from '../../lib/format/date';

export interface Named {
  id: number;
  name: string;
}

/** The call as the deed leaves it; the server computes rank and words anew. */
export function changedCall(call: Call, change: CallsChange, people: readonly Named[]): Call {
  switch (change.action) {
    case 'assign': {
      const assignee = people.find(({ id }) => id === change.assignee_id) ?? null;
      return { ...call, assignee, responsible: assignee ?? call.responsible };
    }
    case 'due':
      return { ...call, due_day: change.due_day as Day };
    case 'severity':
      return { ...call, severity: change.severity! };
    case 'start':
      return { ...call, status: 'in_progress', snooze: null };
    case 'wake':
      return { ...call, status: 'open', snooze: null };
    case 'snooze':
      return {
        ...call,
        status: 'snoozed',
        snooze: { until: change.until ?? null, condition: null, why: change.why ?? '' },
      };
    case 'close':
      return { ...call, status: 'closed', outcome: change.outcome! };
    case 'feedback':
      return { ...call, feedback: { verdict: change.verdict!, why: change.why ?? '', by: null } };
  }
}

/** Does a list that asks for these statuses (as /api/calls takes them) hold a call of this one? */
export function isListed(status: Call['status'], asked: string | undefined): boolean {
  if (asked === 'all') return true;
  const wanted = asked === undefined || asked === 'active' ? ['open', 'in_progress'] : asked.split(',');
  return wanted.includes(status);
}

/** A page of a list after the deed: changed rows change, and those that no longer belong to it are gone. */
export function changedList(
  list: CallList,
  ids: ReadonlySet<number>,
  change: CallsChange,
  people: readonly Named[],
  askedStatus: string | undefined,
): CallList {
  const items = list.items.flatMap((call) => {
    if (!ids.has(call.id)) return [call];
    const changed = changedCall(call, change, people);
    return changed.status === call.status || isListed(changed.status, askedStatus) ? [changed] : [];
  });
  return { ...list, items, total: list.total - (list.items.length - items.length) };
}
