import { choiceParam, searchParams } from '../../lib/search-params';
import { arms } from './requests';

export const rooms = ['playbooks', 'practice'] as const;
export const callKinds = [
  'risk',
  'renewal',
  'opportunity',
  'lifecycle',
  'objective',
  'activity',
  'data',
  'digital',
] as const;
const horizonWords = ['28', '56', '84', '168'] as const;

export const proofsSearch = searchParams({
  room: choiceParam(rooms),
  days: choiceParam(horizonWords),
  kind: choiceParam(callKinds),
});

export const proofSearch = searchParams({ days: choiceParam(horizonWords), arm: choiceParam(arms) });
