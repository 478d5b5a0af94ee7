import { choiceParam, searchParams, textParam } from '../../lib/search-params';
import { sections } from './sections';
import { timelineKinds, type TimelineKind } from './types';

export const periods = ['quarter', 'year', 'all'] as const;
export type PeriodChoice = (typeof periods)[number];

/** What the page's address carries besides the account and "as known on". */
export const accountSearch = searchParams({
  tab: choiceParam(sections),
  /** See panel-address.ts. */
  panel: textParam(300),
  /** Kinds of the timeline, with commas; absent shows all. */
  kinds: textParam(200),
  period: choiceParam(periods),
  /** What the history is drawn beside: the number of an earlier version, or "shown". */
  beside: textParam(20),
});

export function kindsOf(text: string | undefined): TimelineKind[] {
  const wanted = new Set(text?.split(','));
  return timelineKinds.filter((kind) => wanted.has(kind));
}
