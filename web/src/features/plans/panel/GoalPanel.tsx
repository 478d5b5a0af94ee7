import { Tabs } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Goal } from '../../../api/plans';
import type { PlanDeeds } from '../use-plan-deeds';
import { Comments } from './Comments';
import { GoalForm } from './GoalForm';
import { GoalStandingView } from './GoalStandingView';

interface GoalPanelProps {
  goal: Goal;
  isNew: boolean;
  /** A template has nothing but fields. */
  deeds: PlanDeeds | null;
}

/** A goal: how it stands and what was said, and the fields it is made of. */
export function GoalPanel({ goal, isNew, deeds }: GoalPanelProps) {
  const { t } = useTranslation('plans');
  const [tab, setTab] = useState<string | null>('standing');
  if (isNew || !deeds) return <GoalForm goal={goal} isNew={isNew} />;
  return (
    <Tabs value={tab} onChange={setTab} keepMounted={false}>
      <Tabs.List mb="md">
        <Tabs.Tab value="standing">{t('goalTab.standing')}</Tabs.Tab>
        <Tabs.Tab value="fields">{t('goalTab.fields')}</Tabs.Tab>
        <Tabs.Tab value="comments">{t('goalTab.comments')}</Tabs.Tab>
      </Tabs.List>
      <Tabs.Panel value="standing">
        <GoalStandingView goal={goal} deeds={deeds} />
      </Tabs.Panel>
      <Tabs.Panel value="fields">
        <GoalForm goal={goal} isNew={false} />
      </Tabs.Panel>
      <Tabs.Panel value="comments">
        <Comments item={goal.key} deeds={deeds} />
      </Tabs.Panel>
    </Tabs>
  );
}
