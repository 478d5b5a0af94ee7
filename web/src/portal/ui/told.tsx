// A short word that something was done. One at a time; it goes by itself and is read out.
import { useSyncExternalStore } from 'react';
import classes from './Ui.module.css';

const shown_ms = 5000;
let words = '';
let timer: ReturnType<typeof setTimeout> | undefined;
const listeners = new Set<() => void>();

function set(next: string) {
  words = next;
  listeners.forEach((listener) => listener());
}

export function tell(text: string) {
  clearTimeout(timer);
  set(text);
  timer = setTimeout(() => set(''), shown_ms);
}

export function Told() {
  const text = useSyncExternalStore(
    (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    () => words,
  );
  return (
    <div role="status" aria-live="polite">
      {text && <div className={classes.told}>{text}</div>}
    </div>
  );
}
