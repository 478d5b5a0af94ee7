import { Badge, Button } from '@mantine/core';
import { IconFilePlus, IconDatabaseImport } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useMayEdit } from '../../lib/viewer';
import { fetchImports, importsListKey, type ImportSummary } from './imports';
import { Samples } from './Samples';
import { UndoButton } from './UndoButton';

function useImportColumns(): DataColumn<ImportSummary>[] {
  const { t } = useTranslation('import');
  const format = useFormat();
  return useMemo(() => {
    const count = (key: 'rows' | 'created' | 'updated' | 'rejected'): DataColumn<ImportSummary> => ({
      id: key,
      header: t(`counts.${key}`),
      cell: ({ counts }) => format.number(counts[key]),
      align: 'right',
      width_px: 84,
    });
    return [
      {
        id: 'file',
        header: t('list.file'),
        cell: (item) => <span title={item.file_name}>{item.file_name}</span>,
        width_px: 260,
      },
      { id: 'kind', header: t('list.kind'), cell: (item) => t(`kind.${item.kind}`), width_px: 130 },
      { id: 'state', header: t('list.state'), cell: (item) => <StateBadge item={item} />, width_px: 130 },
      count('rows'),
      count('created'),
      count('updated'),
      count('rejected'),
      { id: 'by', header: t('list.by'), cell: ({ by }) => by.name, width_px: 150 },
      { id: 'when', header: t('list.when'), cell: (item) => <DateText value={item.created_at} />, width_px: 120 },
      { id: 'undo', header: t('list.undo'), cell: (item) => <UndoButton item={item} compact />, width_px: 110 },
    ];
  }, [t, format]);
}

export function StateBadge({ item }: { item: ImportSummary }) {
  const { t } = useTranslation('import');
  const key = item.state === 'mapping' && item.checked ? 'checked' : item.state;
  const color = item.state === 'failed' ? 'var(--level-critical)' : undefined;
  return <Badge c={color}>{t(`state.${key}`)}</Badge>;
}

/** Past imports: what came in, from whom, when, and the way to take it back. */
export function ImportPage() {
  const { t } = useTranslation('import');
  const mayImport = useMayEdit();
  const navigate = useNavigate();
  const columns = useImportColumns();
  const probe = useQuery({
    queryKey: [...importsListKey, 'probe'],
    queryFn: ({ signal }) => fetchImports({ offset: 0, limit: 1, signal }),
  });
  const start = mayImport && (
    <Button component={Link} to="/import/new" leftSection={<IconFilePlus size={16} />}>
      {t('list.new')}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader
        title={t('title')}
        subtitle={t('list.intro')}
        actions={
          <>
            <Samples />
            {start}
          </>
        }
      />
      {probe.data?.total === 0 ? (
        <EmptyState title={t('list.empty')} icon={IconDatabaseImport} action={start}>
          {t(mayImport ? 'list.emptyHelp' : 'list.emptyReadOnly')}
        </EmptyState>
      ) : (
        <DataTable
          id="imports"
          label={t('title')}
          columns={columns}
          source={{ queryKey: [...importsListKey, 'window'], fetchWindow: fetchImports }}
          rowId={(item) => String(item.id)}
          rowLabel={(item) => item.file_name}
          onOpen={(item) => void navigate({ to: '/import/$importId', params: { importId: String(item.id) } })}
        />
      )}
    </Page>
  );
}
