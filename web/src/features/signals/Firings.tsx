import { Select } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { useLanguage } from '../../lib/viewer';
import { AccountLink } from '../../components/rules/AccountLink';
import { fetchFirings } from './requests';
import { firingStates, type Firing } from './types';

const route = getRouteApi('/_shell/signals/$key');

/** When it fired, on whom, why, and what became of it; newest first. */
export function Firings({ signal }: { signal: string }) {
  const { t } = useTranslation('signals');
  const { state } = route.useSearch();
  const navigate = route.useNavigate();
  const columns = useFiringColumns();
  const source = useMemo(
    () => ({
      queryKey: ['signals', 'firings', signal, state ?? ''],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchFirings(signal, state, window),
    }),
    [signal, state],
  );
  return (
    <DataTable
      id="signal-firings"
      label={t('tab.firings')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={({ account_name, account_id }) => account_name ?? String(account_id)}
      height="content"
      toolbar={
        <Select
          size="xs"
          w={190}
          aria-label={t('column.state')}
          placeholder={t('anyState')}
          clearable
          data={firingStates.map((value) => ({ value, label: t(`firing.${value}`) }))}
          value={state ?? null}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, state: firingStates.find((each) => each === next) }),
              replace: true,
            })
          }
        />
      }
      empty={<EmptyState title={t('noFirings')}>{t('noFiringsHelp')}</EmptyState>}
    />
  );
}

function useFiringColumns(): DataColumn<Firing>[] {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 220,
        cell: ({ account_id, account_name }) => <AccountLink id={account_id} name={account_name} />,
      },
      {
        id: 'day',
        header: t('column.day'),
        width_px: 120,
        cell: ({ day }) => <DateText value={day} form="absolute" />,
      },
      { id: 'state', header: t('column.state'), width_px: 130, cell: ({ state }) => t(`firing.${state}`) },
      {
        id: 'left',
        header: t('column.left'),
        width_px: 120,
        cell: ({ left }) => (left ? <DateText value={left} form="absolute" /> : '–'),
      },
      {
        id: 'why',
        header: t('column.why'),
        width_px: 460,
        cell: ({ explanation }) => <span title={explanation[language]}>{explanation[language]}</span>,
      },
      {
        id: 'version',
        header: t('column.version'),
        width_px: 70,
        align: 'right',
        cell: ({ rule_version }) => rule_version,
      },
    ],
    [t, language],
  );
}
