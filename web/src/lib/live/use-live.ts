import { useEffect, useRef, useSyncExternalStore } from 'react';
import type { BookEvent, IntakeEvent, PlansEvent, RenewalsEvent, WorkEvent } from '../../api/live';
import { LiveConnection, type LiveStatus } from './connection';

/** What each topic of /api/live carries. */
interface LiveEvents {
  book: BookEvent;
  intake: IntakeEvent;
  plans: PlansEvent;
  renewals: RenewalsEvent;
  work: WorkEvent;
}
export type LiveTopic = keyof LiveEvents;

type Handlers = { [Topic in LiveTopic]?: (data: LiveEvents[Topic]) => void } & {
  /** Something may have been missed, or there is no stream at all: read anew what is shown. */
  onGap?: () => void;
};

let shared: LiveConnection | undefined;

function connection(): LiveConnection {
  shared ??= new LiveConnection();
  return shared;
}

/** Follows what the server says while the component is on the page: `useLive({ book: ({ accounts }) => … })`. */
export function useLive(handlers: Handlers, enabled = true) {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const topics = Object.keys(handlers)
    .filter((name) => name !== 'onGap')
    .sort()
    .join(',');
  useEffect(() => {
    if (!enabled) return;
    return connection().listen({
      topics: topics.split(','),
      onEvent: (topic, data) => (latest.current[topic as LiveTopic] as ((data: unknown) => void) | undefined)?.(data),
      onGap: () => latest.current.onGap?.(),
    });
  }, [topics, enabled]);
}

/** Whether the page is being followed live at this moment, and since when it is known to be. */
export function useLiveStatus(): LiveStatus {
  return useSyncExternalStore(connection().watch, connection().current);
}
