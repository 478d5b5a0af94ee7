import { SegmentedControl, Text } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { useFormat } from '../../lib/viewer';
import { AccountLink } from '../../components/rules/AccountLink';
import { fetchReplayed, type ReplayQuestion } from './requests';
import { replayLists, type Replay, type ReplayItem, type ReplayList } from './types';

interface ReplayWhoProps {
  question: ReplayQuestion;
  outcome: Replay['outcome'];
}

/** On whom it would have fired, whom it would have caught, missed, and told of in vain. */
export function ReplayWho({ question, outcome }: ReplayWhoProps) {
  const { t } = useTranslation('signals');
  const [list, setList] = useState<ReplayList>('fired');
  const columns = useWhoColumns(outcome);
  const source = useMemo(
    () => ({
      queryKey: ['signals', 'replayed', list, question],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchReplayed(question, list, window),
    }),
    [question, list],
  );
  return (
    <div>
      <SegmentedControl
        size="xs"
        fullWidth
        mb={8}
        aria-label={t('replay.who')}
        data={replayLists.map((value) => ({ value, label: t(`replayList.${value}`) }))}
        value={list}
        onChange={(next) => setList(next as ReplayList)}
      />
      <DataTable
        id="signal-replay"
        label={t('replay.who')}
        columns={columns}
        source={source}
        rowId={({ account_id, day, churned }) => `${account_id} ${day} ${churned}`}
        rowLabel={({ account_name, account_id }) => account_name ?? String(account_id)}
        height="content"
        empty={
          <Text fz="sm" c="dimmed" ta="center" p="md">
            {t('replay.nobody')}
          </Text>
        }
      />
    </div>
  );
}

function useWhoColumns(outcome: Replay['outcome']): DataColumn<ReplayItem>[] {
  const { t } = useTranslation('signals');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'account',
        header: t('column.account'),
        width_px: 170,
        cell: ({ account_id, account_name }) => <AccountLink id={account_id} name={account_name} />,
      },
      {
        id: 'day',
        header: t('column.day'),
        width_px: 112,
        cell: ({ day }) => (day ? <DateText value={day} form="absolute" /> : '–'),
      },
      {
        id: 'churned',
        header: t(`judged.${outcome}.day`),
        width_px: 112,
        cell: ({ churned }) => (churned ? <DateText value={churned} form="absolute" /> : '–'),
      },
      {
        id: 'before',
        header: t('column.daysBefore'),
        width_px: 88,
        align: 'right',
        cell: ({ days_before }) => (days_before === null ? '–' : format.number(days_before)),
      },
      { id: 'outcome', header: t('column.outcome'), width_px: 96, cell: ({ outcome }) => t(`outcome.${outcome}`) },
      { id: 'owner', header: t('column.owner'), width_px: 110, cell: ({ owner_name }) => owner_name ?? '–' },
    ],
    [t, format, outcome],
  );
}
