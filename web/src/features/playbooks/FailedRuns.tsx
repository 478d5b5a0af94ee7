import { Anchor, Button } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountLink } from '../../components/rules/AccountLink';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayEdit } from '../../lib/viewer';
import { fetchFailed, usePlaybookDeeds } from './requests';
import type { FailedRun } from './types';

/** Runs whose step failed for good, with what went wrong and another try. */
export function FailedRuns() {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const columns = useFailedColumns();
  const source = useMemo(
    () => ({
      queryKey: ['playbooks', 'failed'],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchFailed(window),
    }),
    [],
  );
  return (
    <DataTable
      id="playbook-failed"
      label={t('tab.failed')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={({ account_name, playbook_name }) => `${account_name ?? ''} ${playbook_name[language]}`}
      height="content"
      empty={<EmptyState title={t('failed.empty')}>{t('failed.emptyHelp')}</EmptyState>}
    />
  );
}

function useFailedColumns(): DataColumn<FailedRun>[] {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const mayEdit = useMayEdit();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 200,
        cell: ({ account_id, account_name }) => <AccountLink id={account_id} name={account_name} />,
      },
      {
        id: 'playbook',
        header: t('column.name'),
        width_px: 200,
        cell: ({ id, playbook_name }) => (
          <Anchor
            inherit
            truncate
            renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: String(id) }} {...props} />}
          >
            {playbook_name[language]}
          </Anchor>
        ),
      },
      { id: 'step', header: t('column.step'), width_px: 170, cell: ({ step_name }) => step_name?.[language] ?? '–' },
      {
        id: 'error',
        header: t('column.error'),
        width_px: 380,
        cell: ({ error }) => <span title={error[language]}>{error[language]}</span>,
      },
      { id: 'attempts', header: t('column.attempts'), width_px: 90, align: 'right', cell: ({ attempts }) => attempts },
      {
        id: 'at',
        header: t('column.failedAt'),
        width_px: 120,
        cell: ({ failed_at }) => <InstantText value={failed_at} />,
      },
      ...(mayEdit
        ? [{ id: 'retry', header: t('column.deed'), width_px: 110, cell: ({ id }: FailedRun) => <Retry id={id} /> }]
        : []),
    ],
    [t, language, mayEdit],
  );
}

export function Retry({ id }: { id: number }) {
  const { t } = useTranslation('playbooks');
  const { retry } = usePlaybookDeeds();
  return (
    <Button
      size="compact-xs"
      variant="default"
      loading={retry.isPending}
      onClick={(event) => {
        event.stopPropagation();
        carryOut(retry, id, { onSuccess: () => showToast(t('run.retried')), onError: showProblem });
      }}
    >
      {t('common:retry')}
    </Button>
  );
}
