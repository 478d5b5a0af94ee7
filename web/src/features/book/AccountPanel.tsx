import { Anchor, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Score } from '../../components/Score';
import { useAsOf } from '../../lib/as-of';
import { useMayEdit } from '../../lib/viewer';
import { accountQuery, contactsQuery, healthQuery, type Health } from './account';
import { PanelActions } from './PanelActions';
import { PanelContacts } from './PanelContacts';
import { PanelFacts } from './PanelFacts';
import { PanelNote } from './PanelNote';
import { ScoreAxes, ScoreChangeStory, ScoreReasons } from './PanelStory';
import type { BookField, BookRow } from './types';

interface AccountPanelProps {
  id: string;
  /** The account's row where the list holds it: it is shown while the rest is fetched. */
  row: BookRow | undefined;
  fields: readonly BookField[];
}

/** One account beside the list: why it stands where it stands, what moved, what is coming, whom to talk to; and acting on it. */
export function AccountPanel({ id, row, fields }: AccountPanelProps) {
  const { t } = useTranslation('book');
  const { asOf, isPast } = useAsOf();
  const mayEdit = useMayEdit();
  const account = useQuery(accountQuery(id, asOf));
  const health = useQuery(healthQuery(id, asOf));
  const contacts = useQuery(contactsQuery(id, asOf));
  if (account.isError && !row) return <ErrorState error={account.error} onRetry={() => void account.refetch()} />;
  const score = health.data ?? row;
  return (
    <Stack gap="lg">
      {score ? (
        <Score
          size="lg"
          score={score.score}
          level={score.level}
          change={row ? row.score_change_28d : changeOf(health.data)}
          history={row?.sparkline}
        />
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
      <Section title={t('panel.facts')}>
        <PanelFacts id={id} row={row} asOf={asOf} />
      </Section>
      <Section title={t('panel.act')}>
        <PanelActions
          key={id}
          accountId={Number(id)}
          account={account.data ?? row}
          fields={fields}
          disabled={!mayEdit || isPast}
          isPast={isPast}
        />
      </Section>
      {mayEdit && !isPast && (
        <Section title={t('panel.note')}>
          <PanelNote key={id} accountId={Number(id)} />
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

function changeOf(health: Health | undefined): number | null | undefined {
  const change = health?.change_28d;
  if (!change) return health && null;
  return change.to_score === null || change.from_score === null ? null : change.to_score - change.from_score;
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
