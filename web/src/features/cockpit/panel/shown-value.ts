import { isDay, type Day } from '../../../lib/format/date';
import type { MoneyAmount } from '../../../lib/format/money';

interface Formatting {
  number: (value: number) => string;
  money: (value: MoneyAmount) => string;
  dayShort: (day: Day) => string;
  /** Yes and no, and words that the product knows. */
  word: (text: string) => string;
}

function isMoney(value: unknown): value is MoneyAmount {
  return typeof value === 'object' && value !== null && 'amount_minor' in value && 'currency' in value;
}

/** A value of a field as people read it; nothing is a dash. */
export function shownValue(value: unknown, format: Formatting): string {
  if (value === null || value === undefined || value === '') return '–';
  if (typeof value === 'number') return format.number(value);
  if (typeof value === 'boolean') return format.word(value ? 'yes' : 'no');
  if (isDay(value)) return format.dayShort(value);
  if (typeof value === 'string') return format.word(value);
  if (isMoney(value)) return format.money(value);
  if (Array.isArray(value)) return value.map((each) => shownValue(each, format)).join(', ');
  if (typeof value === 'object' && 'name' in value && typeof value.name === 'string') return value.name;
  return JSON.stringify(value);
}
