import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { LiveConnection, poll_ms } from './connection';
import { collector } from './collect';

class FakeStream extends EventTarget {
  static all: FakeStream[] = [];
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  closed = false;
  constructor(readonly url: string) {
    super();
    FakeStream.all.push(this);
  }
  close() {
    this.closed = true;
  }
  say(topic: string, data: unknown) {
    this.dispatchEvent(new MessageEvent(topic, { data: JSON.stringify(data) }));
  }
}

const newest = () => FakeStream.all.at(-1)!;
let hidden = false;

beforeEach(() => {
  vi.useFakeTimers();
  FakeStream.all = [];
  hidden = false;
  Object.defineProperty(document, 'hidden', { configurable: true, get: () => hidden });
});
afterEach(() => vi.useRealTimers());

function start() {
  const connection = new LiveConnection((url) => new FakeStream(url) as unknown as EventSource);
  const listener = { topics: ['book'], onEvent: vi.fn(), onGap: vi.fn() };
  const leave = connection.listen(listener);
  vi.advanceTimersByTime(0);
  return { connection, listener, leave };
}

function setHidden(value: boolean) {
  hidden = value;
  document.dispatchEvent(new Event('visibilitychange'));
}

describe('the live connection', () => {
  it('is one for every listener, with all their topics', () => {
    const { connection, listener } = start();
    expect(newest().url).toBe('/api/live?topics=book');
    const other = { topics: ['intake'], onEvent: vi.fn(), onGap: vi.fn() };
    connection.listen(other);
    vi.advanceTimersByTime(0);
    expect(FakeStream.all.filter(({ closed }) => !closed)).toHaveLength(1);
    expect(newest().url).toBe('/api/live?topics=book%2Cintake');
    newest().onopen?.();
    newest().say('intake', { sources: [] });
    expect(other.onEvent).toHaveBeenCalledWith('intake', { sources: [] });
    expect(listener.onEvent).not.toHaveBeenCalled();
  });

  it('comes back after a failure and says that something may have been missed', () => {
    const { connection, listener } = start();
    newest().onopen?.();
    expect(connection.current().state).toBe('live');
    newest().onerror?.();
    expect(connection.current().state).toBe('connecting');
    vi.advanceTimersByTime(1_300);
    expect(FakeStream.all).toHaveLength(2);
    expect(listener.onGap).not.toHaveBeenCalled();
    newest().onopen?.();
    expect(listener.onGap).toHaveBeenCalledOnce();
  });

  it('falls back to asking now and then where there is no stream', () => {
    const { connection, listener } = start();
    newest().onerror?.();
    vi.advanceTimersByTime(1_300);
    newest().onerror?.();
    expect(connection.current().state).toBe('polling');
    vi.advanceTimersByTime(poll_ms);
    expect(listener.onGap).toHaveBeenCalled();
    newest().onopen?.();
    expect(connection.current().state).toBe('live');
  });

  it('rests while the tab is hidden', () => {
    const { connection, listener } = start();
    newest().onopen?.();
    setHidden(true);
    expect(newest().closed).toBe(true);
    expect(connection.current().state).toBe('paused');
    setHidden(false);
    expect(newest().closed).toBe(false);
    newest().onopen?.();
    expect(listener.onGap).toHaveBeenCalledOnce();
  });

  it('closes when nobody listens any more, after a moment', () => {
    const { leave } = start();
    newest().onopen?.();
    leave();
    vi.advanceTimersByTime(1_000);
    expect(newest().closed).toBe(false);
    vi.advanceTimersByTime(1_500);
    expect(newest().closed).toBe(true);
  });
});

describe('the collector', () => {
  it('hands the first on at once and the rest together', () => {
    const seen: number[][] = [];
    const collect = collector<number>(1_000, (items) => seen.push([...items]));
    collect.add([1]);
    collect.add([2, 3]);
    collect.add([3, 4]);
    expect(seen).toEqual([[1]]);
    vi.advanceTimersByTime(1_000);
    expect(seen).toEqual([[1], [2, 3, 4]]);
    collect.add([5]);
    collect.stop();
    vi.advanceTimersByTime(5_000);
    expect(seen).toHaveLength(2);
  });
});
