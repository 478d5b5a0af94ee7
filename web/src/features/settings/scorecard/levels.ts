// Adding and removing levels. Their keys are the five that pages have an icon and a colour for.
import type { TwoLanguages } from '../../../lib/language';
import { levels as knownLevels, type Level } from '../../../lib/level';
import type { ScoreLevel } from '../types';

type KnownLevel = Exclude<Level, 'unknown'>;

const order = knownLevels.filter((level): level is KnownLevel => level !== 'unknown');

/** The known levels that the list lacks, best first. */
export function freeLevels(levels: readonly ScoreLevel[]): KnownLevel[] {
  const taken = new Set(levels.map(({ key }) => key));
  return order.filter((key) => !taken.has(key));
}

/** Puts a level at its place among the others, beginning half way between its neighbours. */
export function withLevelAdded(levels: readonly ScoreLevel[], key: KnownLevel, name: TwoLanguages): ScoreLevel[] {
  const rank = order.indexOf(key);
  const next = levels.findIndex((level) => order.indexOf(level.key as KnownLevel) > rank);
  const at = next < 0 ? levels.length : next;
  const [above, below] = [levels[at - 1], levels[at]];
  if (!below) {
    // The new lowest level begins at 0, so the one that did must begin higher.
    const lifted = above && { ...above, from: Math.round((levels[at - 2]?.from ?? 100) / 2) };
    return [...levels.slice(0, -1), ...(lifted ? [lifted] : []), { key, name, from: 0 }];
  }
  const from = Math.round(((above?.from ?? 100) + below.from) / 2);
  return [...levels.slice(0, at), { key, name, from }, ...levels.slice(at)];
}

/** The level above takes what the removed one covered; the lowest always begins at 0. */
export function withLevelRemoved(levels: readonly ScoreLevel[], at: number): ScoreLevel[] {
  const rest = levels.filter((_level, index) => index !== at);
  return rest.map((level, index) => (index === rest.length - 1 ? { ...level, from: 0 } : level));
}
