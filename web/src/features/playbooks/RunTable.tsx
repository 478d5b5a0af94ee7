import { Anchor, Select } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AccountLink } from '../../components/rules/AccountLink';
import { fetchRuns, type RunQuestion } from './requests';
import { RunStateText } from './RunStateText';
import { runFilters, type Run, type RunFilter } from './types';

interface RunTableProps {
  /** Of one playbook; undefined: of all. */
  playbook?: string;
  /** Only those that are at this step. */
  step?: string;
  account?: number;
  state: RunFilter;
  onState: (state: RunFilter | undefined) => void;
  toolbar?: React.ReactNode;
}

/** Runs, newest first. */
export function RunTable({ playbook, step, account, state, onState, toolbar }: RunTableProps) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const navigate = useNavigate();
  const columns = useRunColumns(playbook === undefined);
  const question = useMemo<RunQuestion>(() => ({ playbook, step, account, state }), [playbook, step, account, state]);
  const source = useMemo(
    () => ({
      queryKey: ['playbooks', 'runs', question],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchRuns(question, window),
    }),
    [question],
  );
  return (
    <DataTable
      id="playbook-runs"
      label={t('tab.runs')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={({ account_name, playbook_name }) => `${account_name ?? ''} ${playbook_name[language]}`}
      onOpen={({ id }) => void navigate({ to: '/runs/$runId', params: { runId: String(id) } })}
      height="content"
      toolbar={
        <>
          <Select
            size="xs"
            w={190}
            aria-label={t('column.state')}
            allowDeselect={false}
            data={runFilters.map((value) => ({ value, label: t(`runFilter.${value}`) }))}
            value={state}
            onChange={(next) => onState(runFilters.find((each) => each === next))}
          />
          {toolbar}
        </>
      }
      empty={<EmptyState title={t('runs.empty')}>{t('runs.emptyHelp')}</EmptyState>}
    />
  );
}

function useRunColumns(withPlaybook: boolean): DataColumn<Run>[] {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 220,
        cell: ({ account_id, account_name }) => <AccountLink id={account_id} name={account_name} />,
      },
      ...(withPlaybook
        ? [
            {
              id: 'playbook',
              header: t('column.name'),
              width_px: 220,
              cell: ({ playbook_name }: Run) => <span title={playbook_name[language]}>{playbook_name[language]}</span>,
            },
          ]
        : []),
      {
        id: 'state',
        header: t('column.state'),
        width_px: 170,
        cell: (run) => (
          <Anchor
            inherit
            c="var(--mantine-color-text)"
            renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: String(run.id) }} {...props} />}
          >
            <RunStateText run={run} />
          </Anchor>
        ),
      },
      {
        id: 'step',
        header: t('column.step'),
        width_px: 200,
        cell: ({ step_name }) => <span title={step_name?.[language]}>{step_name?.[language] ?? '–'}</span>,
      },
      {
        id: 'by',
        header: t('column.startedBy'),
        width_px: 130,
        cell: ({ started_by }) => t(`startedBy.${started_by}`),
      },
      {
        id: 'started',
        header: t('column.startedAt'),
        width_px: 130,
        cell: ({ started_at }) => <InstantText value={started_at} />,
      },
      {
        id: 'due',
        header: t('column.dueAt'),
        width_px: 140,
        cell: ({ due_at }) => (due_at ? format.instant(due_at) : '–'),
      },
      { id: 'version', header: t('column.version'), width_px: 70, align: 'right', cell: ({ version }) => version },
    ],
    [t, language, format, withPlaybook],
  );
}
