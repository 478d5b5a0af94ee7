import { useDebouncedCallback } from '@mantine/hooks';
import { useCallback, useMemo, useState } from 'react';
import { tuned, withMoved, type Tuning } from './tuning';
import type { ScorecardBody } from './types';
import type { Choices } from './use-lab-address';

/** Long enough for a drag not to write the address at every step. */
const addressRest_ms = 400;

/** Where the sliders stand: at once for the page, a little later for the address. */
export function useTuning(
  body: ScorecardBody,
  given: Tuning | undefined,
  choose: (change: Choices, how: { replace: boolean }) => void,
) {
  const [tuning, setTuning] = useState<Tuning>(() => withMoved(body, {}, given ?? {}));
  const write = useDebouncedCallback(
    (next: Tuning) => choose({ tuned: Object.keys(next).length > 0 ? next : undefined }, { replace: true }),
    addressRest_ms,
  );
  const set = useCallback(
    (next: Tuning) => {
      setTuning(next);
      write(next);
    },
    [write],
  );
  const move = useCallback((moved: Tuning) => set(withMoved(body, tuning, moved)), [body, tuning, set]);
  const current = useMemo(() => tuned(body, tuning), [body, tuning]);
  return { tuning, current, isTuned: Object.keys(tuning).length > 0, move, set };
}
