import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../../lib/live/use-live';

/** Signals fire a moment after the book has changed. */
const pause_ms = 1500;
const followed = ['list', 'one', 'firings', 'held'];

/** Reads what signals do at present anew after the book has changed; what is being edited is left alone. */
export function useLiveSignals() {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      for (const part of followed) void client.invalidateQueries({ queryKey: ['signals', part] });
    }, pause_ms);
  }, [client]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive({ book: readSoon, onGap: readSoon }, true);
}
