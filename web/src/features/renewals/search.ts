import { isCondition } from '../../components/filter/condition';
import {
  choiceParam,
  dayParam,
  flagParam,
  jsonParam,
  searchParams,
  sortParam,
  textParam,
} from '../../lib/search-params';

export const rooms = ['list', 'board', 'changes', 'opportunities', 'books', 'rates'] as const;
export const periods = ['quarter', 'half', 'year', 'past'] as const;

export const spans = ['year', 'two', 'three'] as const;

export const renewalSearch = searchParams({
  room: choiceParam(rooms),
  period: choiceParam(periods),
  by: choiceParam(['category', 'month']),
  q: textParam(100),
  filter: jsonParam(isCondition),
  sort: sortParam(),
  mine: flagParam(),
  since: dayParam(),
  grain: choiceParam(['month', 'quarter']),
  span: choiceParam(spans),
  status: choiceParam(['open', 'snoozed', 'dismissed', 'converted']),
  panel: textParam(60),
  saved: textParam(40),
});
