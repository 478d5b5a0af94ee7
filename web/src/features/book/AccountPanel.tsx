import { Anchor, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { BookField } from '../../api/book-fields';
import { healthQuery } from '../../api/health';
import { ErrorState } from '../../components/ErrorState';
import { ScoreAxes, ScoreChangeStory, ScoreReasons } from '../../components/health/ScoreStory';
import { Score } from '../../components/Score';
import { useAsOf } from '../../lib/as-of';
import { useMayEdit } from '../../lib/viewer';
import { contactsQuery } from './account';
import { PanelActions } from './PanelActions';
import { PanelContacts } from './PanelContacts';
import { PanelFacts } from './PanelFacts';
import { PanelNote } from './PanelNote';
import { useAccountRow } from './use-account-row';

interface AccountPanelProps {
  id: string;
  fields: readonly BookField[];
}

/** One account beside the list: why it stands where it stands, what moved, what is coming, whom to talk to; and acting on it. */
export function AccountPanel({ id, fields }: AccountPanelProps) {
  const { t } = useTranslation('book');
  const { asOf, isPast } = useAsOf();
  const mayEdit = useMayEdit();
  const { data: row, ...rowState } = useAccountRow(id, asOf);
  const health = useQuery(healthQuery(id, asOf));
  const contacts = useQuery(contactsQuery(id, asOf));
  if (rowState.isError) return <ErrorState error={rowState.error} onRetry={() => void rowState.refetch()} />;
  if (row === null)
    return (
      <Text fz="sm" c="dimmed">
        {t('panel.gone')}
      </Text>
    );
  return (
    <Stack gap="lg">
      {row ? (
        <Score size="lg" score={row.score} level={row.level} change={row.score_change_28d} history={row.sparkline} />
      ) : (
        <Skeleton height={40} />
      )}
      <Section title={t('panel.why')}>
        {health.isError && <ErrorState error={health.error} onRetry={() => void health.refetch()} />}
        {health.isPending && <Skeleton height={96} />}
        {health.data && (
          <Stack gap="sm">
            <ScoreReasons sentences={health.data.sentences} />
            <ScoreAxes groups={health.data.groups} />
          </Stack>
        )}
      </Section>
      {health.data?.change_28d && health.data.change_28d.parts.length > 0 && (
        <Section title={t('panel.change')}>
          <ScoreChangeStory change={health.data.change_28d} />
        </Section>
      )}
      <Section title={t('panel.facts')}>{row ? <PanelFacts row={row} /> : <Skeleton height={120} />}</Section>
      <Section title={t('panel.act')}>
        <PanelActions
          accountId={Number(id)}
          account={row}
          fields={fields}
          disabled={!mayEdit || isPast}
          isPast={isPast}
        />
      </Section>
      {mayEdit && !isPast && (
        <Section title={t('panel.note')}>
          <PanelNote accountId={Number(id)} />
        </Section>
      )}
      <Section title={t('panel.contacts')}>
        {contacts.isPending && <Skeleton height={64} />}
        {contacts.isError && <ErrorState error={contacts.error} onRetry={() => void contacts.refetch()} />}
        {contacts.data && <PanelContacts contacts={contacts.data} />}
      </Section>
      <Anchor fz="sm" renderRoot={(props) => <Link to="/accounts/$accountId" params={{ accountId: id }} {...props} />}>
        {t('panel.openPage')}
      </Anchor>
    </Stack>
  );
}

function Section({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <Title order={3} mb={8}>
        {title}
      </Title>
      {children}
    </section>
  );
}
