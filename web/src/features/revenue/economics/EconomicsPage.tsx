import { Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { NoContracts } from '../NoContracts';
import classes from '../Revenue.module.css';
import { RevenueFrame } from '../RevenueFrame';
import { RulesSelect } from '../RulesSelect';
import { DimensionSelect } from '../statistics/DimensionSelect';
import { economicsQuery } from '../statistics/requests';
import { economicsTabs } from '../statistics/search';
import { useBasis } from '../use-basis';
import { Channels } from './Channels';
import { CostsTab } from './CostsTab';
import { GroupsTable } from './GroupsTable';
import { Headline } from './Headline';
import { SettingsForm } from './SettingsForm';

const route = getRouteApi('/_shell/revenue/economics');
const window_months = 12;

/** What a customer is worth, what winning one costs, and when it pays back. */
export function EconomicsPage() {
  const { t } = useTranslation('economics');
  const { tab = 'figures' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RevenueFrame title={t('title')} subtitle={t('intro')}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, tab: next === 'costs' ? 'costs' : undefined }),
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          {economicsTabs.map((key) => (
            <Tabs.Tab key={key} value={key}>
              {t(`tab.${key}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="figures">
          <FiguresTab />
        </Tabs.Panel>
        <Tabs.Panel value="costs">
          <CostsTab />
        </Tabs.Panel>
      </Tabs>
    </RevenueFrame>
  );
}

function FiguresTab() {
  const { t } = useTranslation('economics');
  const { by, rules } = route.useSearch();
  const navigate = route.useNavigate();
  const economics = useQuery(economicsQuery(useBasis(rules), { by, months: window_months }));
  const { data } = economics;
  return (
    <>
      <div className={classes.choices}>
        <DimensionSelect
          head={data}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, by: next }), replace: true })}
        />
        <RulesSelect
          value={rules}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, rules: next }), replace: true })}
          label={t('rules')}
        />
      </div>
      {economics.isPending && <Skeleton height={420} />}
      {economics.isError && <ErrorState error={economics.error} onRetry={() => void economics.refetch()} />}
      {data && data.total.customers === 0 && <NoContracts />}
      {data && data.total.customers > 0 && (
        <Stack
          gap="md"
          aria-busy={economics.isPlaceholderData}
          style={{ opacity: economics.isPlaceholderData ? 0.6 : 1 }}
        >
          <Headline data={data} />
          {data.groups.length > 0 && <GroupsTable data={data} />}
          <Channels data={data} />
          <SettingsForm key={JSON.stringify(data.settings)} data={data} />
        </Stack>
      )}
    </>
  );
}
