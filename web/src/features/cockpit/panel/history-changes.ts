import type { CallHistoryEntry } from '../../../api/work';
import type { Language } from '../../../lib/language';

/** What of a call people change, by the server's names. The rest follows from it, or is told by the event itself. */
const told = {
  title_en: 'title',
  title_ja: 'title',
  severity: 'severity',
  role: 'role',
  assignee_id: 'assignee',
  due_day: 'due_day',
  value_minor: 'value',
  outcome: 'outcome',
  snoozed_until_day: 'snoozed',
  feedback: 'feedback',
} as const;

type Told = (typeof told)[keyof typeof told];

export interface ToldChange {
  field: Told;
  before: unknown;
  after: unknown;
}

/** The changes of an entry that say something: not those of a call or task that is new, and one language of each text. */
export function toldChanges(entry: Pick<CallHistoryEntry, 'event' | 'changes'>, language: Language): ToldChange[] {
  if (entry.event === 'opened' || entry.event.startsWith('task_')) return [];
  return entry.changes.flatMap(({ field, before, after }) => {
    const name = told[field as keyof typeof told] as Told | undefined;
    const isOther = /_(en|ja)$/.test(field) && !field.endsWith(`_${language}`);
    const isSame = JSON.stringify(before ?? null) === JSON.stringify(after ?? null);
    return name === undefined || isOther || isSame ? [] : [{ field: name, before, after }];
  });
}
