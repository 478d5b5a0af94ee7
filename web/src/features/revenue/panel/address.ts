// Which bar or cell the side panel explains, as a text that the address carries.
import { isDay, type Day } from '../../../lib/format/date';
import { grains, movementKinds, type AmountKey, type Grain } from '../types';

export type CellKind = AmountKey | 'net_new';

export interface CellAddress {
  /** A movement, one of the two balances, or all movements together. */
  kind: CellKind;
  grain: Grain;
  /** First days of the first and the last period; the same where one period is meant. */
  from: Day;
  to: Day;
  /** Only accounts with this value of the dimension; an empty value means those without one. */
  of?: { by: string; value: string };
}

const kinds: readonly CellKind[] = ['opening', ...movementKinds, 'closing', 'net_new'];
const separator = '~';

export function cellText({ kind, grain, from, to, of }: CellAddress): string {
  return [kind, grain, from, to, ...(of ? [of.by, of.value] : [])].join(separator);
}

/** Undefined where an address was shortened or written by hand. */
export function parseCell(text: string): CellAddress | undefined {
  // A value is somebody's own word and may hold the separator.
  const [kindText, grainText, from, to, by, ...value] = text.split(separator);
  const kind = kinds.find((known) => known === kindText);
  const grain = grains.find((known) => known === grainText);
  if (!kind || !grain || !isDay(from) || !isDay(to)) return undefined;
  return { kind, grain, from, to, ...(by && { of: { by, value: value.join(separator) } }) };
}
