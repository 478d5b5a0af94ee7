import { Anchor, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { definitionQuery, type Definition } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useLanguage } from '../../lib/viewer';
import { AccountsTab } from './AccountsTab';
import { JourneyDefinition } from './JourneyDefinition';
import { PassageTab } from './PassageTab';
import { journeysQuery } from './requests';
import { journeyTabs } from './search';
import { BasisLegend, StageMap } from './StageMap';
import type { JourneyBody, JourneyOnBook } from './types';
import { useLiveJourneys } from './use-live-journeys';

const route = getRouteApi('/_shell/journeys/$key');

/** One journey: who stands where, how the book passes through it, and the map itself. */
export function JourneyPage() {
  const { key } = route.useParams();
  useLiveJourneys();
  const definition = useQuery(definitionQuery<JourneyBody>('journey', key));
  const list = useQuery(journeysQuery);
  return (
    <Page>
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && (
        <Detail
          definition={definition.data}
          journey={list.data?.items.find((journey) => journey.key === definition.data.key)}
        />
      )}
    </Page>
  );
}

function Detail({ definition, journey }: { definition: Definition<JourneyBody>; journey: JourneyOnBook | undefined }) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const tab = search.tab ?? (definition.version === 0 ? 'definition' : 'accounts');
  const choose = (stage: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, tab: undefined, stage }), replace: true });
  return (
    <>
      <PageHeader
        title={definition.name[language]}
        subtitle={journey?.description}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/journeys" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        {journey && tab !== 'definition' && (
          <>
            <StageMap journey={journey} chosen={tab === 'accounts' ? search.stage : undefined} onChoose={choose} />
            <BasisLegend />
          </>
        )}
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, tab: journeyTabs.find((each) => each === next) }),
              replace: true,
            })
          }
        >
          <Tabs.List mb="md">
            {journeyTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="accounts">
            {journey ? <AccountsTab journey={journey} /> : <Text c="dimmed">{t('unpublished')}</Text>}
          </Tabs.Panel>
          <Tabs.Panel value="passage">
            {journey ? <PassageTab journeyKey={journey.key} /> : <Text c="dimmed">{t('unpublished')}</Text>}
          </Tabs.Panel>
          <Tabs.Panel value="definition">
            <JourneyDefinition key={`${definition.updated_at} ${definition.draft}`} definition={definition} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}
