// One stream of server-sent events per tab, however many parts of the page listen. It rests while the tab is hidden,
// comes back by itself with growing pauses, and says when something may have been missed.

/** `paused`: the tab is hidden. `polling`: the server cannot be followed; what is shown is read anew now and then. */
export type LiveState = 'connecting' | 'live' | 'polling' | 'paused';

export interface LiveStatus {
  state: LiveState;
  /** Milliseconds since 1970 of the last sign of life; null before the first. */
  lastAt_ms: number | null;
}

export interface LiveListener {
  topics: readonly string[];
  onEvent: (topic: string, data: unknown) => void;
  /** Events may have been missed: what is shown should be read anew. Repeats for as long as there is no stream. */
  onGap: () => void;
}

const address = '/api/live';
const failuresUntilPolling = 2;
const firstRetry_ms = 1_000;
const longestRetry_ms = 30_000;
export const poll_ms = 15_000;
/** A page that is left and the next one that is entered share the stream. */
const linger_ms = 2_000;

export class LiveConnection {
  private readonly listeners = new Set<LiveListener>();
  private readonly watchers = new Set<() => void>();
  private stream: EventSource | null = null;
  private topics = '';
  private failures = 0;
  private hadStream = false;
  private status: LiveStatus = { state: 'connecting', lastAt_ms: null };
  private settleTimer: ReturnType<typeof setTimeout> | undefined;
  private retryTimer: ReturnType<typeof setTimeout> | undefined;
  private pollTimer: ReturnType<typeof setInterval> | undefined;

  constructor(private readonly open: (url: string) => EventSource = (url) => new EventSource(url)) {
    document.addEventListener('visibilitychange', () => this.settle());
  }

  listen(listener: LiveListener): () => void {
    this.listeners.add(listener);
    this.settleSoon(0);
    return () => {
      this.listeners.delete(listener);
      this.settleSoon(linger_ms);
    };
  }

  readonly watch = (watcher: () => void) => {
    this.watchers.add(watcher);
    return () => {
      this.watchers.delete(watcher);
    };
  };

  readonly current = (): LiveStatus => this.status;

  private settleSoon(delay_ms: number) {
    clearTimeout(this.settleTimer);
    this.settleTimer = setTimeout(() => this.settle(), delay_ms);
  }

  /** Brings the stream in line with who listens and whether anybody looks. */
  private settle() {
    if (this.listeners.size === 0) {
      this.close();
      this.hadStream = false;
      this.show({ state: 'connecting', lastAt_ms: null });
      return;
    }
    if (document.hidden) {
      this.close();
      this.show({ ...this.status, state: 'paused' });
      return;
    }
    const wanted = [...new Set([...this.listeners].flatMap(({ topics }) => topics))].sort().join(',');
    const suffices = wanted.split(',').every((topic) => this.topics.split(',').includes(topic));
    if (this.stream && suffices) return;
    // Asking now and then goes on until the stream is open.
    this.drop();
    this.connect(wanted);
  }

  private connect(topics: string) {
    this.topics = topics;
    const stream = this.open(`${address}?topics=${encodeURIComponent(topics)}`);
    this.stream = stream;
    if (this.status.state !== 'polling') this.show({ ...this.status, state: 'connecting' });
    stream.onopen = () => this.opened();
    stream.onerror = () => this.failed();
    for (const topic of topics.split(',')) {
      stream.addEventListener(topic, (event) => this.received(topic, (event as MessageEvent<string>).data));
    }
  }

  private opened() {
    this.failures = 0;
    clearInterval(this.pollTimer);
    this.pollTimer = undefined;
    this.show({ state: 'live', lastAt_ms: Date.now() });
    // The first stream begins where the page was just read; a later one has a gap before it.
    if (this.hadStream) this.tellGap();
    this.hadStream = true;
  }

  private failed() {
    this.stream?.close();
    this.stream = null;
    this.failures += 1;
    this.hadStream = true;
    if (this.failures >= failuresUntilPolling) {
      this.show({ ...this.status, state: 'polling' });
      this.pollTimer ??= setInterval(() => this.tellGap(), poll_ms);
    } else {
      this.show({ ...this.status, state: 'connecting' });
    }
    const pause_ms = Math.min(longestRetry_ms, firstRetry_ms * 2 ** (this.failures - 1));
    // Spread out, so that a restarted server is not met by every tab in the same moment.
    this.retryTimer = setTimeout(() => this.settle(), pause_ms * (0.75 + Math.random() / 2));
  }

  private received(topic: string, text: string) {
    let data: unknown;
    try {
      data = JSON.parse(text);
    } catch {
      return;
    }
    this.show({ state: 'live', lastAt_ms: Date.now() });
    for (const listener of this.listeners) if (listener.topics.includes(topic)) listener.onEvent(topic, data);
  }

  private tellGap() {
    for (const listener of this.listeners) listener.onGap();
  }

  private close() {
    clearInterval(this.pollTimer);
    this.pollTimer = undefined;
    this.drop();
  }

  private drop() {
    clearTimeout(this.retryTimer);
    this.stream?.close();
    this.stream = null;
    this.topics = '';
  }

  private show(status: LiveStatus) {
    this.status = status;
    this.watchers.forEach((watcher) => watcher());
  }
}
