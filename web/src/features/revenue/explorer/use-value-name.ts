import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useKnownWord, type WordField } from '../../../lib/known-words/known-words';
import { useFormat, useLanguage } from '../../../lib/viewer';
import { isDay } from '../../../lib/format/date';
import type { Series } from '../types';

/** What a value of a dimension is called: the server's name, the trade's word for a free text, or "without one". */
export function useValueName(by: string | undefined): (series: Pick<Series, 'value' | 'name'>) => string {
  const { t } = useTranslation('revenue');
  const language = useLanguage();
  const format = useFormat();
  const word = useKnownWord();
  return useCallback(
    ({ value, name }) => {
      if (value === null) return t('explorer.all');
      if (value === '') return t('explorer.without');
      if (by === 'cohort' && isDay(value)) return format.month(value);
      const given = name[language];
      // Free texts come back as they were entered; where the trade has a word for one, that is shown.
      return given === value && isWordField(by) ? word(by, value) : given || value;
    },
    [by, t, language, format, word],
  );
}

const wordKinds: readonly WordField[] = ['phase', 'plan', 'industry', 'size', 'country'];

function isWordField(by: string | undefined): by is WordField {
  return wordKinds.some((kind) => kind === by);
}
