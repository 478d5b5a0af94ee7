import { Checkbox } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import classes from './DataTable.module.css';
import { isOwnControl, type BodyProps } from './TableBody';
import type { DataColumn } from './types';

interface TableCardsProps<Row extends object> extends BodyProps<Row> {
  label: string;
  columns: readonly DataColumn<Row>[];
  visibility: Record<string, boolean>;
  order: readonly string[];
}

/** The same rows for a narrow screen: the first column is the title, the others follow with their headings. */
export function TableCards<Row extends object>(props: TableCardsProps<Row>) {
  const { items, virtualizer, rows, rowId, rowLabel, selected, selection, onOpen, columns, visibility, order } = props;
  const { t } = useTranslation('common');
  const shown = order
    .map((id) => columns.find((column) => column.id === id)!)
    .filter(({ id, onCard }) => visibility[id] && onCard !== false);
  const [title, ...details] = shown;
  return (
    <ul className={classes.cards} aria-label={props.label} style={{ height: virtualizer.getTotalSize() }}>
      {items.map((item) => {
        const row = rows.rowAt(item.index);
        const id = row && rowId(row);
        return (
          <li
            key={item.key}
            ref={virtualizer.measureElement}
            data-index={item.index}
            className={classes.cardSlot}
            style={{ transform: `translateY(${item.start}px)` }}
            aria-setsize={rows.total}
            aria-posinset={item.index + 1}
          >
            {!row || !title ? (
              <div className={classes.card}>
                <span className={classes.skeleton} style={{ height: 120 }} />
              </div>
            ) : (
              <div
                className={classes.card}
                tabIndex={onOpen ? 0 : undefined}
                onClick={(event) => !isOwnControl(event.target) && onOpen?.(row)}
                onKeyDown={(event) => event.key === 'Enter' && event.target === event.currentTarget && onOpen?.(row)}
              >
                <div className={classes.cardTitle}>
                  <div>{title.cell(row)}</div>
                  {selected && id !== undefined && (
                    <Checkbox
                      size="sm"
                      checked={selected.has(id)}
                      onChange={() => selection.toggle(item.index, false)}
                      aria-label={t('table.selectRow', { row: rowLabel(row) })}
                    />
                  )}
                </div>
                <dl className={classes.cardDetails}>
                  {details.map((column) => (
                    <div key={column.id} data-wide={column.wideOnCard || undefined}>
                      <dt>{column.header}</dt>
                      <dd>{column.cell(row)}</dd>
                    </div>
                  ))}
                </dl>
              </div>
            )}
          </li>
        );
      })}
    </ul>
  );
}
