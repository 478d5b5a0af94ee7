// What /api/live says.
import type { IntakeCounts, LatestEvent } from './intake';

/** Accounts whose figures changed. */
export interface BookEvent {
  accounts: number[];
  computed_at: string | null;
}

/** Renewals that look different now; or many do. */
export interface RenewalsEvent {
  renewals: string[];
  has_many: boolean;
}

export interface IntakeEvent {
  sources: (IntakeCounts & { id: number; last_received_at: string | null })[];
  latest: LatestEvent[];
}

/** Accounts whose plans look different now. */
export interface PlansEvent {
  accounts: number[];
}

/** Calls that look different now; or many do. */
export interface WorkEvent {
  calls: number[];
  has_many: boolean;
}
