import { useCallback, useRef, useState } from 'react';
import type { MoneyAmount } from '../../lib/format/money';
import type { BookRow } from './types';

/** The selected accounts and their ARR. Amounts are noted as rows arrive, so that the sum follows the hand at once. */
export function useSelected(currency: string) {
  const [selected, setSelected] = useState<ReadonlySet<string>>(new Set());
  const amounts = useRef(new Map<string, number>());
  const note = useCallback((rows: readonly BookRow[]) => {
    for (const { id, arr } of rows) amounts.current.set(String(id), arr?.amount_minor ?? 0);
  }, []);
  const arrOf = useCallback(
    (ids: ReadonlySet<string>): MoneyAmount => {
      let amount_minor = 0;
      for (const id of ids) amount_minor += amounts.current.get(id) ?? 0;
      return { amount_minor, currency };
    },
    [currency],
  );
  return { selected, setSelected, note, arrOf };
}
