import { Checkbox, Tooltip, UnstyledButton } from '@mantine/core';
import { IconArrowDown, IconArrowUp } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import type { Sort } from '../../lib/search-params';
import classes from './DataTable.module.css';
import type { DataColumn } from './types';
import type { useColumns } from './use-columns';

interface TableHeadProps<Row extends object> {
  table: ReturnType<typeof useColumns<Row>>['table'];
  columns: readonly DataColumn<Row>[];
  /** The first sorts, the following break its ties. */
  sorts: readonly Sort[];
  onSortChange: ((sort: Sort, add: boolean) => void) | undefined;
  selectable: boolean;
  allSelected: boolean;
  someSelected: boolean;
  onSelectAll: (on: boolean) => void;
}

export function TableHead<Row extends object>({
  table,
  columns,
  sorts,
  onSortChange,
  selectable,
  allSelected,
  someSelected,
  onSelectAll,
}: TableHeadProps<Row>) {
  const { t } = useTranslation('common');
  return (
    <thead>
      <tr aria-rowindex={1}>
        {selectable && (
          <th className={classes.check} scope="col">
            <Checkbox
              size="xs"
              checked={allSelected}
              indeterminate={someSelected && !allSelected}
              onChange={(event) => onSelectAll(event.currentTarget.checked)}
              aria-label={t('table.selectAll')}
            />
          </th>
        )}
        {table.getHeaderGroups()[0]?.headers.map((header) => {
          const column = columns.find(({ id }) => id === header.column.id)!;
          const rank = sorts.findIndex((sort) => sort.column === column.id);
          const direction = sorts[rank]?.direction;
          return (
            <th
              key={header.id}
              scope="col"
              data-align={column.align}
              style={{ width: header.getSize() }}
              aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
            >
              <Heading
                column={column}
                direction={direction}
                rank={sorts.length > 1 ? rank + 1 : 0}
                onSortChange={onSortChange}
              />
              <span
                className={classes.resizer}
                data-resizing={header.column.getIsResizing() || undefined}
                onMouseDown={header.getResizeHandler()}
                onTouchStart={header.getResizeHandler()}
                aria-hidden
              />
            </th>
          );
        })}
      </tr>
    </thead>
  );
}

interface HeadingProps<Row> {
  column: DataColumn<Row>;
  direction: Sort['direction'] | undefined;
  /** 1 for the column that sorts first, 2 for the next; 0 where only one sorts. */
  rank: number;
  onSortChange: ((sort: Sort, add: boolean) => void) | undefined;
}

/**
 * Numbers are looked at from the largest, names from the first: that is what the first click gives. With Shift the
 * column is added to those that sort already.
 */
function Heading<Row>({ column, direction, rank, onSortChange }: HeadingProps<Row>) {
  const label = column.description ? (
    <Tooltip label={column.description}>
      <span className={classes.described}>{column.header}</span>
    </Tooltip>
  ) : (
    <span title={column.header}>{column.header}</span>
  );
  if (!column.sortable || !onSortChange) return <span className={classes.heading}>{label}</span>;
  const firstDirection = column.align === 'right' ? 'desc' : 'asc';
  const next = direction === undefined ? firstDirection : direction === 'asc' ? 'desc' : 'asc';
  const Icon = direction === 'desc' ? IconArrowDown : IconArrowUp;
  return (
    <UnstyledButton
      className={classes.heading}
      data-right={column.align === 'right' || undefined}
      onClick={(event) => onSortChange({ column: column.id, direction: next }, event.shiftKey)}
    >
      {label}
      <Icon size={13} aria-hidden className={classes.sortIcon} data-shown={direction !== undefined || undefined} />
      {rank > 0 && <span className={classes.sortRank}>{rank}</span>}
    </UnstyledButton>
  );
}
