import { Button } from '@mantine/core';
import { IconArrowsJoin, IconArrowBackUp } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { useMemo, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import type { IntakeSource } from '../../api/intake';
import { confirm } from '../../components/confirm';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat } from '../../lib/viewer';
import { AccountSelect } from '../../components/AccountSelect';
import classes from './Intake.module.css';
import { useMatchedBy } from './matched-by';
import { fetchMatches, matchesKey, ownerId, peopleQuery, useMatchingDeeds, type EventMatch } from './matching';
import { SourceSelect } from './SourceSelect';
import { useIntakeAddress } from './use-intake-address';

/** How the events of an account found it, each group and person with the way to take it back. */
export function MatchesTab({ sources }: { sources: readonly IntakeSource[] }) {
  const { t } = useTranslation('intake');
  const { source: source_id, account: account_id, narrow } = useIntakeAddress();
  const name = useQuery({
    queryKey: ['accounts', String(account_id), 'name'],
    queryFn: ({ signal }) => getJson<{ id: number; name: string }>(`/api/accounts/${account_id}`, {}, signal),
    enabled: account_id !== undefined,
    staleTime: 5 * 60_000,
  });
  const tools = (
    <>
      <AccountSelect
        size="xs"
        label={t('matches.account')}
        value={account_id === undefined ? null : { id: account_id, name: name.data?.name ?? String(account_id) }}
        onChange={(chosen) => narrow({ account: chosen?.id })}
      />
      <SourceSelect sources={sources} value={source_id} onChange={(source) => narrow({ source })} />
    </>
  );
  return <Matches accountId={account_id} sourceId={source_id} tools={tools} />;
}

interface MatchesProps {
  /** None: what was assigned by hand, also to nobody. */
  accountId: number | undefined;
  sourceId: number | undefined;
  tools: ReactNode;
}

function Matches({ accountId: account_id, sourceId: source_id, tools }: MatchesProps) {
  const { t } = useTranslation('intake');
  const columns = useMatchColumns();
  const table = useMemo(
    () => ({
      queryKey: [...matchesKey, source_id ?? null, account_id ?? null],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchMatches({ source_id, account_id }, window),
    }),
    [source_id, account_id],
  );
  return (
    <DataTable
      id="intake-matches"
      label={t('tab.matches')}
      columns={columns}
      source={table}
      rowId={ownerId}
      rowLabel={({ group_key, user_key }) => group_key || user_key}
      toolbar={tools}
      empty={
        <EmptyState icon={IconArrowsJoin} title={t(account_id === undefined ? 'matches.emptyByHand' : 'matches.empty')}>
          {t('matches.emptyHelp')}
        </EmptyState>
      }
    />
  );
}

function useMatchColumns(): DataColumn<EventMatch>[] {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const matchedBy = useMatchedBy();
  const { data: people } = useQuery(peopleQuery);
  return useMemo(
    () => [
      {
        id: 'who',
        header: t('unmatched.who'),
        width_px: 210,
        cell: ({ group_key, user_key }) => (
          <span className={classes.mono} title={group_key || user_key}>
            {group_key || user_key}
          </span>
        ),
      },
      {
        id: 'account',
        header: t('event.account'),
        width_px: 220,
        cell: ({ account_id, account_name }) =>
          account_id === null ? (
            t('unmatched.nobody')
          ) : (
            <Link
              to="/accounts/$accountId"
              params={{ accountId: String(account_id) }}
              className={classes.link}
              title={account_name ?? ''}
            >
              {account_name ?? account_id}
            </Link>
          ),
      },
      {
        id: 'matched',
        header: t('event.matchedBy'),
        width_px: 170,
        cell: ({ matched_by }) => matchedBy(matched_by),
      },
      {
        id: 'events',
        header: t('unmatched.events'),
        align: 'right',
        width_px: 100,
        cell: ({ events }) => (events === null ? '–' : format.number(events)),
      },
      { id: 'source', header: t('event.source'), width_px: 150, cell: ({ source }) => source ?? '–' },
      {
        id: 'by',
        header: t('matches.by'),
        width_px: 160,
        cell: ({ assigned_by, assigned_at }) =>
          assigned_at ? (
            <>
              {people?.find(({ id }) => id === assigned_by)?.name} <DateText value={assigned_at} />
            </>
          ) : (
            '–'
          ),
      },
      { id: 'undo', header: t('matches.undo'), width_px: 116, cell: (row) => <UndoMatch match={row} /> },
    ],
    [t, format, matchedBy, people],
  );
}

/** Takes a match back: the events wait again for somebody to say whose they are. */
function UndoMatch({ match }: { match: EventMatch }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const { undo, assign } = useMatchingDeeds();
  const { account_id } = match;
  const run = () =>
    carryOut(undo, match, {
      onSuccess: () => showToast(t('matches.undone'), () => assign.mutate({ owner: match, accountId: account_id })),
    });
  const ask = () =>
    confirm({
      title: t('matches.undoTitle', { who: match.group_key || match.user_key }),
      children:
        match.account_id === null || match.events === null
          ? t('matches.undoByHand')
          : t('matches.undoDetail', {
              count: match.events,
              formatted: format.number(match.events),
              name: match.account_name ?? '',
            }),
      confirmLabel: t('matches.undo'),
      onConfirm: run,
    });
  return (
    <Button
      size="compact-xs"
      variant="default"
      leftSection={<IconArrowBackUp size={14} />}
      loading={undo.isPending}
      onClick={ask}
    >
      {t('matches.undo')}
    </Button>
  );
}
