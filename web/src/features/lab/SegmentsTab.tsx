import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage } from '../../lib/viewer';
import { AucCell } from './AucCell';
import type { Judgement, SegmentJudgement } from './types';

/** Whether the score foresees it everywhere, or only for some kind of customer. */
export function SegmentsTab({ candidate, segment }: { candidate: Judgement; segment: string | undefined }) {
  const { t } = useTranslation('lab');
  const [sort, setSort] = useState<Sort>({ column: 'accounts', direction: 'desc' });
  const columns = useSegmentColumns();
  const language = useLanguage();
  if (segment === undefined) return <EmptyState title={t('segments.none')}>{t('segments.noneHelp')}</EmptyState>;
  return (
    <DataTable
      id="lab-segments"
      label={t('tab.segments')}
      columns={columns}
      source={{ rows: candidate.segments }}
      rowId={({ value }) => value ?? ''}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      height="content"
    />
  );
}

function useSegmentColumns(): DataColumn<SegmentJudgement>[] {
  const { t } = useTranslation('lab');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.segment'),
        cell: ({ name }) => name[language] || t('segments.unset'),
        width_px: 220,
        sortable: true,
        sortValue: ({ name }) => name[language],
      },
      {
        id: 'accounts',
        header: t('column.accounts'),
        cell: ({ accounts }) => format.number(accounts),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ accounts }) => accounts,
      },
      {
        id: 'outcomes',
        header: t('column.outcomes'),
        cell: ({ outcomes }) => format.number(outcomes),
        align: 'right',
        width_px: 110,
        sortable: true,
        sortValue: ({ outcomes }) => outcomes,
      },
      {
        id: 'auc',
        header: t('column.auc'),
        description: t('help.segmentAuc'),
        cell: ({ auc }) => (auc === null ? t('segments.tooFew') : <AucCell interval={auc} />),
        width_px: 260,
        sortable: true,
        sortValue: ({ auc }) => auc?.value,
      },
    ],
    [t, language, format],
  );
}
