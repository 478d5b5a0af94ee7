import { choiceParam, searchParams } from '../../lib/search-params';
import { winKinds } from './requests';

export const rooms = ['feed', 'scoreboard', 'rules'] as const;
export const boardWeeks = ['13', '26', '52'] as const;

export const winsSearch = searchParams({
  room: choiceParam(rooms),
  kind: choiceParam(winKinds),
  mine: choiceParam(['1']),
  weeks: choiceParam(boardWeeks),
});
