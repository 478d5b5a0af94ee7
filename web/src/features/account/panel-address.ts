// What the side panel shows is one word in the address: "measure.open_tickets", "person.u-17", "day.2026-11-21".
import { isDay, type Day } from '../../lib/format/date';

export type PanelContent =
  | { kind: 'measure'; key: string }
  | { kind: 'person'; key: string }
  | { kind: 'feature'; key: string }
  | { kind: 'day'; day: Day }
  | { kind: 'contact'; id: number }
  | { kind: 'newContact' };

export function panelAddress(content: PanelContent): string {
  switch (content.kind) {
    case 'measure':
    case 'person':
    case 'feature':
      return `${content.kind}.${content.key}`;
    case 'day':
      return `day.${content.day}`;
    case 'contact':
      return `contact.${content.id}`;
    case 'newContact':
      return 'newContact';
  }
}

/** Undefined where the address says something that cannot be shown. */
export function panelContent(address: string): PanelContent | undefined {
  if (address === 'newContact') return { kind: 'newContact' };
  const dot = address.indexOf('.');
  const rest = dot < 0 ? '' : address.slice(dot + 1);
  if (rest === '') return undefined;
  switch (address.slice(0, dot)) {
    case 'measure':
      return { kind: 'measure', key: rest };
    case 'person':
      return { kind: 'person', key: rest };
    case 'feature':
      return { kind: 'feature', key: rest };
    case 'day':
      return isDay(rest) ? { kind: 'day', day: rest } : undefined;
    case 'contact':
      return /^\d{1,15}$/.test(rest) ? { kind: 'contact', id: Number(rest) } : undefined;
  }
  return undefined;
}
