import type { FilterField } from '../../components/filter/condition';
import type { Language } from '../../lib/language';
import type { BookField, BookRow, CellValue } from './types';

/** The fields a filter may speak of, in the reader's language, for the FilterBuilder. */
export function filterFields(
  fields: readonly BookField[],
  language: Language,
  groupName: (group: string) => string,
  currency: string,
): FilterField[] {
  return fields.map(({ key, name, type, group, choices, has_history }) => ({
    name: key,
    label: name[language],
    type,
    group: groupName(group),
    hasHistory: has_history,
    ...(choices &&
      choices.length > 0 && {
        choices: choices.map((choice) => ({ value: choice.value, label: choice.name[language] })),
      }),
    ...(type === 'money' && { currency }),
  }));
}

/** "attribute.site_count" and "measure.open_tickets" are sent with the rows only where a column asks for them. */
export function isRequested(key: string): boolean {
  return key.startsWith('attribute.') || key.startsWith('measure.');
}

/** What a row holds for a field of the catalogue. */
export function cellValue(row: BookRow, key: string): CellValue | undefined {
  if (key.startsWith('attribute.')) return row.attributes?.[key.slice('attribute.'.length)];
  if (key.startsWith('measure.')) return row.measures?.[key.slice('measure.'.length)];
  const value = (row as unknown as Record<string, unknown>)[key];
  return value as CellValue | undefined;
}
