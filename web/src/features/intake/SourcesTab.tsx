import { IconPlugConnected } from '@tabler/icons-react';
import { useMemo, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { SidePanel } from '../../components/SidePanel';
import type { Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { useFormat } from '../../lib/viewer';
import classes from './Intake.module.css';
import type { CountName } from './live-state';
import { BarsLegend, MinuteBars } from './MinuteBars';
import { SourcePanel } from './SourcePanel';
import { StateBadge } from './StateBadge';

interface SourcesTabProps {
  /** Undefined while it is being fetched. */
  sources: readonly IntakeSource[] | undefined;
  /** The way to make one, for those who may. */
  add: ReactNode;
}

/** Every source with what it sent in the last hour and since it was made. */
export function SourcesTab({ sources, add }: SourcesTabProps) {
  const { t } = useTranslation('intake');
  const panel = usePanel();
  const columns = useSourceColumns();
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'asc' });
  if (sources?.length === 0) {
    return (
      <EmptyState icon={IconPlugConnected} title={t('sources.empty')} action={add}>
        {t(add ? 'sources.emptyHelp' : 'sources.emptyLeader')}
      </EmptyState>
    );
  }
  return (
    <>
      <DataTable
        id="intake-sources"
        label={t('sources.title')}
        columns={columns}
        source={{ rows: sources }}
        rowId={({ id }) => String(id)}
        rowLabel={({ name }) => name}
        sort={sort}
        onSortChange={setSort}
        onOpen={({ id }) => panel.open(String(id))}
        openId={panel.id}
        toolbar={<BarsLegend />}
        height="content"
      />
      <SidePanel title={(id) => sources?.find((source) => String(source.id) === id)?.name ?? t('sources.title')}>
        {(id) => {
          const source = sources?.find((each) => String(each.id) === id);
          return source ? <SourcePanel key={source.id} source={source} all={sources ?? []} /> : null;
        }}
      </SidePanel>
    </>
  );
}

function useSourceColumns(): DataColumn<IntakeSource>[] {
  const { t } = useTranslation('intake');
  const format = useFormat();
  return useMemo(() => {
    const count = (key: CountName | 'unmatched', width_px: number): DataColumn<IntakeSource> => ({
      id: key,
      header: t(`count.${key}`),
      description: t(`count.${key}Help`),
      align: 'right',
      width_px,
      sortable: true,
      sortValue: (source) => source[key],
      cell: (source) => <Count value={source[key]} needsCare={key === 'quarantined' || key === 'unmatched'} />,
    });
    const shown = format.number;
    function Count({ value, needsCare }: { value: number; needsCare: boolean }) {
      const className = value === 0 ? classes.zero : needsCare ? classes.warn : undefined;
      return <span className={className}>{shown(value)}</span>;
    }
    return [
      {
        id: 'name',
        header: t('source.name'),
        width_px: 200,
        sortable: true,
        sortValue: ({ name }) => name,
        cell: ({ name }) => <span title={name}>{name}</span>,
      },
      {
        id: 'minutes',
        header: t('bars.heading'),
        width_px: 176,
        cell: ({ name, minutes }) => <MinuteBars name={name} minutes={minutes} />,
      },
      { id: 'state', header: t('source.state'), width_px: 112, cell: (source) => <StateBadge source={source} /> },
      {
        id: 'last',
        header: t('source.last'),
        width_px: 100,
        sortable: true,
        sortValue: ({ last_received_at }) => last_received_at,
        cell: ({ last_received_at }) =>
          last_received_at ? <InstantText value={last_received_at} /> : t('source.neverReceived'),
      },
      count('accepted', 104),
      count('duplicates', 90),
      count('late', 80),
      count('refused', 80),
      count('quarantined', 92),
      count('unmatched', 100),
    ];
  }, [t, format]);
}
