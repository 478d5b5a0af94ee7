import { choiceParam, searchParams, textParam } from '../../lib/search-params';

export const journeyTabs = ['accounts', 'passage', 'definition'] as const;
export const lineStates = ['stuck', 'regressing'] as const;

export const journeySearch = searchParams({
  tab: choiceParam(journeyTabs),
  stage: textParam(64),
  state: choiceParam(lineStates),
});
