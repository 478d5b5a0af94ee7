import { Button, Select } from '@mantine/core';
import { IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource, LatestEvent } from '../../api/intake';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { SearchInput } from '../../components/SearchInput';
import { SidePanel } from '../../components/SidePanel';
import { useShortcut } from '../../lib/shortcuts';
import { usePanel } from '../../lib/use-panel';
import { useFormat } from '../../lib/viewer';
import { EventPanel } from './EventPanel';
import classes from './Intake.module.css';
import { kindsShown, matchesLatest } from './latest-filter';
import { useMatchedBy } from './matched-by';
import { SourceSelect } from './SourceSelect';
import { useIntakeAddress } from './use-intake-address';
import { useLatest } from './use-latest';

/** The newest events as they come in: for whoever connects a product and wants to see what arrives. */
export function LatestTab({ sources }: { sources: readonly IntakeSource[] }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const address = useIntakeAddress();
  const latest = useLatest();
  const panel = usePanel();
  const columns = useEventColumns();
  const { source, kind, account, q } = address;
  const rows = useMemo(
    () => latest.events?.filter((event) => matchesLatest(event, { source, kind, account, q })),
    [latest.events, source, kind, account, q],
  );
  const toggle = latest.isPaused ? latest.resume : latest.pause;
  useShortcut({ key: 'p', label: t('latest.pauseKey'), group: t('common:keys.list') }, toggle);
  if (latest.error && !rows) return <ErrorState error={latest.error} onRetry={latest.retry} />;
  const accountName = latest.events?.find(({ account_id }) => account_id === account)?.account_name;
  const isNarrowed = source !== undefined || kind !== undefined || account !== undefined || q !== undefined;
  return (
    <>
      <DataTable
        id="intake-latest"
        label={t('tab.latest')}
        columns={columns}
        source={{ rows }}
        rowId={({ event_no }) => String(event_no)}
        rowLabel={({ event, kind: type }) => event || type}
        onOpen={({ event_no }) => {
          // What is looked at stays where it is.
          latest.pause();
          panel.open(String(event_no));
        }}
        openId={panel.id}
        toolbar={
          <>
            <SearchInput
              label={t('latest.search')}
              value={q}
              onChange={(next) => address.narrow({ q: next })}
              width_px={220}
            />
            <SourceSelect sources={sources} value={source} onChange={(next) => address.narrow({ source: next })} />
            <Select
              size="xs"
              w={{ base: '100%', sm: 140 }}
              aria-label={t('filter.kind')}
              placeholder={t('filter.allKinds')}
              clearable
              data={kindsShown.map((each) => ({ value: each, label: each }))}
              value={kind ?? null}
              onChange={(next) => address.narrow({ kind: next ?? undefined })}
            />
            {account !== undefined && (
              <Button size="xs" variant="default" onClick={() => address.narrow({ account: undefined })}>
                {t('latest.ofAccount', { name: accountName ?? String(account) })}
              </Button>
            )}
            <Button
              size="xs"
              variant={latest.isPaused ? 'filled' : 'default'}
              leftSection={latest.isPaused ? <IconPlayerPlay size={14} /> : <IconPlayerPause size={14} />}
              onClick={toggle}
            >
              {!latest.isPaused
                ? t('latest.pause')
                : latest.heldCount > 0
                  ? t('latest.resumeWith', { count: latest.heldCount, formatted: format.number(latest.heldCount) })
                  : t('latest.resume')}
            </Button>
          </>
        }
        empty={
          <EmptyState title={t(isNarrowed ? 'latest.nothingFound' : 'latest.empty')}>
            {t(isNarrowed ? 'latest.nothingFoundHelp' : 'latest.emptyHelp')}
          </EmptyState>
        }
      />
      <SidePanel
        title={(id) => {
          const event = latest.events?.find(({ event_no }) => String(event_no) === id);
          return event ? event.event || event.kind : t('event.title');
        }}
      >
        {(id) => (
          <EventPanel
            event={latest.events?.find(({ event_no }) => String(event_no) === id)}
            isLoading={latest.events === undefined}
          />
        )}
      </SidePanel>
    </>
  );
}

function useEventColumns(): DataColumn<LatestEvent>[] {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const matchedBy = useMatchedBy();
  return useMemo(
    () => [
      {
        id: 'event',
        header: t('event.name'),
        width_px: 220,
        cell: ({ event, kind }) => (
          <span title={event || kind}>
            {event || kind}
            {event && kind !== 'track' && <small className={classes.zero}> {kind}</small>}
          </span>
        ),
      },
      {
        id: 'received',
        header: t('event.received'),
        width_px: 100,
        cell: ({ received_at }) => <time dateTime={received_at}>{format.clock(received_at)}</time>,
      },
      {
        id: 'account',
        header: t('event.account'),
        width_px: 210,
        cell: ({ account_id, account_name }) =>
          account_id === null ? (
            <span className={classes.warn}>{t('event.unmatched')}</span>
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
        cell: ({ account_id, matched_by }) => (account_id === null ? '–' : matchedBy(matched_by)),
      },
      {
        id: 'user',
        header: t('event.user'),
        width_px: 180,
        cell: ({ user_key }) => (
          <span className={classes.mono} title={user_key}>
            {user_key || '–'}
          </span>
        ),
      },
      { id: 'source', header: t('event.source'), width_px: 150, cell: ({ source }) => source ?? '–' },
      {
        id: 'delay',
        header: t('event.delay'),
        description: t('event.delayHelp'),
        align: 'right',
        width_px: 90,
        cell: ({ occurred_at, received_at }) => format.lag(Date.parse(received_at) - Date.parse(occurred_at)),
      },
    ],
    [t, format, matchedBy],
  );
}
