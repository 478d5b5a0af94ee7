import { useNavigate, useSearch } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { Day } from './format/date';
import { useViewer } from './viewer';

/**
 * "As known on": the day in the address (`?asOf=2026-09-30`) that every page reads its data for. Requests pass
 * `asOf` on as it is (absent means now); texts and pickers use `day`, which is always there.
 */
export function useAsOf() {
  const { asOf } = useSearch({ strict: false }) as { asOf?: Day };
  const { bookDay } = useViewer();
  const navigate = useNavigate();
  const setAsOf = useCallback(
    (day: Day | undefined) => {
      void navigate({
        to: '.',
        search: (previous: Record<string, unknown>) => ({ ...previous, asOf: day === bookDay ? undefined : day }),
      } as never);
    },
    [navigate, bookDay],
  );
  return { asOf, day: asOf ?? bookDay, isPast: asOf !== undefined && asOf < bookDay, setAsOf };
}
