import { expect, it } from 'vitest';
import { addDays, formatDayShort, formatMonth } from '../../lib/format/date';
import { dayAxisLabel, type DayAxisFormat } from './day-axis';

const format: DayAxisFormat = {
  language: 'ja',
  month: (day) => formatMonth(day, 'ja'),
  dayShort: (day) => formatDayShort(day, 'ja'),
};
const daysUpTo = (last: string, count: number) =>
  Array.from({ length: count }, (_, index) => addDays(last, index - count + 1));
const labels = (days: string[]) => {
  const { interval, formatter } = dayAxisLabel(days, format);
  return days.filter((day, index) => interval(index, day)).map(formatter);
};

it('names single days over a short time, the last one always', () => {
  expect(labels(daysUpTo('2026-11-22', 30))).toEqual(['10/25', '11/8', '11/22']);
});

it('names every month once over a long time', () => {
  expect(labels(daysUpTo('2026-11-22', 130))).toEqual(['2026年8月', '2026年9月', '2026年10月', '2026年11月']);
});
