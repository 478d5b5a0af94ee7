// The figures that the explorer offers: what kind of number each is, whether periods of it add up, and where it leads.
import type { CellKind } from './panel/address';
import { addMonths, monthsIn } from './periods';
import type { Day } from '../../lib/format/date';
import type { CellAddress } from './panel/address';
import type { Cell, Grain } from './types';

export type FigureUnit = 'money' | 'accounts' | 'share' | 'ratio';

export interface ExplorerFigure {
  key: keyof Cell;
  unit: FigureUnit;
  /** Of several periods, and of the values of a dimension, it is the sum; a balance or a share is not. */
  addsUp: boolean;
  /** Of the values of a dimension it is the sum, though not of periods. */
  isBalance?: boolean;
  /** The movements behind it, over so many months. */
  behind: CellKind;
  over_months?: number;
}

export const explorerFigures: readonly ExplorerFigure[] = [
  { key: 'closing', unit: 'money', addsUp: false, isBalance: true, behind: 'closing' },
  { key: 'arr', unit: 'money', addsUp: false, isBalance: true, behind: 'closing' },
  { key: 'net_new', unit: 'money', addsUp: true, behind: 'net_new' },
  { key: 'new', unit: 'money', addsUp: true, behind: 'new' },
  { key: 'expansion', unit: 'money', addsUp: true, behind: 'expansion' },
  { key: 'reactivation', unit: 'money', addsUp: true, behind: 'reactivation' },
  { key: 'transfer_in', unit: 'money', addsUp: true, behind: 'transfer_in' },
  { key: 'contraction', unit: 'money', addsUp: true, behind: 'contraction' },
  { key: 'churn', unit: 'money', addsUp: true, behind: 'churn' },
  { key: 'transfer_out', unit: 'money', addsUp: true, behind: 'transfer_out' },
  { key: 'currency', unit: 'money', addsUp: true, behind: 'currency' },
  { key: 'opening', unit: 'money', addsUp: false, isBalance: true, behind: 'opening' },
  { key: 'accounts_closing', unit: 'accounts', addsUp: false, isBalance: true, behind: 'closing' },
  { key: 'accounts_new', unit: 'accounts', addsUp: true, behind: 'new' },
  { key: 'accounts_lost', unit: 'accounts', addsUp: true, behind: 'churn' },
  { key: 'accounts_reactivated', unit: 'accounts', addsUp: true, behind: 'reactivation' },
  { key: 'arpa', unit: 'money', addsUp: false, behind: 'closing' },
  { key: 'nrr_12', unit: 'share', addsUp: false, behind: 'net_new', over_months: 12 },
  { key: 'grr_12', unit: 'share', addsUp: false, behind: 'net_new', over_months: 12 },
  { key: 'nrr_3', unit: 'share', addsUp: false, behind: 'net_new', over_months: 3 },
  { key: 'grr_3', unit: 'share', addsUp: false, behind: 'net_new', over_months: 3 },
  { key: 'nrr_1', unit: 'share', addsUp: false, behind: 'net_new', over_months: 1 },
  { key: 'grr_1', unit: 'share', addsUp: false, behind: 'net_new', over_months: 1 },
  { key: 'logo_churn', unit: 'share', addsUp: false, behind: 'churn' },
  { key: 'revenue_churn', unit: 'share', addsUp: false, behind: 'churn' },
  { key: 'quick_ratio', unit: 'ratio', addsUp: false, behind: 'net_new' },
  { key: 'due', unit: 'money', addsUp: true, behind: 'net_new' },
  { key: 'renewed', unit: 'money', addsUp: true, behind: 'net_new' },
  { key: 'renewal_rate', unit: 'share', addsUp: false, behind: 'net_new' },
];

export function explorerFigure(key: string | undefined): ExplorerFigure {
  return explorerFigures.find((figure) => figure.key === key) ?? explorerFigures[0]!;
}

/** What the panel shows for a figure of a period. A share over twelve months leads to the movements of all twelve. */
export function behindFigure(
  figure: ExplorerFigure,
  period: { month: Day; end: Day; grain: Grain },
  of: CellAddress['of'],
): CellAddress {
  const { month, grain } = period;
  const { over_months, behind: kind } = figure;
  if (over_months === undefined) return { kind, grain, from: month, to: month, of };
  const last = addMonths(month, monthsIn[grain] - 1);
  return { kind, grain: 'month', from: addMonths(last, 1 - over_months), to: last, of };
}

export function numberOf(cell: Cell | undefined, figure: ExplorerFigure): number | null {
  const value = cell?.[figure.key];
  return typeof value === 'number' ? value : null;
}

/** The sum over periods; null where periods of a figure do not add up. */
export function sumOf(cells: readonly Cell[], figure: ExplorerFigure): number | null {
  return figure.addsUp ? cells.reduce((sum, cell) => sum + (numberOf(cell, figure) ?? 0), 0) : null;
}
