import { Stack, Text, Title } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { Calendar } from './Calendar';
import { ReasonList } from './ReasonList';

/** Settings › Renewals: reasons for loss and contraction, and which days are business days. */
export function RenewalSettingsPage() {
  const { t } = useTranslation('renewals');
  return (
    <Page narrow>
      <PageHeader title={t('settings.title')} subtitle={t('settings.intro')} />
      <Stack gap={36}>
        <Section title={t('reasons.title')} about={t('reasons.intro')}>
          <ReasonList />
        </Section>
        <Section title={t('calendar.title')} about={t('calendar.intro')}>
          <Calendar />
        </Section>
      </Stack>
    </Page>
  );
}

function Section({ title, about, children }: { title: string; about: string; children: ReactNode }) {
  return (
    <section>
      <Title order={2}>{title}</Title>
      <Text fz="sm" c="dimmed" mb={12}>
        {about}
      </Text>
      {children}
    </section>
  );
}
