import { useMemo } from 'react';
import { useAsOf } from '../../lib/as-of';
import { useViewer } from '../../lib/viewer';
import type { Basis } from './revenue';

/** Rule set, day as known on, and fiscal year: what every question about revenue carries. */
export function useBasis(rules: string | undefined): Basis {
  const { asOf } = useAsOf();
  const { fiscalYearStartMonth } = useViewer();
  return useMemo(() => ({ rules, asOf, fiscalStart: fiscalYearStartMonth }), [rules, asOf, fiscalYearStartMonth]);
}
