import { Stack, Tabs, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { PortalAudit } from '../../components/customer-portal/PortalAudit';
import { PortalDocuments } from '../../components/customer-portal/PortalDocuments';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useMayDefine } from '../../lib/viewer';
import { BrandingTab } from './BrandingTab';
import { portalTabs } from './search';
import { SharingTab } from './SharingTab';

const route = getRouteApi('/_shell/settings/portal');

/** Settings › customer portal: its look, what is shared with whom, documents for all, and who did what. */
export function PortalSettingsPage() {
  const { t } = useTranslation('customer-portal');
  const mayDefine = useMayDefine();
  const { tab = 'look' } = route.useSearch();
  const navigate = route.useNavigate();
  // The audit of all accounts is for leaders; that of one account stands on its page.
  const shown = portalTabs.filter((each) => each !== 'audit' || mayDefine);
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('subtitle')} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { tab: portalTabs.find((each) => each === next) }, replace: true })}
      >
        <Tabs.List mb="md">
          {shown.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`tab.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="look">
          <BrandingTab />
        </Tabs.Panel>
        <Tabs.Panel value="sharing">
          <SharingTab />
        </Tabs.Panel>
        <Tabs.Panel value="documents">
          <Stack gap="sm" maw={720}>
            <Text fz="sm">{t('document.intro')}</Text>
            <PortalDocuments account={undefined} mayAdd={mayDefine} />
          </Stack>
        </Tabs.Panel>
        {mayDefine && (
          <Tabs.Panel value="audit">
            <PortalAudit account={undefined} />
          </Tabs.Panel>
        )}
      </Tabs>
    </Page>
  );
}
