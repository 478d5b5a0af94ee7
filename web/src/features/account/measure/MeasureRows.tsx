import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { Money } from '../../../components/Money';
import { isDay } from '../../../lib/format/date';
import type { MoneyAmount } from '../../../lib/format/money';
import { useFormat, useLanguage } from '../../../lib/viewer';
import sharedClasses from '../Account.module.css';
import classes from '../Panel.module.css';
import type { MeasureWalk, RowKind } from '../health-types';
import type { Subject } from '../requests';
import type { TwoLanguages } from '../../../lib/language';
import { useOpenPanel } from '../use-account-address';
import { cellsOf, columnsOf } from './row-columns';
import { useDetailedRows } from './use-row-details';

/** The records a value was computed from. Days of use lead further down, to the events themselves. */
export function MeasureRows({ rows, subject }: { rows: MeasureWalk['rows']; subject: Subject }) {
  const { t } = useTranslation('account');
  const items = useDetailedRows(rows, subject);
  if (rows.items.length === 0) return <Text c="dimmed">{t('measure.noRows')}</Text>;
  const columns = columnsOf(rows.kind, items);
  return (
    <>
      <div className={classes.rowsScroller} tabIndex={0} role="region" aria-label={t('measure.rowsOf')}>
        <table className={classes.rows}>
          <thead>
            <tr>
              {columns.map((column) => (
                <th key={column} scope="col">
                  {t(`row.${column}` as never, { defaultValue: column.replaceAll('_', ' ') })}
                </th>
              ))}
            </tr>
          </thead>
          <tbody>
            {items.map((row, index) => (
              <tr key={index}>
                {cellsOf(row, columns).map((value, place) => (
                  <td key={columns[place]}>
                    <RowCell column={columns[place]!} value={value} row={row} kind={rows.kind} />
                  </td>
                ))}
              </tr>
            ))}
          </tbody>
        </table>
      </div>
      {rows.total > rows.items.length && (
        <Text fz="xs" c="dimmed" mt={4}>
          {t('measure.moreRows', { shown: rows.items.length, count: rows.total })}
        </Text>
      )}
    </>
  );
}

interface RowCellProps {
  column: string;
  value: unknown;
  row: Record<string, unknown>;
  kind: RowKind;
}

function RowCell({ column, value, row, kind }: RowCellProps): ReactNode {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const open = useOpenPanel();
  if (value === null || value === undefined || value === '') return '–';
  if (kind === 'usage_days' && column === 'day' && isDay(value))
    return (
      <UnstyledButton
        className={sharedClasses.walk}
        onClick={() => open({ kind: 'events', question: { day: value, ...textsOf(row, ['user_key', 'feature']) } })}
      >
        {format.dayShort(value)}
      </UnstyledButton>
    );
  if (kind === 'measures' && column === 'name' && typeof row.key === 'string') {
    const { key } = row;
    return (
      <UnstyledButton className={sharedClasses.walk} onClick={() => open({ kind: 'measure', key })}>
        {isTwoLanguages(value) ? value[language] : key}
      </UnstyledButton>
    );
  }
  if (typeof value === 'number') return format.number(value, 1);
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'string') {
    if (isDay(value) || isInstant(value)) return <DateText value={value} form="absolute" />;
    return t(`word.${value}` as never, { defaultValue: value });
  }
  if (isMoney(value)) return <Money value={value} />;
  if (isTwoLanguages(value)) return value[language];
  if (Array.isArray(value))
    return value
      .map((item) => t(`word.${String(item)}` as never, { defaultValue: String(item) }))
      .join(t('header.comma'));
  return JSON.stringify(value);
}

/** Those of a row's fields that are texts. */
function textsOf(row: Record<string, unknown>, fields: readonly string[]): Record<string, string> {
  return Object.fromEntries(
    fields.flatMap((field): [string, string][] => {
      const value = row[field];
      return typeof value === 'string' ? [[field, value]] : [];
    }),
  );
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text);
}
function isMoney(value: object): value is MoneyAmount {
  return 'amount_minor' in value && 'currency' in value;
}
function isTwoLanguages(value: unknown): value is TwoLanguages {
  return typeof value === 'object' && value !== null && 'en' in value && 'ja' in value;
}
