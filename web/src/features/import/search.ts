import { choiceParam, numberParam, searchParams, textParam } from '../../lib/search-params';
import { importKinds } from './imports';

export const newImportSearch = searchParams({
  upload: numberParam(),
  file: textParam(500),
  guess: choiceParam(importKinds),
});

/** `job`: what is at work now and shown with its progress. */
export const importSearch = searchParams({
  step: choiceParam(['read', 'map', 'check', 'run']),
  job: numberParam(),
});
