import { useMemo } from 'react';
import type { Call } from '../../api/work';

/** Remembers the calls that went by, so that what is selected can be acted on when its rows are out of sight. */
export function useKnownCalls() {
  return useMemo(() => {
    const known = new Map<string, Call>();
    return {
      note: (calls: readonly Call[]) => calls.forEach((call) => known.set(String(call.id), call)),
      of: (ids: ReadonlySet<string>): Call[] =>
        [...ids].flatMap((id) => {
          const call = known.get(id);
          return call ? [call] : [];
        }),
    };
  }, []);
}
