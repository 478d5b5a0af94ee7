import { callKinds, callSeverities, type CallQuestion, type TaskQuestion } from '../../api/work';
import { addDays, type Day } from '../../lib/format/date';
import { parseSort } from '../../lib/search-params';
import type { cockpitSearch } from './search';

export type CockpitSearch = ReturnType<typeof cockpitSearch>;

const daysAhead = 7;

/** What a list with commas names, in our order; what we do not know is left out. */
export function chosen<const Choice extends string>(text: string | undefined, choices: readonly Choice[]): Choice[] {
  const wanted = new Set(text?.split(','));
  return choices.filter((choice) => wanted.has(choice));
}

/** The list with a choice put in or taken out; nothing is everything, and so is all of them. */
export function toggled<const Choice extends string>(
  text: string | undefined,
  choices: readonly Choice[],
  choice: Choice,
): string | undefined {
  const now = chosen(text, choices);
  const next = now.includes(choice)
    ? now.filter((each) => each !== choice)
    : choices.filter((each) => each === choice || now.includes(each));
  return next.length === 0 || next.length === choices.length ? undefined : next.join(',');
}

function dueOf({ due, day }: CockpitSearch, today: Day) {
  if (day) return { due_from: day, due_to: day };
  if (due === 'late') return { overdue: true };
  if (due === 'today') return { due_to: today };
  if (due === 'week') return { due_to: addDays(today, daysAhead) };
  return {};
}

/** The address as a question to the server. Parameters that say nothing are left out, so that equal questions are equal keys. */
export function questionOf(search: CockpitSearch, today: Day): CallQuestion {
  const sort = parseSort(search.sort);
  const kinds = chosen(search.kind, callKinds).join(',');
  const severities = chosen(search.severity, callSeverities).join(',');
  return {
    scope: search.scope ?? 'me',
    ...(search.status && { status: search.status }),
    ...(kinds !== '' && { kind: kinds }),
    ...(severities !== '' && { severity: severities }),
    ...(search.q && { q: search.q }),
    ...dueOf(search, today),
    ...(sort && { sort: sort.column, order: sort.direction }),
  };
}

export function taskQuestionOf(search: CockpitSearch, today: Day): TaskQuestion {
  return {
    scope: search.scope ?? 'me',
    ...(search.state && { state: search.state }),
    ...(search.q && { q: search.q }),
    ...dueOf(search, today),
  };
}

/** Is the list narrowed by anything but whose it is? */
export function isNarrowed({ status, kind, severity, due, day, q }: CockpitSearch): boolean {
  return [status, kind, severity, due, day, q].some((value) => value !== undefined);
}
