// What two ways of counting make of the same contracts: sums over the months, and what lies between them.
import { sumOfPeriods } from '../amounts';
import { movementKinds, type AmountKey, type RuleSet, type RulesComparison, type RulesDifference } from '../types';

export const comparedKeys: readonly AmountKey[] = ['opening', ...movementKinds, 'closing'];

export function comparedKey(text: string | undefined): AmountKey | undefined {
  return comparedKeys.find((key) => key === text);
}

export interface Apart {
  key: AmountKey;
  left: number;
  right: number;
}

/** Every kind over the whole period; what neither ever had is left out. */
export function kindsApart(months: RulesComparison['months']): Apart[] {
  const left = sumOfPeriods(months.map((month) => month.left));
  const right = sumOfPeriods(months.map((month) => month.right));
  return comparedKeys
    .map((key) => ({ key, left: left[key], right: right[key] }))
    .filter((apart) => apart.left !== 0 || apart.right !== 0);
}

/** The movement in which the two differ most: what one came to this page to understand. */
export function widest(months: RulesComparison['months']): AmountKey {
  const movements = kindsApart(months).filter(({ key }) => key !== 'opening' && key !== 'closing');
  const [first] = movements.toSorted((a, b) => Math.abs(b.right - b.left) - Math.abs(a.right - a.left));
  return first?.key ?? 'closing';
}

export interface AccountApart {
  difference: RulesDifference;
  amount: number;
}

/** The accounts that make the difference of one kind, the largest first; the others differ in other kinds. */
export function accountsApart(items: readonly RulesDifference[], key: AmountKey): AccountApart[] {
  return items
    .map((difference) => ({ difference, amount: difference.right[key] - difference.left[key] }))
    .filter(({ amount }) => amount !== 0)
    .toSorted((a, b) => Math.abs(b.amount) - Math.abs(a.amount));
}

/** The set that shares the fewest switches with another: what is worth comparing it with first. */
export function farthest(from: RuleSet, sets: readonly RuleSet[]): RuleSet | undefined {
  const apart = ({ settings }: RuleSet) =>
    settings.filter(({ key, setting }) => from.settings.find((own) => own.key === key)?.setting.en !== setting.en)
      .length;
  return sets.filter(({ key }) => key !== from.key).toSorted((a, b) => apart(b) - apart(a))[0];
}
