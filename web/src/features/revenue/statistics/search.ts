import { choiceParam, dayParam, searchParams, textParam } from '../../../lib/search-params';
import { cohortGrains, measures } from './types';

const by = textParam(120);
const rules = textParam(80);

export const cohortsSearch = searchParams({
  measure: choiceParam(measures),
  grain: choiceParam(cohortGrains),
  by,
  value: textParam(300),
  rules,
});

export const horizons = ['12', '24', '36', '60', '120'] as const;

export const survivalSearch = searchParams({ by, since: dayParam(), horizon: choiceParam(horizons), rules });

export const economicsTabs = ['figures', 'costs'] as const;

export const economicsSearch = searchParams({ by, tab: choiceParam(economicsTabs), rules });
