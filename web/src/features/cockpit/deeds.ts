import { createContext, use } from 'react';
import type { Call } from '../../api/work';

/** What needs a question first: how long, with which outcome, to whom, by when, what. */
export type Asked = 'snooze' | 'close' | 'assign' | 'due' | 'edit';

export interface Asking {
  what: Asked;
  calls: readonly Call[];
  /** The deed was sent: a selection can go. */
  onDone?: () => void;
}

/** Opens the dialog of a deed for some calls. */
export const AskContext = createContext<(asking: Asking) => void>(() => {});

export function useAsk() {
  return use(AskContext);
}
