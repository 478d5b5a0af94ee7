import { Text, Tooltip } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { choiceText } from '../../components/filter/book-fields';
import { DateText } from '../../components/DateText';
import { Money } from '../../components/Money';
import { useKnownWord } from '../../lib/known-words/known-words';
import { isDay, type Day } from '../../lib/format/date';
import { minorDigits, type MoneyAmount } from '../../lib/format/money';
import { useFormat, useLanguage, useShownDay, useViewer } from '../../lib/viewer';
import classes from './Book.module.css';
import { nearness } from './nearness';
import type { BookRow, ColumnValue } from './types';

interface NameCellProps {
  row: BookRow;
  onOpen: (id: string) => void;
}

/** The account's name: a click opens the panel; as a link it can also be opened in a tab of its own. */
export function NameCell({ row, onOpen }: NameCellProps) {
  return (
    <Link
      to="/accounts/$accountId"
      params={{ accountId: String(row.id) }}
      className={classes.name}
      title={row.name}
      preload={false}
      onClick={(event) => {
        if (event.metaKey || event.ctrlKey || event.shiftKey || event.button !== 0) return;
        event.preventDefault();
        onOpen(String(row.id));
      }}
    >
      {row.name}
    </Link>
  );
}

/** "2026/12/31 · 6週間後": the date itself, how far off it is, and colour only when it is near. */
export function ComingDay({ day }: { day: Day | null | undefined }) {
  const format = useFormat();
  const shownDay = useShownDay();
  if (!day) return <Dash />;
  return (
    <time dateTime={day} className={classes.comingDay}>
      {format.dayShort(day)}
      <span data-nearness={nearness(day, shownDay)}>{format.relativeDay(day)}</span>
    </time>
  );
}

export function Dash() {
  return (
    <Text span c="dimmed" inherit>
      –
    </Text>
  );
}

/** Seats in use: the share, with the people and seats behind it. */
export function UtilisationCell({ row }: { row: BookRow }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  if (row.utilisation === null || row.utilisation === undefined) return <Dash />;
  const detail = t('cell.utilisation', {
    active: format.number(row.active_users_28d),
    seats: format.number(row.seats),
  });
  return (
    <Tooltip label={detail}>
      <span>{format.percent(row.utilisation, 0)}</span>
    </Tooltip>
  );
}

function isList(value: ColumnValue): value is readonly string[] {
  return Array.isArray(value);
}

function isMoney(value: ColumnValue | undefined): value is MoneyAmount {
  return typeof value === 'object' && value !== null && 'amount_minor' in value;
}

/** The catalogue gives amounts of measures in whole units. */
function moneyOf(units: number, currency: string): MoneyAmount {
  return { amount_minor: Math.round(units * 10 ** minorDigits(currency)), currency };
}

/** Any value by the type of its field: attributes, measures, and what has no cell of its own. */
export function ValueCell({ field, value }: { field: BookField; value: ColumnValue | undefined }) {
  const { t } = useTranslation('book');
  const format = useFormat();
  const language = useLanguage();
  const word = useKnownWord();
  const { reportingCurrency } = useViewer();
  if (value === null || value === undefined || value === '') return <Dash />;
  if (isMoney(value)) return <Money value={value} />;
  if (typeof value === 'boolean') return t(value ? 'cell.yes' : 'cell.no');
  if (isDay(value)) return <DateText value={value} />;
  if (typeof value === 'number') {
    if (field.type === 'money') return <Money value={moneyOf(value, field.unit ?? reportingCurrency)} />;
    if (field.unit === 'percent') return format.percent(value / 100, 0);
    return format.number(value, Number.isInteger(value) ? 0 : 1);
  }
  const reader = { language, word };
  const text = isList(value)
    ? value.map((each) => choiceText(field, each, reader)).join(t('cell.comma'))
    : choiceText(field, value, reader);
  if (text === '') return <Dash />;
  return <span title={text}>{text}</span>;
}
