import { Text, UnstyledButton } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { DateText } from '../../../components/DateText';
import { Money } from '../../../components/Money';
import { isDay } from '../../../lib/format/date';
import type { MoneyAmount } from '../../../lib/format/money';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Account.module.css';
import type { MeasureWalk } from '../health-types';
import type { TwoLanguages } from '../types';
import { useOpenPanel } from '../use-account-address';
import { cellsOf, columnsOf } from './row-columns';

/** The records a value was computed from. Days of use lead further down, to the events themselves. */
export function MeasureRows({ rows }: { rows: MeasureWalk['rows'] }) {
  const { t } = useTranslation('account');
  if (rows.items.length === 0) return <Text c="dimmed">{t('measure.noRows')}</Text>;
  const columns = columnsOf(rows.kind, rows.items);
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
            {rows.items.map((row, index) => (
              <tr key={index}>
                {cellsOf(row, columns).map((value, place) => (
                  <td key={columns[place]}>
                    <RowCell column={columns[place]!} value={value} kind={rows.kind} />
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

function RowCell({ column, value, kind }: { column: string; value: unknown; kind: string }): ReactNode {
  const { t } = useTranslation('account');
  const format = useFormat();
  const language = useLanguage();
  const open = useOpenPanel();
  if (value === null || value === undefined || value === '') return '–';
  if (kind === 'usage_days' && column === 'day' && isDay(value))
    return (
      <UnstyledButton className={classes.walk} onClick={() => open({ kind: 'day', day: value })}>
        {format.dayShort(value)}
      </UnstyledButton>
    );
  if (kind === 'usage_days' && column === 'user_key' && typeof value === 'string')
    return (
      <UnstyledButton className={classes.walk} onClick={() => open({ kind: 'person', key: value })}>
        {value}
      </UnstyledButton>
    );
  if (typeof value === 'number') return format.number(value, 1);
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'string') {
    if (isDay(value) || isInstant(value)) return <DateText value={value} form="absolute" />;
    return t(`word.${value}` as never, { defaultValue: value });
  }
  if (isMoney(value)) return <Money value={value} />;
  if (isTwoLanguages(value)) return value[language];
  if (Array.isArray(value))
    return value.map((item) => t(`word.${String(item)}` as never, { defaultValue: String(item) })).join(t('header.comma'));
  return JSON.stringify(value);
}

function isInstant(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/.test(text);
}
function isMoney(value: object): value is MoneyAmount {
  return 'amount_minor' in value && 'currency' in value;
}
function isTwoLanguages(value: object): value is TwoLanguages {
  return 'en' in value && 'ja' in value;
}
