import { Button, Group, Text } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useVirtualizer } from '@tanstack/react-virtual';
import { useCallback, useEffect, useMemo, useRef, useState, type CSSProperties, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '../../lib/search-params';
import { useShortcut } from '../../lib/shortcuts';
import { useFormat } from '../../lib/viewer';
import { ErrorState } from '../ErrorState';
import { ColumnChooser } from './ColumnChooser';
import classes from './DataTable.module.css';
import { TableBody } from './TableBody';
import { TableCards } from './TableCards';
import { TableHead } from './TableHead';
import type { DataColumn, RowKey, RowSource } from './types';
import { useColumns, type ColumnControl } from './use-columns';
import { useRows, windowSize } from './use-rows';
import { useRowSelection, type Selection } from './use-selection';

export interface DataTableProps<Row> {
  /** Under which the choice of columns is kept; unique in the app. */
  id: string;
  /** What the table lists, for screen readers. */
  label: string;
  columns: readonly DataColumn<Row>[];
  source: RowSource<Row>;
  rowId: (row: Row) => string;
  /** Names a row for screen readers ("select Acme"). */
  rowLabel: (row: Row) => string;
  /** One sort, or several of which the following break the ties of the first. */
  sort?: Sort | readonly Sort[];
  /** `add`: Shift was held, so the column joins those that sort already. */
  onSortChange?: (sort: Sort, add: boolean) => void;
  /** Where the page keeps the choice of columns itself; without it the table keeps it on this machine. */
  columnControl?: ColumnControl;
  selected?: Selection;
  onSelectedChange?: (selected: Selection) => void;
  /** Every id that the filter matches, for "select all". Without it the rows fetched so far are selected. */
  fetchAllIds?: () => Promise<readonly string[]>;
  /** Counts, sums and actions for what is selected. */
  selectionSummary?: (selected: Selection) => ReactNode;
  /** Enter or a click on a row. */
  onOpen?: (row: Row) => void;
  /** The row that is open in the side panel. */
  openId?: string;
  /** The e key. */
  onEdit?: (row: Row) => void;
  /** Further keys that act on the row one is at. */
  rowKeys?: readonly RowKey<Row>[];
  /** Of a row in a wide window; higher where a cell has two lines. */
  rowHeight_px?: number;
  /** Of a card on a phone before it is measured. */
  cardHeight_px?: number;
  /** Search and filters, left of the column chooser. */
  toolbar?: ReactNode;
  /** Shown when there is nothing. */
  empty?: ReactNode;
  /** "fill" takes the height that the page leaves; "content" grows with the rows. */
  height?: 'fill' | 'content';
}

const usualRowHeight_px = 36;
const usualCardHeight_px = 148;
const headHeight_px = 36;
const rest_ms = 60;

/** The spine of every list: virtual, sticky, sortable, selectable, driven by keyboard; cards on a phone. */
export function DataTable<Row extends object>(props: DataTableProps<Row>) {
  const { columns, source, rowId, sort, selected, onSelectedChange, onOpen, onEdit, height = 'fill' } = props;
  const { rowHeight_px = usualRowHeight_px, cardHeight_px = usualCardHeight_px, rowKeys = [] } = props;
  const { t } = useTranslation('common');
  const format = useFormat();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const scroller = useRef<HTMLDivElement>(null);
  const [range, setRange] = useState({ first: 0, last: windowSize - 1 });
  const [activeIndex, setActiveIndex] = useState<number | null>(null);
  const sorts = useMemo(() => (sort === undefined ? [] : 'column' in sort ? [sort] : sort), [sort]);
  const rows = useRows(source, range, columns, sorts);
  const total = rows.total ?? 0;

  const virtualizer = useVirtualizer({
    count: rows.total ?? 12,
    getScrollElement: () => scroller.current,
    estimateSize: () => (isPhone ? cardHeight_px : rowHeight_px),
    overscan: 12,
    initialRect: { width: 1000, height: 800 },
    // Keeps the heading row, which sticks to the top, from covering the row that is scrolled to.
    scrollPaddingStart: isPhone ? 0 : headHeight_px,
  });
  const items = virtualizer.getVirtualItems();
  const first = items[0]?.index ?? 0;
  const last = items.at(-1)?.index ?? 0;
  const firstWindow = Math.floor(first / windowSize);
  const lastWindow = Math.floor(last / windowSize);
  const wanted = useRef(range);
  useEffect(() => {
    const next = { first: firstWindow * windowSize, last: lastWindow * windowSize };
    // Beside what is here it is fetched at once; far off only when the hand rests, not for all that flies by.
    const isNear = Math.abs(next.first - wanted.current.first) <= windowSize;
    const timer = setTimeout(
      () => {
        wanted.current = next;
        setRange(next);
      },
      isNear ? 0 : rest_ms,
    );
    return () => clearTimeout(timer);
  }, [firstWindow, lastWindow]);

  const scope = 'rows' in source ? 'local' : JSON.stringify(source.queryKey);
  useEffect(() => {
    scroller.current?.scrollTo({ top: 0 });
    setActiveIndex(null);
  }, [scope]);

  const columnState = useColumns(props.id, columns, props.columnControl);
  const selection = useRowSelection({ selected, onChange: onSelectedChange, rowAt: rows.rowAt, rowId });

  const { openId } = props;
  const activate = useCallback(
    (index: number) => {
      const next = Math.max(0, Math.min(total - 1, index));
      setActiveIndex(next);
      // What is open beside the list follows.
      const row = rows.rowAt(next);
      if (row && openId !== undefined && rowId(row) !== openId) onOpen?.(row);
      virtualizer.scrollToIndex(next);
      requestAnimationFrame(() => {
        scroller.current?.querySelector<HTMLElement>(`[data-index="${next}"]`)?.focus({ preventScroll: true });
      });
    },
    [total, virtualizer, rows, rowId, openId, onOpen],
  );
  // An address that opens the panel also says where in the list one is.
  const openIndex = items.find(({ index }) => {
    const row = rows.rowAt(index);
    return row !== undefined && rowId(row) === openId;
  })?.index;
  const currentIndex = activeIndex ?? openIndex ?? null;
  const activeRow = currentIndex === null ? undefined : rows.rowAt(currentIndex);
  const group = t('keys.list');
  const hasRows = total > 0;
  useShortcut(
    { key: 'j', label: t('keys.next'), group },
    () => activate(currentIndex === null ? 0 : currentIndex + 1),
    hasRows,
  );
  useShortcut(
    { key: 'k', label: t('keys.previous'), group },
    () => activate(currentIndex === null ? 0 : currentIndex - 1),
    hasRows,
  );
  useShortcut(
    { key: 'Enter', label: t('keys.open'), group },
    () => activeRow && onOpen?.(activeRow),
    hasRows && onOpen !== undefined,
  );
  useShortcut(
    { key: 'x', label: t('keys.select'), group },
    () => currentIndex !== null && selection.toggle(currentIndex, false),
    hasRows && onSelectedChange !== undefined,
  );
  useShortcut(
    { key: 'e', label: t('keys.edit'), group },
    () => activeRow && onEdit?.(activeRow),
    hasRows && onEdit !== undefined,
  );

  const selectAll = async (on: boolean) => {
    if (!on) return onSelectedChange?.(new Set());
    const ids = props.fetchAllIds
      ? await props.fetchAllIds()
      : Array.from({ length: total }, (_, index) => rows.rowAt(index)).flatMap((row) => (row ? [rowId(row)] : []));
    onSelectedChange?.(new Set(ids));
  };

  const body = {
    rows,
    items,
    virtualizer,
    activeIndex,
    selection,
    selected,
    onOpen: onOpen,
    setActiveIndex,
    rowId,
    rowLabel: props.rowLabel,
    openId,
  };
  const showEmpty = rows.total === 0 && !rows.error;
  return (
    <div className={classes.frame} data-height={height}>
      {rowKeys.map(({ key, label, run }) => (
        <OneRowKey
          key={key}
          keyName={key}
          label={label}
          enabled={activeRow !== undefined || (selected?.size ?? 0) > 0}
          run={() => run(activeRow)}
        />
      ))}
      <div className={classes.toolbar}>
        <div className={classes.tools}>{props.toolbar}</div>
        {!isPhone && (
          <ColumnChooser
            columns={columns}
            visibility={columnState.visibility}
            order={columnState.order}
            onVisible={columnState.setVisible}
            onMove={columnState.move}
            onReset={columnState.reset}
          />
        )}
      </div>
      {rows.error ? <ErrorState error={rows.error} onRetry={rows.retry} /> : null}
      <div
        ref={scroller}
        className={classes.scroller}
        data-height={height}
        hidden={showEmpty || Boolean(rows.error && rows.total === undefined)}
        // Cards, and rows that are still loading, need hold nothing that takes the focus; the keyboard must still reach what
        // scrolls.
        tabIndex={isPhone || rows.total === undefined ? 0 : -1}
      >
        {isPhone ? (
          <TableCards
            {...body}
            label={props.label}
            columns={columns}
            visibility={columnState.visibility}
            order={columnState.order}
          />
        ) : (
          <table
            className={classes.table}
            aria-label={props.label}
            aria-rowcount={total + 1}
            aria-busy={rows.total === undefined}
            style={
              {
                width: columnState.table.getTotalSize() + (selected ? 40 : 0),
                '--row-height': `${rowHeight_px}px`,
              } as CSSProperties
            }
          >
            <TableHead
              table={columnState.table}
              columns={columns}
              sorts={sorts}
              onSortChange={props.onSortChange}
              selectable={selected !== undefined}
              allSelected={hasRows && selected !== undefined && selected.size >= total}
              someSelected={selected !== undefined && selected.size > 0}
              onSelectAll={(on) => void selectAll(on)}
            />
            <TableBody {...body} shown={columnState.shown} />
          </table>
        )}
      </div>
      {showEmpty && props.empty}
      <Group className={classes.footer} justify="space-between" gap="sm" role="status">
        {selected && selected.size > 0 ? (
          <Group gap="sm">
            <Text fz="sm" fw={600}>
              {t('table.selected', { count: selected.size, formatted: format.number(selected.size) })}
            </Text>
            {props.selectionSummary?.(selected)}
            <Button size="compact-sm" variant="subtle" color="gray" onClick={() => onSelectedChange?.(new Set())}>
              {t('table.clearSelection')}
            </Button>
          </Group>
        ) : (
          <Text fz="sm" c="dimmed">
            {rows.total === undefined ? ' ' : t('table.total', { count: total, formatted: format.number(total) })}
          </Text>
        )}
      </Group>
    </div>
  );
}

interface OneRowKeyProps {
  keyName: string;
  label: string;
  enabled: boolean;
  run: () => void;
}

/** A component of its own, since a table may have any number of keys. */
function OneRowKey({ keyName, label, enabled, run }: OneRowKeyProps) {
  const { t } = useTranslation('common');
  useShortcut({ key: keyName, label, group: t('keys.list') }, run, enabled);
  return null;
}
