import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { wordsIn } from '../../../api/plans';
import { useLanguage } from '../../../lib/viewer';
import { useEditing } from '../editing';

/** To which goal something belongs; to none of them is possible, too. */
export function GoalSelect({ value, onChange }: { value: string | null; onChange: (goal: string | null) => void }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { document } = useEditing();
  return (
    <Select
      label={t('kind.goal')}
      clearable
      clearButtonProps={{ 'aria-label': t('common:clear') }}
      placeholder={t('noGoal')}
      data={document.goals.map(({ key, name }) => ({ value: key, label: wordsIn(name, language) || key }))}
      value={value}
      onChange={onChange}
    />
  );
}
