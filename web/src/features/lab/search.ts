import { choiceParam, jsonParam, numberParam, searchParams, textParam } from '../../lib/search-params';
import { isTuning } from './tuning';
import { leadDays, senses, type LeadDays } from './types';

export const labTabs = ['accuracy', 'early', 'measures', 'segments', 'compare', 'shadow'] as const;
export type LabTab = (typeof labTabs)[number];

/** What the address of the Lab carries: every choice, and what the sliders were moved to. */
export const labSearch = searchParams({
  scorecard: textParam(80),
  use: choiceParam(['published', 'draft']),
  outcome: textParam(200),
  sense: choiceParam(senses),
  lead: numberParam(),
  level: textParam(80),
  segment: textParam(80),
  tab: choiceParam(labTabs),
  tuned: jsonParam(isTuning),
});

/** The lead time that the address names, where it is one of those that are offered. */
export function leadFrom(given: number | undefined): LeadDays {
  return leadDays.find((days) => days === given) ?? 90;
}
