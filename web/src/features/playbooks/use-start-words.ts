import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { useBookFilterFields } from '../../components/filter/use-book-filter-fields';
import type { Start } from './playbook';

/** What begins a run, in a few words. */
export function useStartWords() {
  const { t } = useTranslation('playbooks');
  const fields = useBookFilterFields();
  return useCallback(
    (start: Start): string => {
      if (start.on === 'segment') {
        const choices = fields?.find(({ name }) => name === 'segments')?.choices;
        const name = choices?.find(({ value }) => value === start.segment)?.label ?? start.segment ?? '';
        return t('startWords.segment', { name });
      }
      if (start.on === 'change') {
        const field = fields?.find(({ name }) => name === start.field);
        const value = field?.choices?.find((choice) => choice.value === start.to)?.label ?? start.to ?? '';
        return t('startWords.change', { field: field?.label ?? start.field ?? '', value });
      }
      if (start.on === 'schedule') return t(`startWords.${start.every ?? 'week'}`);
      return t(`startOn.${start.on}`);
    },
    [t, fields],
  );
}
