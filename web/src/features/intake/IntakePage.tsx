import { Button } from '@mantine/core';
import { IconLock, IconPlus } from '@tabler/icons-react';
import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { LiveDot } from '../../components/LiveDot';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useViewer } from '../../lib/viewer';
import { IntakeFigures } from './IntakeFigures';
import { IntakeTabs } from './IntakeTabs';
import { LatestTab } from './LatestTab';
import { MatchesTab } from './MatchesTab';
import { NewSource } from './NewSource';
import { QuarantineTab } from './QuarantineTab';
import { SourcesTab } from './SourcesTab';
import { UnmatchedTab } from './UnmatchedTab';
import { useIntakeAddress } from './use-intake-address';
import { useIntake } from './use-intake';

/** What comes in from the products of the vendor: live, with what went wrong and the way to mend it. */
export function IntakePage() {
  const { role } = useViewer();
  return role === 'admin' || role === 'leader' ? <Intake /> : <ForLeaders />;
}

function Intake() {
  const { t } = useTranslation('intake');
  const { role } = useViewer();
  const { tab } = useIntakeAddress();
  const intake = useIntake();
  const navigate = useNavigate();
  const [isCreating, setCreating] = useState(false);
  const mayManage = role === 'admin';
  const add = mayManage && (
    <Button leftSection={<IconPlus size={16} />} onClick={() => setCreating(true)}>
      {t('sources.new')}
    </Button>
  );
  return (
    <Page fill={tab !== 'sources'}>
      <PageHeader
        title={t('title')}
        subtitle={t('intro')}
        actions={
          <>
            <LiveDot />
            {add}
          </>
        }
      />
      {intake.isError && !intake.data ? (
        <ErrorState error={intake.error} onRetry={() => void intake.refetch()} />
      ) : (
        <IntakeFigures intake={intake.data} isAside={tab !== 'sources'} />
      )}
      <IntakeTabs intake={intake.data} />
      {tab === 'sources' && <SourcesTab sources={intake.data?.sources} add={add} />}
      {tab === 'latest' && <LatestTab sources={intake.data?.sources ?? []} />}
      {tab === 'quarantine' && <QuarantineTab sources={intake.data?.sources ?? []} />}
      {tab === 'unmatched' && <UnmatchedTab sources={intake.data?.sources ?? []} />}
      {tab === 'matches' && <MatchesTab sources={intake.data?.sources ?? []} />}
      {isCreating && (
        <NewSource
          sources={intake.data?.sources ?? []}
          onClose={() => setCreating(false)}
          onShowEvents={(sourceId) => {
            setCreating(false);
            void navigate({ to: '/intake', search: { tab: 'latest', source: sourceId } });
          }}
        />
      )}
    </Page>
  );
}

function ForLeaders() {
  const { t } = useTranslation('intake');
  return (
    <Page>
      <PageHeader title={t('title')} />
      <EmptyState icon={IconLock} title={t('forLeaders')}>
        {t('forLeadersHelp')}
      </EmptyState>
    </Page>
  );
}
