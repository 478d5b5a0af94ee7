import { Checkbox } from '@mantine/core';
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';
import type { DataColumn, RowAccess } from './types';
import type { useColumns } from './use-columns';
import type { Selection } from './use-selection';

export interface BodyProps<Row extends object> {
  rows: RowAccess<Row>;
  items: VirtualItem[];
  virtualizer: Virtualizer<HTMLDivElement, Element>;
  activeIndex: number | null;
  setActiveIndex: (index: number) => void;
  selected: Selection | undefined;
  selection: { toggle: (index: number, extend: boolean) => void };
  onOpen: ((row: Row) => void) | undefined;
  openId: string | undefined;
  rowId: (row: Row) => string;
  rowLabel: (row: Row) => string;
}

interface TableBodyProps<Row extends object> extends BodyProps<Row> {
  table: ReturnType<typeof useColumns<Row>>['table'];
  columns: readonly DataColumn<Row>[];
}

/** A click on something in the row that acts by itself does not open the row. */
export function isOwnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, [role=button], [data-no-open]') !== null;
}

export function TableBody<Row extends object>(props: TableBodyProps<Row>) {
  const { items, virtualizer, table } = props;
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const columnCount = table.getVisibleLeafColumns().length + (props.selected ? 1 : 0);
  return (
    <tbody>
      {before > 0 && <Spacer height_px={before} />}
      {items.map((item) => (
        <BodyRow key={item.key} {...props} index={item.index} columnCount={columnCount} />
      ))}
      {after > 0 && <Spacer height_px={after} />}
    </tbody>
  );
}

function Spacer({ height_px }: { height_px: number }) {
  return (
    <tr aria-hidden className={classes.spacer}>
      <td style={{ height: height_px }} />
    </tr>
  );
}

function BodyRow<Row extends object>(props: TableBodyProps<Row> & { index: number; columnCount: number }) {
  const {
    rows,
    index,
    table,
    columns,
    rowId,
    rowLabel,
    activeIndex,
    setActiveIndex,
    selected,
    selection,
    onOpen,
    openId,
  } = props;
  const { t } = useTranslation('common');
  const row = rows.rowAt(index);
  if (!row) return <SkeletonRow columnCount={props.columnCount} />;
  const id = rowId(row);
  return (
    <tr
      data-index={index}
      data-active={index === activeIndex || undefined}
      data-open={id === openId || undefined}
      data-clickable={onOpen ? true : undefined}
      aria-rowindex={index + 2}
      tabIndex={index === activeIndex || (activeIndex === null && index === 0) ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && setActiveIndex(index)}
      onClick={(event) => {
        if (isOwnControl(event.target) || getSelection()?.type === 'Range') return;
        setActiveIndex(index);
        onOpen?.(row);
      }}
    >
      {selected && (
        <td className={classes.check}>
          <Checkbox
            size="xs"
            checked={selected.has(id)}
            onChange={(event) => selection.toggle(index, (event.nativeEvent as MouseEvent).shiftKey)}
            aria-label={t('table.selectRow', { row: rowLabel(row) })}
          />
        </td>
      )}
      {table
        .getRow(id)
        .getVisibleCells()
        .map((cell) => (
          <td key={cell.id} data-align={columns.find((column) => column.id === cell.column.id)?.align}>
            <table.FlexRender cell={cell} />
          </td>
        ))}
    </tr>
  );
}

function SkeletonRow({ columnCount }: { columnCount: number }) {
  return (
    <tr aria-hidden>
      {Array.from({ length: columnCount }, (_, column) => (
        <td key={column}>
          <span className={classes.skeleton} />
        </td>
      ))}
    </tr>
  );
}
