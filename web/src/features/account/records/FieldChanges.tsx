import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { useKnownWord, type WordField } from '../../../lib/known-words/known-words';
import { isDay } from '../../../lib/format/date';
import { useFormat, useLanguage } from '../../../lib/viewer';
import classes from '../Records.module.css';
import { attributesQuery, contactsQuery, type Subject } from '../requests';
import type { Contact, FieldChange } from '../types';
import { spreadObjects } from './spread-changes';

const wordFields = new Set<string>(['phase', 'industry', 'plan', 'size', 'country', 'language', 'category']);

/** Field by field: what it was and what it became. */
export function FieldChanges({ changes, subject }: { changes: readonly FieldChange[]; subject: Subject }) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const { data: attributes = [] } = useQuery(attributesQuery);
  const fieldName = (field: string) => {
    const key = /^attributes\.(.*)$/.exec(field)?.[1];
    if (key !== undefined) return attributes.find((attribute) => attribute.key === key)?.name[language] ?? key;
    return t(`field.${field.replaceAll('.', '_')}` as never, { defaultValue: field });
  };
  const { data: contacts = [] } = useQuery(contactsQuery(subject));
  const lines = spreadObjects(changes).map((line) => ({
    ...line,
    before: namesFor(line.field, line.before, contacts),
    after: namesFor(line.field, line.after, contacts),
  }));
  // A record that came into being has no "before": what it says is enough.
  if (lines.every(({ before }) => before === null))
    return (
      <p className={classes.created}>
        {lines
          .filter(({ after }) => !isEmpty(after))
          .map(({ field, after }) => (
            <span key={field}>
              <span>{fieldName(field)}</span> <ChangedValue field={field} value={after} />
            </span>
          ))}
      </p>
    );
  return (
    <ul className={classes.fieldChanges}>
      {lines.map(({ field, before, after }) => (
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

/** People are kept by their numbers; a reader wants names. */
function namesFor(field: string, value: unknown, contacts: readonly Contact[]): unknown {
  if (field !== 'contact_ids' || !Array.isArray(value)) return value;
  return value.map((item: unknown) => contacts.find(({ id }) => id === item)?.name ?? item);
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0);
}

function ChangedValue({ field, value }: { field: string; value: unknown }) {
  const { t } = useTranslation('account');
  const format = useFormat();
  const word = useKnownWord();
  if (isEmpty(value)) return t('value.empty');
  if (typeof value === 'boolean') return t(value ? 'value.yes' : 'value.no');
  if (typeof value === 'number') return format.number(value, 2);
  if (typeof value === 'string') {
    if (isDay(value)) return format.day(value);
    if (/^\d{4}-\d{2}-\d{2}T/.test(value)) return format.instant(value);
    if (wordFields.has(field)) return word(field as WordField, value);
    return t(`word.${value}` as never, { defaultValue: value });
  }
  if (Array.isArray(value))
    return value
      .map((item) => t(`word.${String(item)}` as never, { defaultValue: String(item) }))
      .join(t('header.comma'));
  if (typeof value === 'object' && value !== null && 'amount_minor' in value && 'currency' in value)
    return format.moneyExact(value as { amount_minor: number; currency: string });
  return JSON.stringify(value);
}
