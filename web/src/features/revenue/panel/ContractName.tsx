import { Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useKnownWord } from '../../../lib/known-words/known-words';
import { useFormat } from '../../../lib/viewer';
import type { ContractRow } from '../types';

/** Product and plan of a contract, and below them its number and its term. */
export function ContractName({ row }: { row: ContractRow }) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const word = useKnownWord();
  const { product, plan, external_id, start, end, is_trial } = row;
  return (
    <>
      {[product, plan && word('plan', plan)].filter(Boolean).join(' · ')}
      {is_trial && ` (${t('panel.trial')})`}
      <Text span fz="xs" c="dimmed" display="block">
        {external_id && `${external_id} · `}
        {format.dayShort(start)} – {end ? format.dayShort(end) : t('panel.open')}
      </Text>
    </>
  );
}
