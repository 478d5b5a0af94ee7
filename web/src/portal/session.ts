// Whether a log-in has ended while its person was reading, so that the page to log in can say so.
import { useSyncExternalStore } from 'react';

let hasEnded = false;
const listeners = new Set<() => void>();

export function setEnded(next: boolean) {
  hasEnded = next;
  listeners.forEach((listener) => listener());
}

export function useHasEnded(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => hasEnded,
  );
}
