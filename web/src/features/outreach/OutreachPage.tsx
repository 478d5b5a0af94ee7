import { Tabs } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { InboxTab } from './InboxTab';
import { MailsTab } from './MailsTab';
import { PeopleTab } from './PeopleTab';
import { outreachRooms } from './search';
import { SurveysTab } from './SurveysTab';
import { TemplatesTab } from './TemplatesTab';

const route = getRouteApi('/_shell/outreach');

/** What is sent to customers by itself, what became of it, and what people want. */
export function OutreachPage() {
  const { t } = useTranslation('outreach');
  const { room = 'templates' } = route.useSearch();
  const navigate = route.useNavigate();
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} />
      <Tabs
        value={room}
        keepMounted={false}
        onChange={(next) => void navigate({ search: { room: outreachRooms.find((each) => each === next) } })}
      >
        <Tabs.List mb="md">
          {outreachRooms.map((each) => (
            <Tabs.Tab key={each} value={each}>
              {t(`room.${each}`)}
            </Tabs.Tab>
          ))}
        </Tabs.List>
        <Tabs.Panel value="templates">
          <TemplatesTab />
        </Tabs.Panel>
        <Tabs.Panel value="mails">
          <MailsTab />
        </Tabs.Panel>
        <Tabs.Panel value="people">
          <PeopleTab />
        </Tabs.Panel>
        <Tabs.Panel value="surveys">
          <SurveysTab />
        </Tabs.Panel>
        <Tabs.Panel value="inbox">
          <InboxTab />
        </Tabs.Panel>
      </Tabs>
    </Page>
  );
}
