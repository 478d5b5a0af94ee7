import type { ScorecardGroup } from '../types';
import { freeKey } from './tree';

/** An empty group; its name is asked at once, its key stays for good. */
export function newGroup(taken: readonly string[], weight: number): ScorecardGroup {
  return { key: freeKey('group', taken), name: { en: '', ja: '' }, weight, measures: [] };
}
