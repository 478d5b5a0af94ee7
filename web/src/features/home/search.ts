import { choiceParam, searchParams } from '../../lib/search-params';

/** Whose accounts home speaks of. */
export const homeSearch = searchParams({ whose: choiceParam(['mine', 'all']) });
