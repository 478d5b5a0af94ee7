// What the side panel shows is one word in the address: "measure.open_tickets", "events.day=2026-11-21&user_key=u-17".
import { isDay, type Day } from '../../lib/format/date';

/** Which events: of a person, a feature, a day, or any of these together. */
export interface EventQuestion {
  user_key?: string;
  feature?: string;
  day?: Day;
}

export type PanelContent =
  | { kind: 'measure'; key: string }
  | { kind: 'events'; question: EventQuestion }
  | { kind: 'contact'; id: number }
  | { kind: 'newContact' };

export function panelAddress(content: PanelContent): string {
  switch (content.kind) {
    case 'measure':
      return `measure.${content.key}`;
    case 'events':
      return `events.${new URLSearchParams(content.question as Record<string, string>)}`;
    case 'contact':
      return `contact.${content.id}`;
    case 'newContact':
      return 'newContact';
  }
}

function questionFrom(params: URLSearchParams): EventQuestion | undefined {
  const user_key = params.get('user_key');
  const feature = params.get('feature');
  const day = params.get('day');
  if (!user_key && !feature && !day) return undefined;
  if (day && !isDay(day)) return undefined;
  return { ...(user_key && { user_key }), ...(feature && { feature }), ...(day && { day }) };
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
    case 'events': {
      const question = questionFrom(new URLSearchParams(rest));
      return question && { kind: 'events', question };
    }
    case 'contact':
      return /^\d{1,15}$/.test(rest) ? { kind: 'contact', id: Number(rest) } : undefined;
  }
  return undefined;
}
