import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKnownWord, type WordField } from '../../../lib/known-words/known-words';
import { isDay } from '../../../lib/format/date';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Account.module.css';
import { attributesQuery } from '../requests';
import type { FieldChange } from '../types';
import { spreadObjects } from './spread-changes';

const wordFields = new Set<string>(['phase', 'industry', 'plan', 'size', 'country', 'language', 'category']);

/** Field by field: what it was and what it became. */
export function FieldChanges({ changes }: { changes: readonly FieldChange[] }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { data: attributes = [] } = useQuery(attributesQuery);
  const fieldName = (field: string) => {
    const key = /^attributes\.(.*)$/.exec(field)?.[1];
    if (key !== undefined) return attributes.find((attribute) => attribute.key === key)?.name[language] ?? key;
    return t(`field.${field.replaceAll('.', '_')}` as never, { defaultValue: field });
  };
  return (
    <ul className={classes.fieldChanges}>
      {spreadObjects(changes).map(({ field, before, after }) => (
        <li key={field}>
          <span>{fieldName(field)}</span>
          <span className={classes.before}>
            <ChangedValue field={field} value={before} />
          </span>
          <span aria-hidden>→</span>
          <span>
            <ChangedValue field={field} value={after} />
          </span>
        </li>
      ))}
    </ul>
  );
}

function ChangedValue({ field, value }: { field: string; value: unknown }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const word = useKnownWord();
  if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0))
    return t('value.empty');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  // Instants are kept in microseconds.
  if (typeof value === 'number')
    return field.endsWith('_us') ? format.instant(new Date(value / 1000).toISOString()) : format.number(value, 2);
  if (typeof value === 'string') {
    if (isDay(value)) return format.day(value);
    if (wordFields.has(field)) return word(field as WordField, value);
    return t(`word.${value}` as never, { defaultValue: value });
  }
  if (Array.isArray(value))
    return value.map((item) => t(`word.${String(item)}` as never, { defaultValue: String(item) })).join(t('header.comma'));
  if (typeof value === 'object' && 'amount_minor' in value && 'currency' in value)
    return format.moneyExact(value as { amount_minor: number; currency: string });
  return JSON.stringify(value);
}
