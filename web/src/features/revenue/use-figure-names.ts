import { useQuery } from '@tanstack/react-query';
import { useCallback } from 'react';
import { useLanguage } from '../../lib/viewer';
import { definitionsOfFiguresQuery } from './revenue';

/** The names that the server gives to its figures: one word for a figure in the pages, the tables and the docs. */
export function useFigureName(): (key: string) => string {
  const language = useLanguage();
  const { data } = useQuery(definitionsOfFiguresQuery);
  return useCallback((key) => data?.get(key)?.name[language] ?? key, [data, language]);
}
