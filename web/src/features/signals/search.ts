import { isCondition } from '../../components/filter/condition';
import { choiceParam, jsonParam, searchParams } from '../../lib/search-params';
import { firingStates, replayLists } from './types';

export const signalsTabs = ['rules', 'held'] as const;
export const signalsSearch = searchParams({ tab: choiceParam(signalsTabs) });

export const signalTabs = ['firings', 'rule'] as const;
export const signalSearch = searchParams({
  tab: choiceParam(signalTabs),
  state: choiceParam(firingStates),
  list: choiceParam(replayLists),
});

/** A condition to begin with, as from the filter of the book. */
export const newSignalSearch = searchParams({ condition: jsonParam(isCondition), list: choiceParam(replayLists) });
