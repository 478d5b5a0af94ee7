import { choiceParam, numberParam, searchParams, textParam } from '../../lib/search-params';

export const intakeTabs = ['sources', 'latest', 'quarantine', 'unmatched', 'matches'] as const;
export type IntakeTab = (typeof intakeTabs)[number];

/** What the address of the intake carries. `panel` opens what the tab lists, by its id. */
export const intakeSearch = searchParams({
  tab: choiceParam(intakeTabs),
  /** Only of this source. */
  source: numberParam(),
  kind: textParam(20),
  /** Only of this account. */
  account: numberParam(),
  q: textParam(200),
  /** Why quarantined. */
  reason: textParam(80),
  panel: textParam(600),
});
