import { choiceParam, numberParam, searchParams, textParam } from '../../lib/search-params';
import { runFilters } from './types';

export const playbooksTabs = ['playbooks', 'runs', 'failed', 'secrets'] as const;
export const playbooksSearch = searchParams({
  tab: choiceParam(playbooksTabs),
  state: choiceParam(runFilters),
  account: numberParam(),
});

export const playbookTabs = ['design', 'runs', 'versions'] as const;
export const playbookSearch = searchParams({
  tab: choiceParam(playbookTabs),
  view: choiceParam(['graph', 'list']),
  state: choiceParam(runFilters),
  step: textParam(64),
  /** Which two versions are compared. */
  before: numberParam(),
  after: numberParam(),
});

export const runSearch = searchParams({ view: choiceParam(['graph', 'list']) });
