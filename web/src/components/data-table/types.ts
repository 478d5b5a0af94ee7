import type { QueryKey } from '@tanstack/react-query';
import type { ReactNode } from 'react';

export interface DataColumn<Row> {
  /** Stable; the saved choice of columns and the sort in the address use it. */
  id: string;
  header: string;
  cell: (row: Row) => ReactNode;
  /** Numbers go right. */
  align?: 'left' | 'right';
  width_px?: number;
  sortable?: boolean;
  /** For tables whose rows are all here: what to sort by. */
  sortValue?: (row: Row) => string | number | null | undefined;
  /** Shown with the heading on hover: what the column means. */
  description?: string;
  /** Not among the columns until somebody chooses it. */
  hiddenAtFirst?: boolean;
  /** Heading it is listed under in the column chooser. */
  group?: string;
  /** False leaves it out of the card that a phone shows. The first column is the card's title. */
  onCard?: boolean;
  /** On a card it takes the whole width: sentences. */
  wideOnCard?: boolean;
}

/** A key of a list. `row` is the one that j and k lead to; undefined where only a selection is there. */
export interface RowKey<Row> {
  key: string;
  label: string;
  run: (row: Row | undefined) => void;
}

export interface RowWindow<Row> {
  items: Row[];
  /** Of the whole list. */
  total: number;
}

/** Either all rows are here (undefined: in a moment), or the table fetches the windows that are looked at. */
export type RowSource<Row> =
  | { rows: readonly Row[] | undefined }
  | {
      /** Everything the answer depends on: filter, sort, asOf. */
      queryKey: QueryKey;
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => Promise<RowWindow<Row>>;
    };

export interface RowAccess<Row> {
  total: number | undefined;
  /** Undefined while the window it lies in is being fetched. */
  rowAt: (index: number) => Row | undefined;
  error: unknown;
  retry: () => void;
}
