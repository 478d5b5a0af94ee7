// The body of a rule of sharing (kind portal_sharing), and what it must hold before it can be sent.
import { parts, type Shows } from '../../api/portal';
import type { Condition } from '../../components/filter/condition';
import type { TwoLanguages } from '../../lib/language';

export interface SharingBody {
  name: TwoLanguages;
  rank: number;
  condition?: Condition | null;
  shows: Shows;
  health_words: Record<string, TwoLanguages>;
  health_needs_consent: boolean;
}

const isGiven = ({ ja, en }: TwoLanguages) => ja.trim() !== '' && en.trim() !== '';

/** What is shared only after somebody decided so. */
const offAtFirst: readonly (keyof Shows)[] = ['health', 'paid', 'company_tickets'];

/** Parts that only widen another one. */
export const widens: Partial<Record<keyof Shows, keyof Shows>> = { paid: 'value', company_tickets: 'tickets' };

export function newSharing(name: TwoLanguages): SharingBody {
  const shows = Object.fromEntries(parts.map((part) => [part, !offAtFirst.includes(part)])) as unknown as Shows;
  return { name, rank: 50, shows, health_words: {}, health_needs_consent: true };
}

/** As it is sent: without a condition that is none, and without words that nobody wrote. */
export function sendableSharing(body: SharingBody): SharingBody {
  const { condition, ...rest } = body;
  const health_words = Object.fromEntries(
    Object.entries(body.health_words).filter(([, words]) => words.ja.trim() !== '' || words.en.trim() !== ''),
  );
  return { ...rest, ...(condition && { condition }), health_words };
}

/** Whether it can be saved: words of a level are needed only where they are shown. */
export function isComplete(body: SharingBody, levels: readonly string[]): boolean {
  const words = body.health_words;
  return (
    isGiven(body.name) &&
    (!body.shows.health || levels.every((level) => words[level] !== undefined && isGiven(words[level])))
  );
}
