// What is shown on a graph besides the graph: faults, counts, the path of a run, what changed.
import type { Change } from './compare';

export interface Decoration {
  /** By key of the step. */
  faults?: ReadonlyMap<string, readonly string[]>;
  /** Accounts or runs at a step, or that come there. */
  counts?: ReadonlyMap<string, number>;
  failed?: ReadonlyMap<string, number>;
  /** Accounts that leave by a way, by `from port`. */
  flows?: ReadonlyMap<string, number>;
  /** Steps that a path leads through; where given, all others recede. */
  lit?: ReadonlySet<string>;
  /** Ways that the path takes, by `from port`. */
  litWays?: ReadonlySet<string>;
  /** Where a run stands. */
  at?: string | null;
  changes?: ReadonlyMap<string, Change>;
  /** By the arrow's id. */
  arrowChanges?: ReadonlyMap<string, 'added' | 'removed'>;
}

export const wayId = (from: string | null, port: string) => `${from ?? ''} ${port}`;
