import type { Condition } from '../../components/filter/condition';

/** No rule at all: it holds for every account. */
export const everybody: Condition = { combinator: 'and', rules: [] };
