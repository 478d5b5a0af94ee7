import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { fieldsQuery, type BookField } from '../api/book-fields';
import { asLevel } from '../lib/level';
import { useLanguage } from '../lib/viewer';

const levelNames = (fields: BookField[]) => fields.find(({ key }) => key === 'level')?.choices;

/** What a level is called: by the name that the published scorecard gives it, else by the product's own word. */
export function useLevelWord(): (key: string | null | undefined) => string {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const { data: names } = useQuery({ ...fieldsQuery, select: levelNames });
  return (key) => names?.find(({ value }) => value === key)?.name[language] ?? t(`level.${asLevel(key)}`);
}
