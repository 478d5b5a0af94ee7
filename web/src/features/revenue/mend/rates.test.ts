import { describe, expect, it } from 'vitest';
import { isRate, monthFrom, pastedRates, rateKey, ratesOf, rateTable } from './rates';

describe('the table of rates', () => {
  it('goes out as it came in, without what was emptied', () => {
    const items = [
      { currency: 'EUR', month: '2026-05-15', rate: '162.5' },
      { currency: 'USD', month: null, rate: '150' },
    ];
    const table = new Map(rateTable(items));
    expect(ratesOf(table)).toEqual([{ ...items[0], month: '2026-05-01' }, items[1]]);
    table.set(rateKey('USD', null), ' ');
    table.set(rateKey('EUR', '2026-06-01'), '１６３．２５');
    expect(ratesOf(table)).toEqual([
      { currency: 'EUR', month: '2026-05-01', rate: '162.5' },
      { currency: 'EUR', month: '2026-06-01', rate: '163.25' },
    ]);
  });

  it('takes only exact rates above zero', () => {
    expect(['151.25', '1,234.5', '１５０', '0.0001'].every(isRate)).toBe(true);
    expect(['', '0', '0.00', '-3', '1e3', '150円', 'x'].some(isRate)).toBe(false);
  });
});

it.each([
  ['2026-05', '2026-05-01'],
  ['2026/5/31', '2026-05-01'],
  ['２０２６年５月', '2026-05-01'],
  ['202611', '2026-11-01'],
  ['2026-13', undefined],
  ['151.25', undefined],
  ['May', undefined],
])('the month of "%s"', (text, month) => expect(monthFrom(text)).toBe(month));

describe('cells from a spreadsheet', () => {
  it('come line by line, with or without a heading, in any order', () => {
    const pasted = pastedRates('月\t通貨\tレート\n2026/05\tUSD\t151.25\nEUR\t1,162.5\t2026年6月\r\n\nusd\t150\n');
    expect(pasted).toEqual({
      rates: [
        { currency: 'USD', month: '2026-05-01', rate: '151.25' },
        { currency: 'EUR', month: '2026-06-01', rate: '1162.5' },
        { currency: 'USD', month: null, rate: '150' },
      ],
      unread: [],
    });
  });

  it('come as a table of months and currencies', () => {
    const pasted = pastedRates('月\tUSD\tEUR\nすべて\t150\t\n2026-05\t151.25\t162');
    expect(pasted.unread).toEqual([]);
    expect(pasted.rates).toEqual([
      { currency: 'USD', month: null, rate: '150' },
      { currency: 'USD', month: '2026-05-01', rate: '151.25' },
      { currency: 'EUR', month: '2026-05-01', rate: '162' },
    ]);
  });

  it('are shown again where they cannot be read', () => {
    expect(pastedRates('USD\t2026-05\t151\nUSD\t2026-99\t152\nドル\t2026-05\t153').unread).toEqual([
      'USD 2026-99 152',
      'ドル 2026-05 153',
    ]);
  });
});
