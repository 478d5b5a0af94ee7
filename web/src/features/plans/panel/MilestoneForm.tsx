import { SimpleGrid } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Milestone } from '../../../api/plans';
import { WordsPair } from '../../../components/WordsPair';
import { DayField } from '../DayField';
import { isNamed } from '../edit';
import { useEditing } from '../editing';
import { FormFrame } from './FormFrame';
import { GoalSelect } from './GoalSelect';

export function MilestoneForm({ milestone, isNew }: { milestone: Milestone; isNew: boolean }) {
  const { t } = useTranslation('plans');
  const { plan } = useEditing();
  return (
    <FormFrame kind="milestone" item={milestone} isNew={isNew} lack={({ name }) => (isNamed(name) ? null : 'name')}>
      {(draft, change) => (
        <>
          <WordsPair
            label={t('field.name')}
            required
            maxLength={100}
            value={draft.name}
            onChange={(name) => change({ name })}
          />
          <GoalSelect value={draft.goal} onChange={(goal) => change({ goal })} />
          <SimpleGrid cols={2}>
            <DayField label={t('field.due')} value={draft.due} onChange={(due) => change({ due })} />
            {plan && (
              <DayField
                label={t('field.reachedOn')}
                value={draft.done_on}
                onChange={(done_on) => change({ done_on })}
              />
            )}
          </SimpleGrid>
        </>
      )}
    </FormFrame>
  );
}
