import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { fieldsQuery } from '../../api/book-fields';
import { useKnownWord } from '../../lib/known-words/known-words';
import { useLanguage, useViewer } from '../../lib/viewer';
import { filterFields } from './book-fields';
import type { FilterField } from './condition';

/** What a condition may speak of: the fields of the book, undefined until they are here. */
export function useBookFilterFields(): readonly FilterField[] | undefined {
  const { data: fields } = useQuery(fieldsQuery);
  const language = useLanguage();
  const word = useKnownWord();
  const { reportingCurrency } = useViewer();
  return useMemo(
    () => fields && filterFields(fields, { language, word }, reportingCurrency),
    [fields, language, word, reportingCurrency],
  );
}
