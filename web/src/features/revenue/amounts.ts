// Sums of movements, and the steps of their waterfall.
import type { WaterfallStep } from '../../components/chart/waterfall';
import { movementKinds, type AmountKey, type Amounts, type MovementKind } from './types';

export const monthsAYear = 12;

/** Opening of the first, closing of the last, and everything between added up. */
export function sumOfPeriods(cells: readonly Amounts[]): Amounts {
  const [first] = cells;
  const last = cells.at(-1);
  const sums = Object.fromEntries(
    movementKinds.map((kind) => [kind, cells.reduce((sum, cell) => sum + cell[kind], 0)]),
  ) as Record<MovementKind, number>;
  const regrouped = cells.reduce((sum, cell) => sum + (cell.regrouped ?? 0), 0);
  return { opening: first?.opening ?? 0, ...sums, closing: last?.closing ?? 0, ...(regrouped !== 0 && { regrouped }) };
}

export function difference(left: Amounts, right: Amounts): Amounts {
  const keys = ['opening', ...movementKinds, 'closing'] as const;
  return Object.fromEntries(keys.map((key) => [key, right[key] - left[key]])) as Amounts;
}

/** The kinds that are shown where nothing of them happened too: that nobody left is worth saying. */
const alwaysShown = new Set<MovementKind>(['new', 'expansion', 'contraction', 'churn']);

export function shownKinds(amounts: Amounts): MovementKind[] {
  return movementKinds.filter((kind) => alwaysShown.has(kind) || amounts[kind] !== 0);
}

export type StepName = (key: AmountKey | 'regrouped') => string;

export function waterfallSteps(amounts: Amounts, name: StepName): WaterfallStep[] {
  return [
    { key: 'opening', name: name('opening'), kind: 'level', amount: amounts.opening },
    ...shownKinds(amounts).map((key) => ({ key, name: name(key), kind: 'change' as const, amount: amounts[key] })),
    ...(amounts.regrouped
      ? [{ key: 'regrouped', name: name('regrouped'), kind: 'change' as const, amount: amounts.regrouped }]
      : []),
    { key: 'closing', name: name('closing'), kind: 'level', amount: amounts.closing },
  ];
}

/** What is left over between the movements and the two balances: zero, or the server is wrong. */
export function unexplained(amounts: Amounts): number {
  const movements = movementKinds.reduce((sum, kind) => sum + amounts[kind], amounts.regrouped ?? 0);
  return amounts.closing - amounts.opening - movements;
}
