import { goalStatuses } from '../../api/plans';
import { choiceParam, flagParam, searchParams, textParam } from '../../lib/search-params';

export const stateChoices = ['draft', 'sent', 'active', 'closed', 'all'] as const;

export const plansSearch = searchParams({
  scope: choiceParam(['me']),
  state: choiceParam(stateChoices),
  status: choiceParam(goalStatuses),
  no_next_step: flagParam(),
  late: flagParam(),
  unconfirmed: flagParam(),
  q: textParam(100),
});

export const planTabs = ['goals', 'actions', 'risks', 'value', 'history'] as const;

export const planSearch = searchParams({
  tab: choiceParam(planTabs),
  /** What is edited beside the page: see panel-address.ts. */
  panel: textParam(120),
  view: choiceParam(['table']),
  zoom: choiceParam(['weeks', 'quarters']),
});

export const planTemplateSearch = searchParams({
  panel: textParam(120),
  view: choiceParam(['table']),
  zoom: choiceParam(['weeks', 'quarters']),
});
