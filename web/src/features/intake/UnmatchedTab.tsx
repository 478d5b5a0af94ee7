import { IconLink } from '@tabler/icons-react';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { InstantText } from '../../components/InstantText';
import { SidePanel } from '../../components/SidePanel';
import { usePanel } from '../../lib/use-panel';
import { useFormat } from '../../lib/viewer';
import { AssignPanel } from './AssignPanel';
import classes from './Intake.module.css';
import { fetchUnmatched, ownerId, unmatchedKey, type Unmatched } from './matching';
import { SourceSelect } from './SourceSelect';
import { useIntakeAddress } from './use-intake-address';

/** Groups and people whose events belong to no account yet. */
export function UnmatchedTab({ sources }: { sources: readonly IntakeSource[] }) {
  const { t } = useTranslation('intake');
  const panel = usePanel();
  const columns = useUnmatchedColumns(sources);
  const { source: source_id, narrow } = useIntakeAddress();
  const table = useMemo(
    () => ({
      queryKey: [...unmatchedKey, 'rows', source_id ?? null],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchUnmatched(source_id, window),
    }),
    [source_id],
  );
  return (
    <>
      <DataTable
        id="intake-unmatched"
        label={t('tab.unmatched')}
        columns={columns}
        source={table}
        rowId={ownerId}
        rowLabel={({ group_key, user_key }) => group_key || user_key}
        onOpen={(row) => panel.open(ownerId(row))}
        openId={panel.id}
        toolbar={
          <>
            <SourceSelect sources={sources} value={source_id} onChange={(source) => narrow({ source })} />
            <span className={classes.zero}>{t('unmatched.intro')}</span>
          </>
        }
        empty={
          <EmptyState icon={IconLink} title={t('unmatched.empty')}>
            {t('unmatched.emptyHelp')}
          </EmptyState>
        }
      />
      <SidePanel title={() => t('unmatched.assign')}>
        {(id) => <AssignPanel key={id} id={id} sources={sources} />}
      </SidePanel>
    </>
  );
}

function useUnmatchedColumns(sources: readonly IntakeSource[]): DataColumn<Unmatched>[] {
  const { t } = useTranslation('intake');
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'who',
        header: t('unmatched.who'),
        width_px: 280,
        cell: ({ group_key, user_key }) => (
          <span className={classes.mono} title={group_key || user_key}>
            {group_key || user_key}
          </span>
        ),
      },
      {
        id: 'what',
        header: t('unmatched.what'),
        width_px: 170,
        cell: ({ group_key, assigned_to_nobody }) => {
          if (assigned_to_nobody) return t('unmatched.nobody');
          return group_key === '' ? t('unmatched.person') : t('unmatched.group');
        },
      },
      {
        id: 'events',
        header: t('unmatched.events'),
        align: 'right',
        width_px: 110,
        cell: ({ events }) => format.number(events),
      },
      {
        id: 'people',
        header: t('unmatched.people'),
        align: 'right',
        width_px: 100,
        cell: ({ people }) => format.number(people),
      },
      {
        id: 'source',
        header: t('event.source'),
        width_px: 170,
        cell: ({ source_id }) => sources.find(({ id }) => id === source_id)?.name ?? '–',
      },
      {
        id: 'first',
        header: t('unmatched.first'),
        width_px: 120,
        cell: ({ first_at }) => <InstantText value={first_at} />,
      },
      {
        id: 'last',
        header: t('unmatched.last'),
        width_px: 120,
        cell: ({ last_at }) => <InstantText value={last_at} />,
      },
    ],
    [t, format, sources],
  );
}
