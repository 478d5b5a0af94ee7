import { expect, test } from 'vitest';
import { shownValue } from './shown-value';

const format = {
  number: (value: number) => `#${value}`,
  money: ({ amount_minor, currency }: { amount_minor: number; currency: string }) => `${currency} ${amount_minor}`,
  dayShort: (day: string) => day.replaceAll('-', '/'),
  word: (text: string) => ({ yes: 'はい', adoption: '定着' })[text] ?? text,
};

test('each sort of value is shown in its own way', () => {
  expect(shownValue(0, format)).toBe('#0');
  expect(shownValue({ amount_minor: 12, currency: 'JPY' }, format)).toBe('JPY 12');
  expect(shownValue('2026-11-20', format)).toBe('2026/11/20');
  expect(shownValue(true, format)).toBe('はい');
  expect(shownValue('adoption', format)).toBe('定着');
  expect(shownValue({ id: 3, name: '佐藤' }, format)).toBe('佐藤');
  expect(shownValue(['adoption', 2], format)).toBe('定着, #2');
});

test('what is not there is a dash, and what nobody knows is shown as it is', () => {
  expect([null, undefined, ''].map((value) => shownValue(value, format))).toEqual(['–', '–', '–']);
  expect(shownValue({ odd: 1 }, format)).toBe('{"odd":1}');
});
