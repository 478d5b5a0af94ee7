import { Anchor, Code, SegmentedControl, Skeleton, Stack, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useAsOf } from '../../../lib/as-of';
import { addDays } from '../../../lib/format/date';
import { useViewer } from '../../../lib/viewer';
import { Panel } from '../Panel';
import { longest_days, periodOf } from '../period';
import { usageQuery, type Subject } from '../requests';
import { periods } from '../search';
import { useAccountAddress } from '../use-account-address';
import { DepartmentTable } from './DepartmentTable';
import { FeatureTable } from './FeatureTable';
import { PeopleTable } from './PeopleTable';
import { UsageChart } from './UsageChart';

/** How many use the product against the seats they have, what they use, and who they are. */
export function UsageSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const { day } = useAsOf();
  const { period = 'quarter', showPeriod } = useAccountAddress();
  const span = periodOf(period, day);
  const usage = useQuery(usageQuery(subject, { ...span, from: span.from ?? addDays(day, -longest_days) }));
  if (usage.isPending)
    return (
      <Stack gap="lg" aria-busy>
        <Skeleton height={320} />
        <Skeleton height={280} />
      </Stack>
    );
  if (usage.isError) return <ErrorState error={usage.error} onRetry={() => void usage.refetch()} />;
  const isEmpty = usage.data.features.length === 0 && usage.data.events.every((count) => count === 0);
  const choice = (
    <SegmentedControl
      size="xs"
      aria-label={t('usage.period')}
      value={period}
      onChange={(next) => {
        const chosen = periods.find((candidate) => candidate === next);
        if (chosen) showPeriod(chosen);
      }}
      data={periods.map((candidate) => ({ value: candidate, label: t(`period.${candidate}`) }))}
    />
  );
  if (isEmpty)
    return (
      <Panel title={t('usage.title')} aside={choice}>
        <EmptyState title={t('usage.none')}>
          <Text span inherit>
            {t('usage.noneHelp')}
          </Text>
          <Code block ta="left" mt={8}>
            {exampleRequest}
          </Code>
        </EmptyState>
      </Panel>
    );
  return (
    <Stack gap="lg">
      <Panel title={t('usage.title')} aside={choice}>
        <UsageChart usage={usage.data} />
        <MatchesLink accountId={Number(subject.id)} />
      </Panel>
      <section aria-label={t('usage.features')}>
        <FeatureTable features={usage.data.features} />
      </section>
      <DepartmentTable subject={subject} />
      <section aria-label={t('usage.people')}>
        <PeopleTable subject={subject} />
      </section>
    </Stack>
  );
}

/** By what the events found this account; for those who may look after the intake. */
function MatchesLink({ accountId }: { accountId: number }) {
  const { t } = useTranslation('account');
  const { role } = useViewer();
  if (role !== 'admin' && role !== 'leader') return null;
  return (
    <Text fz="sm" ta="right">
      <Anchor
        fz="sm"
        renderRoot={(props) => <Link to="/intake" search={{ tab: 'matches', account: accountId }} {...props} />}
      >
        {t('usage.matches')}
      </Anchor>
    </Text>
  );
}

/** Shown to teach how events arrive; any Segment client sends the same. */
const exampleRequest = `curl ${location.origin}/v1/track -u WRITE_KEY: \\
  -H 'Content-Type: application/json' \\
  -d '{"userId": "user@customer.example", "event": "Message Sent",
       "context": {"groupId": "ACCOUNT_ID"}}'`;
