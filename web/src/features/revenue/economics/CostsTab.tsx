import { Button, Group, Skeleton, Text, TextInput } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useFormat, useViewer } from '../../../lib/viewer';
import explorer from '../explorer/Explorer.module.css';
import statistics from '../statistics/Statistics.module.css';
import { addMonths, monthOf } from '../periods';
import { costsQuery, useCostDeeds } from '../statistics/requests';
import type { Costs } from '../statistics/types';
import { changesOf, costKey, costTable, parseAmount, type CostTable } from './cost-table';
import { ImportCosts } from './ImportCosts';

/** What was spent on winning customers, by month and channel: typed in or brought over from a spreadsheet. */
export function CostsTab() {
  const costs = useQuery(costsQuery);
  if (costs.isPending) return <Skeleton height={300} />;
  if (costs.isError) return <ErrorState error={costs.error} onRetry={() => void costs.refetch()} />;
  return <CostsEditor key={costs.dataUpdatedAt} costs={costs.data} />;
}

const months_back = 12;

function CostsEditor({ costs }: { costs: Costs }) {
  const { t } = useTranslation('economics');
  const { setCosts } = useCostDeeds();
  const { bookDay } = useViewer();
  const { currency } = costs;
  const saved = useMemo(() => costTable(costs.items, currency), [costs, currency]);
  const [table, setTable] = useState<CostTable>(saved);
  const [added, setAdded] = useState<string[]>([]);
  const channels = [...new Set([...costs.items.map(({ channel }) => channel), ...added])].sort();
  const earliest = costs.items.map(({ month }) => month).sort()[0];
  const months = useMemo(() => {
    const last = monthOf(bookDay);
    const recent = Array.from({ length: months_back + 1 }, (_, back) => addMonths(last, -back));
    const older: string[] = [];
    for (let month = addMonths(recent.at(-1)!, -1); earliest && month >= earliest; month = addMonths(month, -1))
      older.push(month);
    return [...recent, ...older];
  }, [bookDay, earliest]);
  const changes = changesOf(saved, table, currency);
  const foreign = costs.items.filter(({ amount }) => amount.currency !== currency).length;
  const save = () => {
    if (!changes) return;
    carryOut(setCosts, changes, { onSuccess: () => showToast(t('costs.saved')), onError: showProblem });
  };
  return (
    <>
      <Text fz="sm" c="dimmed" maw={680} mb="sm">
        {t('costs.help', { currency })}
      </Text>
      <Group gap="md" mb="md" align="flex-end">
        <AddChannel known={channels} onAdd={(channel) => setAdded([...added, channel])} />
        <ImportCosts />
      </Group>
      {channels.length === 0 ? (
        <Text fz="sm">{t('costs.none')}</Text>
      ) : (
        <div className={explorer.scroll} tabIndex={0} role="region" aria-label={t('tab.costs')}>
          <table className={`${explorer.table} ${statistics.table}`}>
            <thead>
              <tr>
                <th scope="col">{t('month')}</th>
                {channels.map((channel) => (
                  <th key={channel} scope="col">
                    {channel}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {months.map((month) => (
                <MonthRow
                  key={month}
                  month={month}
                  channels={channels}
                  table={table}
                  currency={currency}
                  onChange={(channel, text) => setTable(new Map(table).set(costKey(month, channel), text))}
                />
              ))}
            </tbody>
          </table>
        </div>
      )}
      <Group mt="md" gap={12}>
        <Button size="sm" disabled={!changes || changes.length === 0} loading={setCosts.isPending} onClick={save}>
          {t('common:save')}
        </Button>
        {!changes && (
          <Text fz="sm" c="red" role="alert">
            {t('costs.notAmounts')}
          </Text>
        )}
        {foreign > 0 && (
          <Text fz="sm" c="dimmed">
            {t('costs.foreign', { count: foreign })}
          </Text>
        )}
      </Group>
    </>
  );
}

interface MonthRowProps {
  month: string;
  channels: readonly string[];
  table: CostTable;
  currency: string;
  onChange: (channel: string, text: string) => void;
}

function MonthRow({ month, channels, table, currency, onChange }: MonthRowProps) {
  const format = useFormat();
  return (
    <tr>
      <th scope="row">{format.month(month)}</th>
      {channels.map((channel) => {
        const text = table.get(costKey(month, channel)) ?? '';
        return (
          <td key={channel} style={{ padding: '2px 8px' }}>
            <TextInput
              size="xs"
              w={130}
              ml="auto"
              inputMode="decimal"
              aria-label={`${format.month(month)} ${channel}`}
              styles={{ input: { textAlign: 'right' } }}
              error={parseAmount(text, currency) === undefined}
              value={text}
              onChange={(event) => onChange(channel, event.currentTarget.value)}
            />
          </td>
        );
      })}
    </tr>
  );
}

function AddChannel({ known, onAdd }: { known: readonly string[]; onAdd: (channel: string) => void }) {
  const { t } = useTranslation('economics');
  const [name, setName] = useState('');
  const channel = name.trim();
  const add = (event: FormEvent) => {
    event.preventDefault();
    if (channel === '' || known.includes(channel)) return;
    onAdd(channel);
    setName('');
  };
  return (
    <form onSubmit={add}>
      <Group gap={8} align="flex-end">
        <TextInput
          size="xs"
          w={180}
          label={t('costs.newChannel')}
          placeholder={t('costs.channelExample')}
          maxLength={60}
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button size="xs" type="submit" variant="default" disabled={channel === '' || known.includes(channel)}>
          {t('costs.add')}
        </Button>
      </Group>
    </form>
  );
}
