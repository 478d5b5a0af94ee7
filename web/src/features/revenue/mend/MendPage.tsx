import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { RevenueFrame } from '../RevenueFrame';
import { mendTabs } from '../search';
import { FaultsTab } from './FaultsTab';
import { MonthsTab } from './MonthsTab';
import { RatesTab } from './RatesTab';

const route = getRouteApi('/_shell/revenue/mend');

/** What stands between the contracts and figures that one can trust: faults, months to close, and exchange rates. */
export function MendPage() {
  const { t } = useTranslation('revenue');
  const { tab = 'faults' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <RevenueFrame title={t('mend.title')} subtitle={t('mend.intro')}>
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, panel: undefined, tab: mendTabs.find((each) => each === next) }),
            replace: true,
          })
        }
      >
        <Tabs.List mb="md">
          {mendTabs.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`mend.tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="faults">
          <FaultsTab />
        </Tabs.Panel>
        <Tabs.Panel value="months">
          <MonthsTab />
        </Tabs.Panel>
        <Tabs.Panel value="rates">
          <RatesTab />
        </Tabs.Panel>
      </Tabs>
    </RevenueFrame>
  );
}
