import { choiceParam, searchParams, textParam } from '../../lib/search-params';
import { handoverStates } from './types';

export const teamTabs = ['workload', 'models', 'assignment', 'handovers'] as const;

export const teamsSearch = searchParams({
  tab: choiceParam(teamTabs),
  /** A team's key: only its people. */
  team: textParam(64),
  /** A person. */
  person: textParam(20),
  /** An assignment rule whose plan is looked at. */
  rule: textParam(64),
  handover: textParam(20),
  state: choiceParam(handoverStates),
});
