import type { LatestEvent } from '../../api/intake';

export const kindsShown = ['track', 'page', 'screen', 'identify', 'group', 'alias'] as const;

export interface LatestFilter {
  source?: number;
  kind?: string;
  account?: number;
  q?: string;
}

function folded(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}

/** Whether an event is among those asked for. The text may stand in a name, an id or a property. */
export function matchesLatest(event: LatestEvent, { source, kind, account, q }: LatestFilter): boolean {
  if (source !== undefined && event.source_id !== source) return false;
  if (kind !== undefined && event.kind !== kind) return false;
  if (account !== undefined && event.account_id !== account) return false;
  if (q === undefined || q.trim() === '') return true;
  const texts = [
    event.event,
    event.kind,
    event.user_key,
    event.user_id,
    event.anonymous_id,
    event.group_key,
    event.account_name,
    event.message_id,
    JSON.stringify(event.properties),
  ];
  return folded(texts.filter(Boolean).join('\n')).includes(folded(q.trim()));
}
