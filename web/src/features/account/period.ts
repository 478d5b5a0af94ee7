import { addDays, type Day } from '../../lib/format/date';
import type { Period } from './requests';
import type { PeriodChoice } from './search';

/** The longest span that the server gives day by day. */
export const longest_days = 1095;
const lengths_days = { quarter: 91, year: 365 } as const;

/** The days that a choice of period means, up to and including `until`. "all" leaves the beginning open. */
export function periodOf(choice: PeriodChoice, until: Day): Period {
  return { from: choice === 'all' ? undefined : addDays(until, -lengths_days[choice]), to: until };
}
