import type { PortalPerson } from '../../../api/portal';

export type PersonState = 'isDisabled' | 'isActive' | 'isInvited' | 'linkEnded';

/** How far somebody has come: invited, in, or out again. */
export function stateOf(
  { disabled, first_seen_at, link_until }: Pick<PortalPerson, 'disabled' | 'first_seen_at' | 'link_until'>,
  now_ms: number,
): PersonState {
  if (disabled) return 'isDisabled';
  if (first_seen_at !== null) return 'isActive';
  return link_until !== null && Date.parse(link_until) < now_ms ? 'linkEnded' : 'isInvited';
}
