// What the side panel of a plan shows, as it stands in the address: "goal~adoption", or "action~" for a new one.
import type { ItemKind } from '../../api/plans';

export interface PanelItem {
  kind: ItemKind;
  /** Empty: one that is being made. */
  key: string;
}

const kinds: readonly ItemKind[] = ['goal', 'action', 'milestone', 'risk'];

export const panelAddress = ({ kind, key }: PanelItem): string => `${kind}~${key}`;

export function panelItem(address: string): PanelItem | null {
  const [kind, key] = address.split('~');
  const known = kinds.find((each) => each === kind);
  return known && key !== undefined ? { kind: known, key } : null;
}
