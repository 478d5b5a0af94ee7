import { useSyncExternalStore } from 'react';

const tick_ms = 1_000;
const watchers = new Set<() => void>();
let timer: ReturnType<typeof setInterval> | undefined;
let now_ms = Date.now();

function subscribe(watcher: () => void) {
  watchers.add(watcher);
  now_ms = Date.now();
  timer ??= setInterval(() => {
    if (document.hidden) return;
    now_ms = Date.now();
    watchers.forEach((each) => each());
  }, tick_ms);
  return () => {
    watchers.delete(watcher);
    if (watchers.size > 0) return;
    clearInterval(timer);
    timer = undefined;
  };
}

/** What `read` makes of this moment, looked at once a second; the component is drawn again only when that changes. */
export function useNow<T extends string | number | boolean>(read: (now_ms: number) => T): T {
  return useSyncExternalStore(subscribe, () => read(now_ms));
}
