import { Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import type { Feature } from '../../api/features';
import { ErrorState } from '../../components/ErrorState';
import { DateText } from '../../components/DateText';
import { addDays } from '../../lib/format/date';
import { useFormat, useViewer } from '../../lib/viewer';
import classes from './Catalogue.module.css';
import { usageQuery } from './catalogue';
import { FeatureSettings } from './FeatureSettings';
import { PropertyList } from './PropertyList';
import { TopAccounts } from './TopAccounts';
import { TypeList } from './TypeList';
import { UsageChart } from './UsageChart';

interface FeaturePanelProps {
  feature: Feature;
  modules: readonly string[];
  mayChange: boolean;
}

const span_days = 90;

/** One feature: its names and whether it counts, how it is used and by whom, and what its events carry. */
export function FeaturePanel({ feature, modules, mayChange }: FeaturePanelProps) {
  const { t } = useTranslation('catalogue');
  const format = useFormat();
  const { bookDay } = useViewer();
  const usage = useQuery(usageQuery(feature.id, addDays(bookDay, 1 - span_days), bookDay));
  return (
    <Stack gap="lg">
      <dl className={classes.facts}>
        <dt>{t('column.events')}</dt>
        <dd>{format.number(feature.events)}</dd>
        <dt>{t('column.first')}</dt>
        <dd>
          <DateText value={feature.first_at} form="both" />
        </dd>
        <dt>{t('column.last')}</dt>
        <dd>
          <DateText value={feature.last_at} form="both" />
        </dd>
      </dl>
      <FeatureSettings feature={feature} modules={modules} mayChange={mayChange} usage={usage.data} />
      <section>
        <Title order={3} mb={8}>
          {t('column.types')}
        </Title>
        <TypeList feature={feature} mayChange={mayChange} />
      </section>
      <section>
        {usage.isPending && <Skeleton height={220} />}
        {usage.isError && <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />}
        {usage.data && <UsageChart feature={feature} usage={usage.data} />}
      </section>
      {usage.data && (
        <section>
          <Title order={3} mb={8}>
            {t('panel.accounts')}
          </Title>
          <TopAccounts usage={usage.data} />
        </section>
      )}
      <section>
        <Title order={3} mb={8}>
          {t('panel.properties')}
        </Title>
        <PropertyList feature={feature} />
      </section>
    </Stack>
  );
}
