import type { Condition } from '../../components/filter/condition';
import type { ViewQuery } from './types';

export const builtInViewIds = ['mine', 'at_risk', 'renewal', 'silent'] as const;
export type BuiltInViewId = (typeof builtInViewIds)[number];

const renewalWindow_days = 90;
const silence_days = 14;

function all(...rules: Condition['rules']): Condition {
  return { combinator: 'and', rules };
}

/** The views every workspace starts with. Each is a filter and a sort like any saved one, so it can be changed and saved. */
export function builtInView(id: BuiltInViewId, viewer: { userId: number }): ViewQuery {
  switch (id) {
    case 'mine':
      return { filter: all({ field: 'owner', operator: 'in', value: [String(viewer.userId)] }) };
    case 'at_risk':
      return { filter: all({ field: 'level', operator: 'in', value: ['at_risk', 'critical'] }), sort: '-arr' };
    case 'renewal':
      return {
        filter: all({
          field: 'renewal_day',
          operator: 'withinDays',
          value: { days: renewalWindow_days, direction: 'next' },
        }),
        sort: 'renewal_day',
      };
    case 'silent':
      return {
        // Used once and no more; who never began is another matter.
        filter: all(
          { field: 'last_activity_day', operator: 'notNull', value: null },
          { field: 'last_activity_day', operator: 'notWithinDays', value: { days: silence_days, direction: 'last' } },
        ),
        sort: '-arr',
      };
  }
}
