import { useCallback } from 'react';
import { wordsIn, type Words } from '../../api/plans';
import { useFormat, useLanguage } from '../../lib/viewer';

/** "80%", "12 hours", "12時間": a figure with its unit as it is written behind a number; a dash where none is known. */
export function useFigureText() {
  const format = useFormat();
  const language = useLanguage();
  return useCallback(
    (value: number | null | undefined, unit?: Words) => {
      if (value === null || value === undefined) return '–';
      const behind = wordsIn(unit, language);
      const gap = language === 'en' && /^\p{L}/u.test(behind) ? ' ' : '';
      return `${format.number(Math.round(value * 100) / 100, Number.isInteger(value) ? 0 : 1)}${gap}${behind}`;
    },
    [format, language],
  );
}
