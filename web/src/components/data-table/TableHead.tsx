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
  sort: Sort | undefined;
  onSortChange: ((sort: Sort) => void) | undefined;
  selectable: boolean;
  allSelected: boolean;
  someSelected: boolean;
  onSelectAll: (on: boolean) => void;
}

export function TableHead<Row extends object>({
  table,
  columns,
  sort,
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
          const direction = sort?.column === column.id ? sort.direction : undefined;
          return (
            <th
              key={header.id}
              scope="col"
              data-align={column.align}
              style={{ width: header.getSize() }}
              aria-sort={direction && (direction === 'asc' ? 'ascending' : 'descending')}
            >
              <Heading column={column} direction={direction} onSortChange={onSortChange} />
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
  onSortChange: ((sort: Sort) => void) | undefined;
}

/** Numbers are looked at from the largest, names from the first: that is what the first click gives. */
function Heading<Row>({ column, direction, onSortChange }: HeadingProps<Row>) {
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
    <UnstyledButton className={classes.heading} onClick={() => onSortChange({ column: column.id, direction: next })}>
      {label}
      <Icon size={13} aria-hidden className={classes.sortIcon} data-shown={direction !== undefined || undefined} />
    </UnstyledButton>
  );
}
