import { useCallback, useRef } from 'react';

export type Selection = ReadonlySet<string>;

interface SelectionOptions<Row> {
  selected: Selection | undefined;
  onChange: ((selected: Selection) => void) | undefined;
  rowAt: (index: number) => Row | undefined;
  rowId: (row: Row) => string;
}

/** Toggling one row, or with Shift every row between it and the one toggled before. */
export function useRowSelection<Row>({ selected, onChange, rowAt, rowId }: SelectionOptions<Row>) {
  const lastIndex = useRef<number | null>(null);
  const toggle = useCallback(
    (index: number, extend: boolean) => {
      const row = rowAt(index);
      if (!selected || !onChange || !row) return;
      const next = new Set(selected);
      const turnOn = !next.has(rowId(row));
      const from = extend && lastIndex.current !== null ? lastIndex.current : index;
      for (let at = Math.min(from, index); at <= Math.max(from, index); at++) {
        const between = rowAt(at);
        if (!between) continue;
        if (turnOn) next.add(rowId(between));
        else next.delete(rowId(between));
      }
      lastIndex.current = index;
      onChange(next);
    },
    [selected, onChange, rowAt, rowId],
  );
  return { toggle };
}
