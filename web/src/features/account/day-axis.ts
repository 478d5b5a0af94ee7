// The labels of an axis of days: months over a long time, single days over a short one, never the same label twice.
import type { Day } from '../../lib/format/date';
import type { Language } from '../../lib/language';

const shortSpan_days = 120;
const labelEvery_days = 14;

export interface DayAxisFormat {
  language: Language;
  month: (day: Day) => string;
  dayShort: (day: Day) => string;
}

/** 11/21 / 21 Nov */
function withoutYear(day: Day, { language, dayShort }: DayAxisFormat): string {
  if (language === 'ja') return `${Number(day.slice(5, 7))}/${Number(day.slice(8))}`;
  return dayShort(day).replace(/ \d{4}$/, '');
}

/** For `axisLabel` of a category axis whose categories are these days. */
export function dayAxisLabel(days: readonly Day[], format: DayAxisFormat) {
  const isShort = days.length <= shortSpan_days;
  return {
    hideOverlap: true,
    interval: (index: number, day: Day) =>
      isShort ? (days.length - 1 - index) % labelEvery_days === 0 : day.endsWith('-01'),
    formatter: (day: Day) => (isShort ? withoutYear(day, format) : format.month(day)),
  };
}
