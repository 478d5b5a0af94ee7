import { isDay } from '../../lib/format/date';
import type { MoneyAmount } from '../../lib/format/money';
import type { Language } from '../../lib/language';
import type { MeasureUnit } from './health-types';

/** The formatting helpers of the viewer that values need. */
export interface ValueFormat {
  language: Language;
  number: (value: number | null | undefined, decimals?: number) => string;
  money: (money: MoneyAmount | null | undefined) => string;
  day: (day: string | null | undefined) => string;
}

const unitWords: Partial<Record<MeasureUnit, { ja: string; en: [one: string, other: string] }>> = {
  people: { ja: '人', en: [' person', ' people'] },
  events: { ja: '回', en: [' event', ' events'] },
  days: { ja: '日', en: [' day', ' days'] },
  features: { ja: '機能', en: [' feature', ' features'] },
  percent: { ja: '%', en: ['%', '%'] },
};

function decimalsFor(value: number, unit: MeasureUnit): number {
  if (Number.isInteger(value)) return 0;
  return unit === 'percent' && Math.abs(value) >= 100 ? 0 : 1;
}

/** A measure's value with its unit: 12人, 66.4%, 3 days, JPY 310K. Absent values are a dash. */
export function measureValue(
  value: number | string | boolean | null | undefined,
  unit: MeasureUnit,
  format: ValueFormat,
  currency: string,
): string {
  if (value === null || value === undefined) return '–';
  if (typeof value === 'string') return isDay(value) ? format.day(value) : value;
  if (typeof value === 'boolean') return format.language === 'ja' ? (value ? 'はい' : 'いいえ') : value ? 'Yes' : 'No';
  if (unit === 'money') return format.money({ amount_minor: value, currency });
  const figure = format.number(value, decimalsFor(value, unit));
  const word = unitWords[unit];
  if (!word) return figure;
  return figure + (format.language === 'ja' ? word.ja : word.en[value === 1 ? 0 : 1]);
}
