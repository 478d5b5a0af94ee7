import { useTranslation } from 'react-i18next';
import { useFormat } from '../../lib/viewer';
import type { Day } from '../../lib/format/date';
import { numberOfDay, useEditing } from './editing';
import { useCallback } from 'react';

/** A day of a plan in words; in a template "30日目". */
export function useDayWords() {
  const { t } = useTranslation('plans');
  const format = useFormat();
  const { plan } = useEditing();
  return useCallback(
    (day: Day | null) => {
      if (day === null) return '–';
      return plan ? format.dayShort(day) : t('templates.day', { number: format.number(numberOfDay(day)) });
    },
    [plan, format, t],
  );
}
