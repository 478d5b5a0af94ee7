import { Anchor, Button, Skeleton, Text, Title } from '@mantine/core';
import { IconPlus, IconRoute } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { definitionsQuery } from '../../api/definitions';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import classes from './Journeys.module.css';
import { journeysQuery } from './requests';
import { Reviews } from './Reviews';
import { BasisLegend, StageMap } from './StageMap';
import type { JourneyOnBook } from './types';
import { useLiveJourneys } from './use-live-journeys';

/** The whole book on its journeys, and the handovers that wait for a review. */
export function JourneysPage() {
  const { t } = useTranslation('journeys');
  const mayDefine = useMayDefine();
  useLiveJourneys();
  const list = useQuery(journeysQuery);
  const newButton = mayDefine && (
    <Button
      renderRoot={(props) => <Link to="/journeys/new" {...props} />}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {t('new')}
    </Button>
  );
  const isEmpty = list.data?.items.length === 0;
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} actions={!isEmpty && newButton} />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {list.isPending && <Skeleton height={220} />}
      {isEmpty && (
        <EmptyState icon={IconRoute} title={t('empty')} action={newButton}>
          {t('emptyHelp')}
        </EmptyState>
      )}
      {list.data && list.data.items.length > 0 && <BasisLegend />}
      {list.data?.items.map((journey) => (
        <Journey key={journey.key} journey={journey} />
      ))}
      <Drafts published={list.data?.items} />
      <Reviews />
    </Page>
  );
}

function Journey({ journey }: { journey: JourneyOnBook }) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const format = useFormat();
  const navigate = useNavigate();
  return (
    <section className={classes.journey} aria-label={journey.name[language]}>
      <div className={classes.head}>
        <Title order={2}>
          <Anchor inherit renderRoot={(props) => <Link to="/journeys/$key" params={{ key: journey.key }} {...props} />}>
            {journey.name[language]}
          </Anchor>
        </Title>
        <Text fz="sm" c="dimmed">
          {t('accounts', { count: journey.total.accounts, formatted: format.number(journey.total.accounts) })} ·{' '}
          <Money value={journey.total.arr} />
        </Text>
      </div>
      <StageMap
        journey={journey}
        onChoose={(stage) => void navigate({ to: '/journeys/$key', params: { key: journey.key }, search: { stage } })}
      />
    </section>
  );
}

/** Journeys that were drafted and are not published yet. */
function Drafts({ published }: { published: readonly JourneyOnBook[] | undefined }) {
  const { t } = useTranslation('journeys');
  const language = useLanguage();
  const definitions = useQuery(definitionsQuery('journey'));
  const drafts = definitions.data?.filter(
    ({ key, retired }) => !retired && published && !published.some((journey) => journey.key === key),
  );
  if (!drafts || drafts.length === 0) return null;
  return (
    <section className={classes.journey} aria-label={t('drafts')}>
      <Title order={2}>{t('drafts')}</Title>
      {drafts.map(({ key, name }) => (
        <Anchor
          key={key}
          fz="sm"
          w="fit-content"
          renderRoot={(props) => (
            <Link to="/journeys/$key" params={{ key }} search={{ tab: 'definition' as const }} {...props} />
          )}
        >
          {name[language]}
        </Anchor>
      ))}
    </section>
  );
}
