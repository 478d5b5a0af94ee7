import { Skeleton } from '@mantine/core';
import { IconLock } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useViewer } from '../../lib/viewer';
import { panelQuery } from './lab';
import { NoPanel } from './NoPanel';
import { ScorecardLab } from './ScorecardLab';
import { hasHistory } from './types';

/** The Health Lab: a scorecard judged by what really happened, while its weights are under the hand. */
export function LabPage() {
  const { role } = useViewer();
  return <Page>{role === 'admin' || role === 'leader' ? <Lab /> : <ForLeaders />}</Page>;
}

function Lab() {
  const { t } = useTranslation('lab');
  const panel = useQuery(panelQuery);
  if (panel.data && hasHistory(panel.data)) return <ScorecardLab panel={panel.data} />;
  return (
    <>
      <PageHeader title={t('title')} subtitle={t('intro')} />
      {panel.isPending && <Skeleton height={320} />}
      {panel.isError && !panel.data && <ErrorState error={panel.error} onRetry={() => void panel.refetch()} />}
      {panel.data && <NoPanel panel={panel.data} />}
    </>
  );
}

function ForLeaders() {
  const { t } = useTranslation('lab');
  return (
    <>
      <PageHeader title={t('title')} />
      <EmptyState icon={IconLock} title={t('forLeaders')}>
        {t('forLeadersHelp')}
      </EmptyState>
    </>
  );
}
