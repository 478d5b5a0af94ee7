import { isCondition } from '../../components/filter/condition';
import { choiceParam, jsonParam, searchParams, sortParam, textParam } from '../../lib/search-params';
import { builtInViewIds } from './built-in-views';

/** What the book's address carries: together with `asOf` it is the whole state of the page. */
export const bookSearch = searchParams({
  q: textParam(),
  filter: jsonParam(isCondition),
  /** Levels pressed in the strip, comma-separated. */
  levels: textParam(120),
  /** "-arr,name" */
  sort: sortParam(),
  /** Chosen columns in order, comma-separated. */
  columns: textParam(4000),
  /** A view of the house, or the number of a saved one. */
  view: choiceParam(builtInViewIds),
  saved: textParam(20),
  panel: textParam(20),
});
