/**
 * Gathers what comes in quick succession and hands it on together: the first at once, the rest at most once in
 * `pause_ms`. Nothing is lost; `stop` drops what still waits.
 */
export function collector<T>(pause_ms: number, run: (items: ReadonlySet<T>) => void) {
  let waiting = new Set<T>();
  let timer: ReturnType<typeof setTimeout> | undefined;
  const flush = () => {
    timer = undefined;
    if (waiting.size === 0) return;
    const items = waiting;
    waiting = new Set();
    timer = setTimeout(flush, pause_ms);
    run(items);
  };
  return {
    add(items: Iterable<T>) {
      for (const item of items) waiting.add(item);
      if (timer === undefined) flush();
    },
    stop() {
      clearTimeout(timer);
      timer = undefined;
      waiting = new Set();
    },
  };
}
