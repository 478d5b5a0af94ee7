import { choiceParam, dayParam, searchParams, sortParam, textParam } from '../../lib/search-params';

export const rooms = ['list', 'board', 'calendar', 'tasks'] as const;
export const statusChoices = ['open', 'in_progress', 'snoozed', 'closed', 'all'] as const;
export const dueChoices = ['late', 'today', 'week'] as const;
export const callSorts = ['rank', 'due', 'opened', 'closed', 'severity', 'value', 'account'] as const;

export const cockpitSearch = searchParams({
  room: choiceParam(rooms),
  /** Absent: mine. */
  scope: choiceParam(['team', 'all']),
  /** Absent: open and in progress. */
  status: choiceParam(statusChoices),
  /** With commas; absent: all. */
  kind: textParam(120),
  severity: textParam(60),
  due: choiceParam(dueChoices),
  /** One day, as chosen on the calendar. */
  day: dayParam(),
  q: textParam(100),
  sort: sortParam(callSorts),
  /** Of the calendar: any day of the month. */
  month: dayParam(),
  /** Of the tasks; absent: open ones. */
  state: choiceParam(['finished', 'all']),
  panel: textParam(20),
  saved: textParam(40),
});
