// The table of exchange rates as it is edited: a column for each currency, a line for each month, and one for all others.
import type { Day } from '../../../lib/format/date';
import type { Rate } from '../../../api/contracts';

/** By currency and month; the empty month stands for every month without a rate of its own. */
export type RateTable = ReadonlyMap<string, string>;

export const rateKey = (currency: string, month: Day | null) => `${currency} ${month ?? ''}`;

export function rateTable(items: readonly Rate[]): RateTable {
  return new Map(
    items.map(({ currency, month, rate }) => [rateKey(currency, month && `${month.slice(0, 7)}-01`), rate]),
  );
}

export function ratesOf(table: RateTable): Rate[] {
  return [...table]
    .filter(([, rate]) => rate.trim() !== '')
    .map(([key, rate]) => {
      const [currency = '', month = ''] = key.split(' ');
      return { currency, month: month === '' ? null : month, rate: plainRate(rate) };
    })
    .sort((a, b) => a.currency.localeCompare(b.currency) || (a.month ?? '').localeCompare(b.month ?? ''));
}

function plainRate(text: string): string {
  return text.normalize('NFKC').replaceAll(/[\s,]/g, '');
}

/** Above zero, exact as written: the text is what the server computes with. */
export function isRate(text: string): boolean {
  const plain = plainRate(text);
  return /^\d{1,9}(\.\d{1,9})?$/.test(plain) && Number(plain) > 0;
}

export function isCurrency(text: string): boolean {
  return /^[A-Z]{3}$/.test(text);
}

/** "2026-05", "2026/5/1", "2026年5月", "202605": the first of that month. */
export function monthFrom(text: string): Day | undefined {
  const match = /^(\d{4})(?:[-/.年]?)(\d{1,2})(?:月|[-/.]\d{1,2}日?)?$/.exec(text.normalize('NFKC').trim());
  if (!match) return undefined;
  const month = Number(match[2]);
  return month >= 1 && month <= 12 ? `${match[1]}-${String(month).padStart(2, '0')}-01` : undefined;
}

export interface PastedRates {
  rates: Rate[];
  /** Lines that could not be read, as they stood there. */
  unread: string[];
}

const separators = /\t|,(?!\d{3}\b)|;/;
/** What people write where a rate holds for all months. */
const always = /^(すべて|全て|全期間|既定|all|default|\*|)$/i;

/**
 * Cells copied from a spreadsheet. Either a line for each rate, with month, currency and rate in any order, or a table
 * with the currencies on top and the months at the side.
 */
export function pastedRates(text: string): PastedRates {
  const lines = text
    .split(/\r?\n/)
    .map((line) => line.split(separators).map((cell) => cell.normalize('NFKC').trim()))
    .filter((cells) => cells.some((cell) => cell !== ''));
  const [head = [], ...body] = lines;
  const currencies = head.slice(1).map((cell) => cell.toUpperCase());
  const isTable = currencies.length > 0 && currencies.every(isCurrency) && !head.some(isRate);
  return isTable ? fromTable(currencies, body) : fromLines(lines);
}

function fromTable(currencies: string[], lines: string[][]): PastedRates {
  const found: PastedRates = { rates: [], unread: [] };
  for (const [first = '', ...cells] of lines) {
    const month = always.test(first) ? null : monthFrom(first);
    const isFaulty = month === undefined || cells.some((cell) => cell !== '' && !isRate(cell));
    if (isFaulty) found.unread.push([first, ...cells].join(' '));
    else
      currencies.forEach((currency, column) => {
        const rate = cells[column] ?? '';
        if (rate !== '') found.rates.push({ currency, month, rate: plainRate(rate) });
      });
  }
  return found;
}

function fromLines(lines: string[][]): PastedRates {
  const found: PastedRates = { rates: [], unread: [] };
  lines.forEach((cells, index) => {
    const currency = cells.map((cell) => cell.toUpperCase()).find(isCurrency);
    const months = cells.flatMap((cell) => monthFrom(cell) ?? []);
    const rate = cells.find((cell) => isRate(cell) && monthFrom(cell) === undefined);
    const rest = cells.filter((cell) => always.test(cell)).length;
    const isWhole = currency !== undefined && rate !== undefined && months.length + rest + 2 >= cells.length;
    if (isWhole) found.rates.push({ currency, month: months[0] ?? null, rate: plainRate(rate) });
    // A first line without any rate is a heading, not a fault.
    else if (index > 0 || rate !== undefined) found.unread.push(cells.join(' '));
  });
  return found;
}
