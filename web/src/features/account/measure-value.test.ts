import { expect, it } from 'vitest';
import { formatDay } from '../../lib/format/date';
import { formatMoney } from '../../lib/format/money';
import { formatNumber } from '../../lib/format/number';
import type { Language } from '../../lib/language';
import type { MeasureUnit } from './health-types';
import { measureValue } from './measure-value';

const formatIn = (language: Language) => ({
  language,
  number: (value: number | null | undefined, decimals?: number) => formatNumber(value, language, decimals),
  money: (money: Parameters<typeof formatMoney>[0]) => formatMoney(money, language),
  day: (day: string | null | undefined) => formatDay(day, language),
});

it.each<[number | string | boolean | null, MeasureUnit, string, string]>([
  [12, 'people', '12人', '12 people'],
  [1, 'days', '1日', '1 day'],
  [66.44, 'percent', '66.4%', '66.4%'],
  [312.7, 'percent', '313%', '313%'],
  [-8.5, 'percent', '−8.5%', '−8.5%'],
  [2.25, 'ratio', '2.3', '2.3'],
  [12_500_000, 'money', '1,250万円', 'JPY 12.5M'],
  ['2026-11-21', 'count', '2026年11月21日(土)', '21 Nov 2026'],
  [true, 'count', 'はい', 'Yes'],
  [null, 'people', '–', '–'],
])('%j in %s', (value, unit, japanese, english) => {
  expect(measureValue(value, unit, formatIn('ja'), 'JPY')).toBe(japanese);
  expect(measureValue(value, unit, formatIn('en'), 'JPY')).toBe(english);
});
