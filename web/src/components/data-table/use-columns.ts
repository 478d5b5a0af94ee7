import {
  columnOrderingFeature,
  columnResizingFeature,
  columnSizingFeature,
  columnVisibilityFeature,
  tableFeatures,
  useTable,
  type ColumnDef,
} from '@tanstack/react-table';
import { useEffect, useMemo, useState } from 'react';
import type { DataColumn } from './types';

const features = tableFeatures({
  columnVisibilityFeature,
  columnOrderingFeature,
  columnSizingFeature,
  columnResizingFeature,
});

interface ColumnChoice {
  visibility: Record<string, boolean>;
  order: string[];
  widths_px: Record<string, number>;
}

const noRows: object[] = [];
const defaultWidth_px = 140;
const minWidth_px = 64;

function storedChoice(tableId: string): ColumnChoice {
  try {
    const stored = JSON.parse(localStorage.getItem(`banso.columns.${tableId}`) ?? '') as Partial<ColumnChoice>;
    return { visibility: stored.visibility ?? {}, order: stored.order ?? [], widths_px: stored.widths_px ?? {} };
  } catch {
    return { visibility: {}, order: [], widths_px: {} };
  }
}

/** Which columns are shown, in their order, where the page keeps that itself (in the address, in a saved view). */
export interface ColumnControl {
  chosen: readonly string[];
  onChange: (chosen: readonly string[] | undefined) => void;
}

/**
 * The columns of a table: which are shown, in what order, how wide. Widths are kept per table; so is the choice, unless
 * the page controls it. TanStack Table does the sizing; the rows never pass through it, since only a window is here.
 */
export function useColumns<Row extends object>(
  tableId: string,
  columns: readonly DataColumn<Row>[],
  control?: ColumnControl,
) {
  const [stored, setChoice] = useState(() => storedChoice(tableId));
  const chosen = control?.chosen;
  const choice = useMemo(
    () => (chosen ? { ...stored, ...choiceOf(chosen, columns) } : stored),
    [stored, chosen, columns],
  );
  useEffect(() => localStorage.setItem(`banso.columns.${tableId}`, JSON.stringify(stored)), [tableId, stored]);

  const definitions = useMemo(
    () =>
      columns.map((column): ColumnDef<typeof features, Row> => ({
        id: column.id,
        accessorFn: (row) => row,
        header: column.header,
        size: column.width_px ?? defaultWidth_px,
        minSize: minWidth_px,
      })),
    [columns],
  );
  const visibility = useMemo(() => {
    const chosen = columns.map(
      ({ id, hiddenAtFirst }, index) => [id, index === 0 || (choice.visibility[id] ?? !hiddenAtFirst)] as const,
    );
    return Object.fromEntries(chosen);
  }, [columns, choice.visibility]);
  // A column that appeared after the order was saved goes where its definition has it.
  const order = useMemo(() => {
    const known = choice.order.filter((id) => columns.some((column) => column.id === id));
    const fresh = columns.map(({ id }) => id).filter((id) => !known.includes(id));
    const first = columns[0]?.id;
    return [...known, ...fresh].sort((a, b) => Number(b === first) - Number(a === first));
  }, [columns, choice.order]);

  const table = useTable({
    features,
    columns: definitions,
    data: noRows as Row[],
    columnResizeMode: 'onChange',
    state: { columnVisibility: visibility, columnOrder: order, columnSizing: choice.widths_px },
    onColumnSizingChange: (update) =>
      setChoice((previous) => ({
        ...previous,
        widths_px: typeof update === 'function' ? update(previous.widths_px) : update,
      })),
  });
  const shown = useMemo(
    () => order.flatMap((id) => (visibility[id] ? (columns.find((column) => column.id === id) ?? []) : [])),
    [order, visibility, columns],
  );
  return {
    table,
    shown,
    visibility,
    order,
    setVisible: (id: string, visible: boolean) => {
      if (control) control.onChange(visible ? [...control.chosen, id] : control.chosen.filter((other) => other !== id));
      else setChoice((previous) => ({ ...previous, visibility: { ...previous.visibility, [id]: visible } }));
    },
    move: (id: string, by: -1 | 1) => {
      const isShown = (candidate: string) => visibility[candidate] ?? true;
      const next = moved(order.filter(isShown), id, by);
      if (control) control.onChange(next);
      else setChoice((previous) => ({ ...previous, order: [...next, ...order.filter((other) => !isShown(other))] }));
    },
    reset: () => {
      control?.onChange(undefined);
      setChoice({ visibility: {}, order: [], widths_px: {} });
    },
  };
}

function choiceOf<Row>(chosen: readonly string[], columns: readonly DataColumn<Row>[]) {
  return {
    visibility: Object.fromEntries(columns.map(({ id }) => [id, chosen.includes(id)])),
    order: [...chosen],
  };
}

/** The list with one entry a place up or down; the first entry names the row and stays. */
function moved(ids: readonly string[], id: string, by: -1 | 1): readonly string[] {
  const from = ids.indexOf(id);
  const to = from + by;
  if (from < 1 || to < 1 || to >= ids.length) return ids;
  return ids.with(from, ids[to]!).with(to, id);
}
