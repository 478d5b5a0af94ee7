import { useCallback } from 'react';
import { useFormat } from '../../../lib/viewer';
import type { GoalProgress } from '../types';

/** A goal's figure in its own unit: money, or a share. */
export function useGoalFormat(currency: string) {
  const format = useFormat();
  return useCallback(
    ({ unit }: Pick<GoalProgress, 'unit'>, value: number | null) =>
      unit === 'share'
        ? format.percent(value)
        : format.money(value === null ? null : { amount_minor: Math.abs(value), currency }),
    [format, currency],
  );
}
