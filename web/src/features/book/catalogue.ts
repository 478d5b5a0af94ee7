import type { FilterField } from '../../components/filter/condition';
import type { WordField } from '../../lib/known-words/known-words';
import type { Language } from '../../lib/language';
import type { BookField, BookRow, ColumnValue } from './types';

/** Fields that hold free text of which many words are known in both languages. */
const wordFields: Partial<Record<string, WordField>> = {
  phase: 'phase',
  industry: 'industry',
  plan: 'plan',
  size: 'size',
  country: 'country',
};

export interface Reader {
  language: Language;
  word: (field: WordField, value: string) => string;
}

/** A choice as the reader says it: by its own name, or, where the record keeps free text, by the word known for it. */
export function choiceText(field: BookField, value: string, { language, word }: Reader): string {
  const known = wordFields[field.key];
  if (known) return word(known, value);
  return field.choices?.find((choice) => choice.value === value)?.name[language] ?? value;
}

/** The fields a filter may speak of, in the reader's language, for the FilterBuilder. */
export function filterFields(fields: readonly BookField[], reader: Reader, currency: string): FilterField[] {
  return fields.map((field) => ({
    name: field.key,
    label: field.name[reader.language],
    type: field.type,
    group: field.group_name[reader.language],
    hasHistory: field.has_history,
    ...(field.choices && {
      choices: field.choices.map(({ value }) => ({ value, label: choiceText(field, value, reader) })),
    }),
    ...(field.type === 'money' && { currency: field.unit ?? currency }),
  }));
}

const requestedKinds = { 'attribute.': 'attributes', 'measure.': 'measures', 'group.': 'groups' } as const;

function requested(key: string) {
  return Object.entries(requestedKinds).find(([prefix]) => key.startsWith(prefix));
}

/** Attributes, measures and axes are sent with the rows only where a column asks for them. */
export function isRequested(key: string): boolean {
  return requested(key) !== undefined || key === 'segments';
}

/** What a row holds for a field of the catalogue. */
export function cellValue(row: BookRow, key: string): ColumnValue | undefined {
  const [prefix, member] = requested(key) ?? [];
  if (prefix && member) return row[member]?.[key.slice(prefix.length)];
  return (row as unknown as Record<string, ColumnValue | undefined>)[key];
}
