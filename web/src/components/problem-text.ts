import type { TFunction } from 'i18next';
import { useTranslation } from 'react-i18next';
import { isProblem } from '../api/problem';

export interface ProblemText {
  title: string;
  detail?: string;
  fields: { field: string; message: string }[];
}

/** The sentences for any error: the server's own where there are any, else what can be said without it. */
export function problemText(error: unknown, t: TFunction<'common'>): ProblemText {
  if (isProblem(error, 0)) return { title: t('error.unreachable'), detail: t('error.unreachableDetail'), fields: [] };
  if (isProblem(error)) {
    const { title, detail, errors = [] } = error.details;
    return { title: title || t('error.status', { status: error.status }), detail, fields: errors };
  }
  return { title: t('error.unexpected'), detail: t('error.unexpectedDetail'), fields: [] };
}

export function useProblemText(error: unknown): ProblemText {
  const { t } = useTranslation('common');
  return problemText(error, t);
}
