import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { renewalReasonsQuery } from '../../../api/renewal-reasons';
import { useFormat, useLanguage, useViewer } from '../../../lib/viewer';
import { ownersQuery } from '../requests';
import type { FieldChange, RecordChange } from '../types';
import { opportunityChanges, renewalChanges } from './renewal-changes';

/** Changes as a reader wants them: amounts with their currency, people and reasons by name, words instead of keys. */
export function useReadableChanges({ entity, changes }: RecordChange): readonly FieldChange[] {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  const { reportingCurrency } = useViewer();
  const isRenewal = entity === 'renewal';
  const { data: reasons } = useQuery({ ...renewalReasonsQuery, enabled: isRenewal });
  const { data: owners } = useQuery({ ...ownersQuery, enabled: isRenewal });
  const words = {
    currency: reportingCurrency,
    word: (kind: 'category' | 'outcome' | 'kind' | 'status', key: string) =>
      t(`renewalWord.${kind}.${key}` as never, { defaultValue: key }),
    reason: (key: string) => reasons?.find((reason) => reason.key === key)?.name[language] ?? key,
    person: (id: number) => owners?.find((owner) => owner.id === id)?.name ?? String(id),
    percent: (share: number) => format.percent(share, 2),
  };
  if (isRenewal) return renewalChanges(changes, words);
  if (entity === 'expansion_opportunity') return opportunityChanges(changes, words);
  return changes;
}
