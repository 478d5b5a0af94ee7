import { Anchor, Skeleton, Stack, Tabs, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Figure } from '../../components/Figure';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useLanguage } from '../../lib/viewer';
import { definitionQuery, type Definition } from '../../api/definitions';
import { HistoryTab } from './HistoryTab';
import { MembersTab } from './MembersTab';
import { segmentTabs } from './search';
import { SegmentDefinition } from './SegmentDefinition';
import { segmentsQuery, type Segment, type SegmentList } from './segments';
import classes from './Segments.module.css';
import type { SegmentBody } from './segments';
import { useLiveSegments } from './use-live-segments';

const route = getRouteApi('/_shell/segments/$key');

/** One segment: who is in it and since when, who came and went and why, and what it means. */
export function SegmentPage() {
  const { key } = route.useParams();
  useLiveSegments();
  const definition = useQuery(definitionQuery<SegmentBody>('segment', key));
  const list = useQuery(segmentsQuery);
  return (
    <Page>
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && <Detail definition={definition.data} list={list.data} />}
    </Page>
  );
}

function Detail({ definition, list }: { definition: Definition<SegmentBody>; list: SegmentList | undefined }) {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const segment = list?.items.find(({ key }) => key === definition.key);
  // What nobody is in yet is there to be edited.
  const tab = search.tab ?? (definition.version === 0 ? 'definition' : 'members');
  return (
    <>
      <PageHeader
        title={definition.name[language]}
        subtitle={segment?.description}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/segments" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="md">
        {segment?.fault && (
          <Text c="red" fz="sm">
            {segment.fault[language]}
          </Text>
        )}
        {definition.version > 0 && list && segment && <Figures segment={segment} list={list} />}
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, tab: segmentTabs.find((each) => each === next) }),
              replace: true,
            })
          }
        >
          <Tabs.List mb="md">
            {segmentTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="members">
            <MembersTab segment={definition.key} isPublished={definition.version > 0} />
          </Tabs.Panel>
          <Tabs.Panel value="history">
            <HistoryTab segment={definition.key} />
          </Tabs.Panel>
          <Tabs.Panel value="definition">
            <SegmentDefinition key={`${definition.updated_at} ${definition.draft}`} definition={definition} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

function Figures({ segment, list }: { segment: Segment; list: SegmentList }) {
  const { t } = useTranslation('segments');
  const format = useFormat();
  const share = segment.accounts === null || list.accounts === 0 ? null : segment.accounts / list.accounts;
  const arrShare =
    !segment.arr || list.arr.amount_minor === 0 ? null : segment.arr.amount_minor / list.arr.amount_minor;
  return (
    <div className={classes.figures}>
      <Figure label={t('column.accounts')} value={format.number(segment.accounts)} />
      <Figure label={t('column.share')} value={format.percent(share)} />
      <Figure label="ARR" value={format.money(segment.arr)} />
      <Figure label={t('arrShare')} value={format.percent(arrShare)} />
      <Figure label={t('entered7d')} value={format.number(segment.entered_7d)} />
      <Figure label={t('left7d')} value={format.number(segment.left_7d)} />
    </div>
  );
}
