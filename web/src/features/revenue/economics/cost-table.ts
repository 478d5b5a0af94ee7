// Costs as a grid of texts that people type into: months down, channels across.
import { isDay, type Day } from '../../../lib/format/date';
import { majorUnits, minorDigits } from '../../../lib/format/money';
import type { Cost, CostChange } from '../statistics/types';

export type CostTable = ReadonlyMap<string, string>;

const separator = '\u0000';
export const costKey = (month: Day, channel: string) => month + separator + channel;

/** Amounts in another currency than the grid's are left to files: the grid shows none of them. */
export function costTable(costs: readonly Cost[], currency: string): CostTable {
  return new Map(
    costs.flatMap(({ month, channel, amount }) =>
      amount.currency === currency ? [[costKey(month, channel), majorUnits(amount).toLocaleString('en')]] : [],
    ),
  );
}

/** "12,500", "１２５００" or "12.5" in minor units; null for no amount, undefined for what is none. */
export function parseAmount(text: string, currency: string): number | null | undefined {
  const plain = text.normalize('NFKC').replaceAll(/[,\s]/g, '');
  if (plain === '') return null;
  const digits = minorDigits(currency);
  if (!/^\d{1,12}(\.\d+)?$/.test(plain)) return undefined;
  const [whole, rest = ''] = plain.split('.');
  if (rest.length > digits && !/^0*$/.test(rest.slice(digits))) return undefined;
  return Number(whole + rest.slice(0, digits).padEnd(digits, '0'));
}

/** What must be sent so that `before` becomes `after`; nothing where a text is no amount. */
export function changesOf(before: CostTable, after: CostTable, currency: string): CostChange[] | undefined {
  const changes: CostChange[] = [];
  for (const [key, text] of after) {
    const amount_minor = parseAmount(text, currency);
    if (amount_minor === undefined) return undefined;
    const old = parseAmount(before.get(key) ?? '', currency);
    const [month, channel] = key.split(separator);
    if (amount_minor === old || !isDay(month) || channel === undefined) continue;
    changes.push({ month, channel, amount: amount_minor === null ? null : { amount_minor, currency } });
  }
  return changes;
}
