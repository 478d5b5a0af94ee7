import { expect, it } from 'vitest';
import { toCsv } from './csv';

it('writes what spreadsheets read back', () => {
  expect(
    toCsv([
      ['顧客', 'ARR'],
      ['株式会社"青空"', 1250],
      [null, 'a\nb'],
    ]),
  ).toBe('\ufeff顧客,ARR\r\n"株式会社""青空""",1250\r\n,"a\nb"\r\n');
});

it('keeps a text that looks like a formula from being run', () => {
  expect(toCsv([['=1+1', -5]])).toBe("\ufeff'=1+1,-5\r\n");
});
