import { choiceParam, searchParams, sortParam, textParam } from '../../lib/search-params';

export const marks = ['active', 'passive', 'ignored'] as const;
export type Mark = (typeof marks)[number];

export const catalogueSearch = searchParams({
  q: textParam(100),
  module: textParam(200),
  mark: choiceParam(marks),
  sort: sortParam(['name', 'module', 'events', 'first', 'last']),
  panel: textParam(80),
});
