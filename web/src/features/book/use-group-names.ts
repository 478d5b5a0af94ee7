import { useCallback } from 'react';
import { useTranslation } from 'react-i18next';

const groups = ['account', 'health', 'measures', 'usage', 'revenue', 'activity', 'attributes'] as const;

/** The heading of a group of fields; a group that the server added later goes under "other". */
export function useGroupNames(): (group: string) => string {
  const { t } = useTranslation('book');
  return useCallback(
    (group: string) => {
      const known = groups.find((name) => name === group);
      return known ? t(`group.${known}`) : t('group.other');
    },
    [t],
  );
}
