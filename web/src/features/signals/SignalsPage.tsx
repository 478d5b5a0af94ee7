import { Button, Tabs } from '@mantine/core';
import { IconPlus, IconSparkles } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useMayDefine } from '../../lib/viewer';
import { Held } from './Held';
import { RuleTable } from './RuleTable';
import { signalsQuery } from './requests';
import { signalsTabs } from './search';
import { useLiveSignals } from './use-live-signals';

const route = getRouteApi('/_shell/signals');

/** All rules with what they do at present, and what is held back. */
export function SignalsPage() {
  const { t } = useTranslation('signals');
  const format = useFormat();
  const mayDefine = useMayDefine();
  const { tab = 'rules' } = route.useSearch();
  const navigate = route.useNavigate();
  useLiveSignals();
  const list = useQuery(signalsQuery);
  const isEmpty = list.data?.items.length === 0;
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} actions={mayDefine && <NewButtons />} />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyState icon={IconSparkles} title={t('empty')} action={mayDefine && <StarterButton primary />}>
          {t('emptyHelp')}
        </EmptyState>
      )}
      {!isEmpty && !list.isError && (
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({ search: () => ({ tab: signalsTabs.find((each) => each === next) }), replace: true })
          }
        >
          <Tabs.List mb="md">
            {signalsTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {each === 'held' && list.data
                  ? t('tab.heldCount', { formatted: format.number(list.data.held) })
                  : t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="rules">
            <RuleTable list={list.data?.items} />
          </Tabs.Panel>
          <Tabs.Panel value="held">
            <Held />
          </Tabs.Panel>
        </Tabs>
      )}
    </Page>
  );
}

function NewButtons() {
  const { t } = useTranslation('signals');
  return (
    <>
      <StarterButton />
      <Button
        leftSection={<IconPlus size={15} aria-hidden />}
        renderRoot={(props) => <Link to="/signals/new" {...props} />}
      >
        {t('new')}
      </Button>
    </>
  );
}

function StarterButton({ primary = false }: { primary?: boolean }) {
  const { t } = useTranslation('signals');
  return (
    <Button
      variant={primary ? 'filled' : 'default'}
      leftSection={<IconSparkles size={15} aria-hidden />}
      renderRoot={(props) => <Link to="/signals/starters" {...props} />}
    >
      {t('starters.open')}
    </Button>
  );
}
