import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { AssignmentTab } from './AssignmentTab';
import { HandoversTab } from './HandoversTab';
import { ModelsTab } from './ModelsTab';
import { teamTabs } from './search';
import { WorkloadTab } from './WorkloadTab';

const route = getRouteApi('/_shell/teams');

/** Who looks after whom: people and what they carry, engagement models, assignment, handovers. */
export function TeamsPage() {
  const { t } = useTranslation('org');
  const navigate = route.useNavigate();
  const { tab = 'workload' } = route.useSearch();
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: teamTabs.find((each) => each === next) }, replace: true })}
      >
        <Tabs.List mb="md">
          {teamTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="workload">
          <WorkloadTab />
        </Tabs.Panel>
        <Tabs.Panel value="models">
          <ModelsTab />
        </Tabs.Panel>
        <Tabs.Panel value="assignment">
          <AssignmentTab />
        </Tabs.Panel>
        <Tabs.Panel value="handovers">
          <HandoversTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
