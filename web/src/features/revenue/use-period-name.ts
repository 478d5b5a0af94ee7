import { useCallback } from 'react';
import type { Day } from '../../lib/format/date';
import { useFormat, useViewer } from '../../lib/viewer';
import { fiscalYearName } from './periods';
import type { Grain } from './types';

/** 2026年11月, 2026年度第3四半期, 2026年度 / Nov 2026, FY2026 Q3, FY2026 */
export function usePeriodName(): (month: Day, grain: Grain) => string {
  const format = useFormat();
  const { fiscalYearStartMonth } = useViewer();
  return useCallback(
    (month, grain) => {
      if (grain === 'quarter') return format.fiscalQuarter(month);
      if (grain === 'fiscal_year') return fiscalYearName(month, fiscalYearStartMonth, format.language);
      return format.month(month);
    },
    [format, fiscalYearStartMonth],
  );
}
