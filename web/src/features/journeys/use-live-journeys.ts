import { useQueryClient } from '@tanstack/react-query';
import { useCallback, useEffect, useRef } from 'react';
import { useLive } from '../../lib/live/use-live';

/** Positions are recorded a moment after the book has changed; of a burst of changes the first waits no longer. */
const pause_ms = 1500;

/** Reads the journeys anew after the book has changed. */
export function useLiveJourneys() {
  const client = useQueryClient();
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  const readSoon = useCallback(() => {
    timer.current ??= setTimeout(() => {
      timer.current = undefined;
      void client.invalidateQueries({ queryKey: ['journeys'] });
    }, pause_ms);
  }, [client]);
  useEffect(() => () => clearTimeout(timer.current), []);
  useLive({ book: readSoon, onGap: readSoon }, true);
}
