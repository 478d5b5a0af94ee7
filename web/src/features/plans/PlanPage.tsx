import { Anchor, Skeleton, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { contactChoicesQuery } from '../../api/contacts';
import { peopleQuery } from '../../api/people';
import { planQuery, wordsIn, type Plan } from '../../api/plans';
import { isProblem } from '../../api/problem';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { TabStrip } from '../../components/TabStrip';
import { useAsOf } from '../../lib/as-of';
import { useLanguage, useMayEdit, useViewer } from '../../lib/viewer';
import { ActionsTab } from './actions/ActionsTab';
import { EditingProvider, type Editing } from './editing';
import { GoalsTab } from './goals/GoalsTab';
import { HistoryTab } from './HistoryTab';
import { ItemPanel } from './panel/ItemPanel';
import { PlanActions } from './PlanActions';
import { PlanHead } from './PlanHead';
import { RisksTab } from './RisksTab';
import { planTabs } from './search';
import { useLivePlans } from './use-live-plans';
import { usePlanDeeds } from './use-plan-deeds';
import { ValueTab } from './value/ValueTab';

const route = getRouteApi('/_shell/plans/$planId');

/** One success plan: what was agreed, how it stands, who does what next, and what came of it. */
export function PlanPage() {
  const { t } = useTranslation('plans');
  const { planId } = route.useParams();
  const { asOf } = useAsOf();
  const plan = useQuery(planQuery(Number(planId), asOf));
  useLivePlans(plan.data?.account_id, asOf === undefined);
  return (
    <Page>
      {plan.isPending && <Skeleton height={480} />}
      {isProblem(plan.error, 404) ? (
        <EmptyState titleOrder={1} title={t('notThere')}>
          {t('notThereHelp')}
        </EmptyState>
      ) : (
        plan.isError && <ErrorState error={plan.error} onRetry={() => void plan.refetch()} />
      )}
      {plan.data && <Detail plan={plan.data} />}
    </Page>
  );
}

function Detail({ plan }: { plan: Plan }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { isPast } = useAsOf();
  const { bookDay } = useViewer();
  const mayEdit = useMayEdit() && !isPast && plan.state !== 'closed';
  const deeds = usePlanDeeds(plan);
  const { data: people } = useQuery(peopleQuery);
  const { data: contacts } = useQuery(contactChoicesQuery(plan.account_id));
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const tab = search.tab ?? 'goals';
  const editing = useMemo<Editing>(
    () => ({
      document: plan.document,
      change: deeds.change,
      mayEdit,
      isBusy: deeds.isBusy,
      plan,
      today: bookDay,
      people: people ?? [],
      contacts: contacts ?? [],
    }),
    [plan, deeds.change, deeds.isBusy, mayEdit, bookDay, people, contacts],
  );
  return (
    <EditingProvider value={editing}>
      <PageHeader
        title={wordsIn(plan.document.name, language)}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/plans" {...props} />}>
            {t('title')}
          </Anchor>
        }
        actions={!isPast && <PlanActions plan={plan} deeds={deeds} />}
      />
      <PlanHead plan={plan} deeds={deeds} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (before) => ({
              ...before,
              tab: next === 'goals' ? undefined : planTabs.find((each) => each === next),
              panel: undefined,
            }),
            replace: true,
          })
        }
      >
        <TabStrip mb="md" open={tab}>
          {planTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </TabStrip>
        <Tabs.Panel value="goals">
          <GoalsTab />
        </Tabs.Panel>
        <Tabs.Panel value="actions">
          <ActionsTab />
        </Tabs.Panel>
        <Tabs.Panel value="risks">
          <RisksTab plan={plan} deeds={deeds} />
        </Tabs.Panel>
        <Tabs.Panel value="value">
          <ValueTab plan={plan} deeds={deeds} />
        </Tabs.Panel>
        <Tabs.Panel value="history">
          <HistoryTab plan={plan} deeds={deeds} mayEdit={mayEdit} />
        </Tabs.Panel>
      </Tabs>
      <ItemPanel deeds={deeds} />
    </EditingProvider>
  );
}
