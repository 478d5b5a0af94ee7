// Why customers leave or shrink: the list that renewals, the settings and the log of an account's changes read.
import { queryOptions } from '@tanstack/react-query';
import type { TwoLanguages } from '../lib/language';
import { getJson } from './json';

export interface RenewalReason {
  key: string;
  name: TwoLanguages;
  description: string;
  applies_to: ('churn' | 'contraction')[];
  retired: boolean;
  /** How many renewals name it now. */
  uses: number;
}

/** Retired ones included: what was said earlier stays readable. */
export const renewalReasonsQuery = queryOptions({
  queryKey: ['renewals', 'reasons'],
  queryFn: async ({ signal }) => (await getJson<{ items: RenewalReason[] }>('/api/renewals/reasons', {}, signal)).items,
});
