import type { FilterField } from './condition';
import type { WordField } from '../../lib/known-words/known-words';
import type { Language } from '../../lib/language';
import type { BookField } from '../../api/book-fields';

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
