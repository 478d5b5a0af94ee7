import { Button, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { Money } from '../../components/Money';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import { AccountLink } from '../../components/rules/AccountLink';
import { Budget } from './Budget';
import { fetchHeld, settingsQuery, useSignalDeeds } from './requests';
import type { HeldSignal } from './types';

/** What the noise budget holds back, the most valuable first, and the budget itself. */
export function Held() {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const settings = useQuery(settingsQuery);
  const columns = useHeldColumns();
  const source = useMemo(
    () => ({
      queryKey: ['signals', 'held'],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchHeld(undefined, window),
    }),
    [],
  );
  return (
    <Stack gap="md">
      {settings.data && (
        <Budget key={settings.data.calls_per_person_week} limit={settings.data.calls_per_person_week} />
      )}
      <DataTable
        id="signals-held"
        label={t('tab.held')}
        columns={columns}
        source={source}
        rowId={({ id }) => String(id)}
        rowLabel={({ rule_name, account_name }) => `${rule_name[language]} ${account_name ?? ''}`}
        height="content"
        empty={<EmptyState title={t('held.empty')}>{t('held.emptyHelp')}</EmptyState>}
      />
    </Stack>
  );
}

function useHeldColumns(): DataColumn<HeldSignal>[] {
  const { t } = useTranslation('signals');
  const language = useLanguage();
  const mayEdit = useMayEdit();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 210,
        cell: ({ account_id, account_name }) => <AccountLink id={account_id} name={account_name} />,
      },
      {
        id: 'rule',
        header: t('column.rule'),
        width_px: 190,
        cell: ({ rule_name }) => <span title={rule_name[language]}>{rule_name[language]}</span>,
      },
      {
        id: 'value',
        header: t('held.value'),
        description: t('held.valueHelp'),
        width_px: 120,
        align: 'right',
        cell: ({ expected_value }) => <Money value={expected_value} />,
      },
      { id: 'owner', header: t('column.owner'), width_px: 120, cell: ({ owner_name }) => owner_name ?? '–' },
      {
        id: 'day',
        header: t('column.day'),
        width_px: 116,
        cell: ({ day }) => <DateText value={day} form="absolute" />,
      },
      {
        id: 'why',
        header: t('held.why'),
        width_px: 300,
        cell: ({ why }) => <span title={why[language]}>{why[language]}</span>,
      },
      ...(mayEdit
        ? [{ id: 'release', header: t('held.deed'), width_px: 160, cell: (row: HeldSignal) => <Release held={row} /> }]
        : []),
    ],
    [t, language, mayEdit],
  );
}

function Release({ held }: { held: HeldSignal }) {
  const { t } = useTranslation('signals');
  const { release } = useSignalDeeds();
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={release.isPending}
      onClick={(event) => {
        event.stopPropagation();
        carryOut(release, held.id, { onSuccess: () => showToast(t('held.released')), onError: showProblem });
      }}
    >
      {t('held.release')}
    </Button>
  );
}
