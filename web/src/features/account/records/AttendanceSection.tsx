import { Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table/DataTable';
import type { DataColumn } from '../../../components/data-table/types';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import type { Sort } from '../../../lib/search-params';
import { attendanceQuery, type Subject } from '../requests';
import type { Attendance } from '../types';

/** Events they came to and content they took in. */
export function AttendanceSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const attendance = useQuery(attendanceQuery(subject));
  const [sort, setSort] = useState<Sort>({ column: 'day', direction: 'desc' });
  const columns = useMemo<DataColumn<Attendance>[]>(
    () => [
      {
        id: 'title',
        header: t('attendance.what'),
        width_px: 380,
        sortable: true,
        sortValue: ({ title }) => title,
        cell: ({ title }) => <span title={title}>{title}</span>,
      },
      {
        id: 'kind',
        header: t('attendance.kind'),
        width_px: 140,
        sortable: true,
        sortValue: ({ kind }) => kind,
        cell: ({ kind }) => t(`attendance.kinds.${kind}`),
      },
      {
        id: 'contact',
        header: t('attendance.who'),
        width_px: 200,
        sortable: true,
        sortValue: ({ contact }) => contact,
        cell: ({ contact }) => contact ?? '–',
      },
      {
        id: 'day',
        header: t('attendance.day'),
        width_px: 140,
        sortable: true,
        sortValue: ({ day }) => day,
        cell: ({ day }) => <DateText value={day} form="absolute" />,
      },
    ],
    [t],
  );
  if (attendance.isPending) return <Skeleton height={320} />;
  if (attendance.isError) return <ErrorState error={attendance.error} onRetry={() => void attendance.refetch()} />;
  return (
    <section aria-label={t('attendance.title')}>
      <DataTable
        id="account-attendance"
        label={t('attendance.title')}
        columns={columns}
        source={{ rows: attendance.data.items }}
        rowId={({ id }) => String(id)}
        rowLabel={({ title }) => title}
        sort={sort}
        onSortChange={setSort}
        height="content"
        toolbar={<Title order={2}>{t('attendance.title')}</Title>}
        empty={<EmptyState title={t('attendance.none')}>{t('attendance.noneHelp')}</EmptyState>}
      />
    </section>
  );
}
