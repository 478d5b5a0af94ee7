import { Checkbox } from '@mantine/core';
import type { VirtualItem, Virtualizer } from '@tanstack/react-virtual';
import { memo, useEffect, useMemo, useRef } from 'react';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';
import type { DataColumn, RowAccess } from './types';
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
  /** The chosen columns in their order. */
  shown: readonly DataColumn<Row>[];
}

/** A click on something in the row that acts by itself does not open the row. */
export function isOwnControl(target: EventTarget): boolean {
  return target instanceof Element && target.closest('a, button, input, label, [role=button], [data-no-open]') !== null;
}

export function TableBody<Row extends object>(props: TableBodyProps<Row>) {
  const { items, virtualizer, shown, rows, rowId, activeIndex, selected, openId } = props;
  const before = items[0]?.start ?? 0;
  const after = virtualizer.getTotalSize() - (items.at(-1)?.end ?? 0);
  const actions = useRowActions(props);
  return (
    <tbody>
      {before > 0 && <Spacer height_px={before} />}
      {items.map(({ key, index }) => {
        const row = rows.rowAt(index);
        if (!row) return <SkeletonRow key={key} columnCount={shown.length + (selected ? 1 : 0)} />;
        const id = rowId(row);
        return (
          <BodyRow
            key={key}
            row={row}
            index={index}
            columns={shown}
            label={props.rowLabel(row)}
            isActive={index === activeIndex}
            isTabStop={index === activeIndex || (activeIndex === null && index === 0)}
            isOpen={id === openId}
            isSelected={selected?.has(id)}
            isClickable={props.onOpen !== undefined}
            actions={actions as RowActions<object>}
          />
        );
      })}
      {after > 0 && <Spacer height_px={after} />}
    </tbody>
  );
}

interface RowActions<Row extends object> {
  focus: (index: number) => void;
  open: (row: Row, index: number) => void;
  toggle: (index: number, extend: boolean) => void;
}

/** What a row can do, the same object for as long as the table lives, so that scrolling draws only the rows that come in. */
function useRowActions<Row extends object>(props: TableBodyProps<Row>): RowActions<Row> {
  const latest = useRef(props);
  useEffect(() => {
    latest.current = props;
  });
  return useMemo(
    () => ({
      focus: (index) => latest.current.setActiveIndex(index),
      open: (row, index) => {
        latest.current.setActiveIndex(index);
        latest.current.onOpen?.(row);
      },
      toggle: (index, extend) => latest.current.selection.toggle(index, extend),
    }),
    [],
  );
}

function Spacer({ height_px }: { height_px: number }) {
  return (
    <tr aria-hidden className={classes.spacer}>
      <td style={{ height: height_px }} />
    </tr>
  );
}

interface BodyRowProps {
  row: object;
  index: number;
  columns: readonly DataColumn<never>[];
  label: string;
  isActive: boolean;
  isTabStop: boolean;
  isOpen: boolean;
  /** Undefined where rows cannot be selected. */
  isSelected: boolean | undefined;
  isClickable: boolean;
  actions: RowActions<object>;
}

const BodyRow = memo(function BodyRow({ row, index, columns, label, isSelected, actions, ...is }: BodyRowProps) {
  const { t } = useTranslation('common');
  return (
    <tr
      data-index={index}
      data-active={is.isActive || undefined}
      data-open={is.isOpen || undefined}
      data-clickable={is.isClickable || undefined}
      aria-rowindex={index + 2}
      tabIndex={is.isTabStop ? 0 : -1}
      onFocus={(event) => event.target === event.currentTarget && actions.focus(index)}
      onClick={(event) => {
        if (isOwnControl(event.target) || getSelection()?.type === 'Range') return;
        actions.open(row, index);
      }}
    >
      {isSelected !== undefined && (
        <td className={classes.check}>
          <Checkbox
            size="xs"
            checked={isSelected}
            onChange={(event) => actions.toggle(index, (event.nativeEvent as MouseEvent).shiftKey)}
            aria-label={t('table.selectRow', { row: label })}
          />
        </td>
      )}
      {columns.map((column) => (
        <td key={column.id} data-align={column.align}>
          {column.cell(row as never)}
        </td>
      ))}
    </tr>
  );
});

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
