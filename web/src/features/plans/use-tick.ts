import { useTranslation } from 'react-i18next';
import { useEditing } from './editing';

/** Ticks an action or a milestone as done today, or takes that back. */
export function useTick() {
  const { t } = useTranslation('plans');
  const { change, today } = useEditing();
  return (kind: 'action' | 'milestone', key: string, isDone: boolean) =>
    change(
      [{ op: 'put', kind, item: { key, done_on: isDone ? today : null } }],
      isDone ? t('told.done') : t('told.notDone'),
    );
}
