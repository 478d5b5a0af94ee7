import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../../lib/live/use-live';

/** Runs move a moment after the book or the work on it has changed. */
const pause_ms = 2000;
const followed = ['list', 'one', 'runs', 'run', 'failed'];

/** Reads runs and counts anew after something happened; what is being edited is left alone. */
export function useLivePlaybooks() {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const part of followed) void client.invalidateQueries({ queryKey: ['playbooks', part] });
    }, pause_ms);
  }, [client]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive({ book: readSoon, onGap: readSoon }, true);
}
