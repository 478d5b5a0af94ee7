// What tests of revenue share: sums that must hold in every answer.
import { expect } from 'vitest';

export const kinds = ['new', 'expansion', 'contraction', 'churn', 'reactivation', 'transfer_in', 'transfer_out', 'currency'] as const;

// opening + movements (+ what came or went with the group) = closing, for money and for accounts.
export function expectReconciled(cell: any, where = ''): void {
  const moved = kinds.reduce((sum, kind) => sum + cell[kind], 0);
  expect(cell.opening + moved + (cell.regrouped ?? 0), `${where} ${JSON.stringify(cell)}`).toBe(cell.closing);
  if (cell.accounts_opening === undefined || cell.accounts_transferred_in === undefined) return;
  const accounts =
    cell.accounts_opening + cell.accounts_new + cell.accounts_reactivated - cell.accounts_lost + cell.accounts_transferred_in - cell.accounts_transferred_out + cell.accounts_regrouped;
  expect(accounts, `${where} accounts ${JSON.stringify(cell)}`).toBe(cell.accounts_closing);
}
