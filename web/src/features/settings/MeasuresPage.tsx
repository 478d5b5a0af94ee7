import { Badge, Button } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodiesQuery, definitionsQuery, type DefinitionSummary } from '../../api/definitions';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SearchInput } from '../../components/SearchInput';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import type { MeasureBody } from './types';
import { useMeasureWords } from './use-measure-words';

interface MeasureRow extends DefinitionSummary {
  body?: MeasureBody;
}

const route = getRouteApi('/_shell/settings/measures');

function useMeasureColumns(): DataColumn<MeasureRow>[] {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const format = useFormat();
  const { windowText } = useMeasureWords();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('measure.name'),
        cell: (row) => <span title={row.name[language]}>{row.name[language]}</span>,
        width_px: 260,
        sortable: true,
        sortValue: (row) => row.name[language],
      },
      {
        id: 'source',
        header: t('measure.source'),
        cell: ({ body }) => body && t(`source.${body.source}`),
        width_px: 130,
        sortable: true,
        sortValue: ({ body }) => body?.source,
      },
      {
        id: 'aggregate',
        header: t('measure.aggregate'),
        cell: ({ body }) => body && t(`aggregate.${body.aggregate}`),
        width_px: 180,
      },
      { id: 'window', header: t('measure.window'), cell: ({ body }) => body && windowText(body), width_px: 120 },
      { id: 'unit', header: t('measure.unit'), cell: ({ body }) => body && t(`unit.${body.unit}`), width_px: 90 },
      {
        id: 'used_by',
        header: t('measure.usedBy'),
        cell: ({ used_by }) => (used_by.length > 0 ? format.number(used_by.length) : '–'),
        align: 'right',
        width_px: 90,
        sortable: true,
        sortValue: ({ used_by }) => used_by.length,
      },
      {
        id: 'state',
        header: t('definition.state'),
        cell: (row) =>
          row.draft ? <Badge>{t('draft.badge')}</Badge> : t('definition.version', { version: row.version }),
        width_px: 110,
      },
      {
        id: 'updated',
        header: t('definition.updated'),
        cell: (row) => <DateText value={row.updated_at} />,
        width_px: 110,
        sortable: true,
        sortValue: (row) => row.updated_at,
      },
    ],
    // windowText is made anew with every render, from nothing but t.
    // eslint-disable-next-line react-hooks/exhaustive-deps
    [t, language, format],
  );
}

/** Settings › Measures: what is counted, over which time, and what uses it. */
export function MeasuresPage() {
  const { t } = useTranslation('settings');
  const { q = '' } = route.useSearch();
  const navigate = useNavigate();
  const setSearch = route.useNavigate();
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const columns = useMeasureColumns();
  const [sort, setSort] = useState<Sort>({ column: 'used_by', direction: 'desc' });
  const list = useQuery(definitionsQuery('measure'));
  const bodies = useQuery(bodiesQuery<MeasureBody>('measure'));
  const wanted = q.normalize('NFKC').toLowerCase();
  const rows = useMemo(
    () =>
      list.data
        ?.map((item): MeasureRow => ({ ...item, body: bodies.data?.get(item.key) }))
        .filter(({ name, key }) => `${name.ja} ${name.en} ${key}`.normalize('NFKC').toLowerCase().includes(wanted)),
    [list.data, bodies.data, wanted],
  );
  return (
    <Page fill>
      <PageHeader
        title={t('measures.title')}
        subtitle={t('measures.intro')}
        actions={
          mayDefine && (
            <Button component={Link} to="/settings/measures/new" leftSection={<IconPlus size={16} />}>
              {t('measures.new')}
            </Button>
          )
        }
      />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {rows && (
        <DataTable
          id="measures"
          label={t('measures.title')}
          columns={columns}
          source={{ rows }}
          rowId={(row) => row.key}
          rowLabel={(row) => row.name[language]}
          sort={sort}
          onSortChange={setSort}
          toolbar={
            <SearchInput
              label={t('measures.search')}
              value={q}
              onChange={(next) =>
                void setSearch({ search: (before) => ({ ...before, q: next || undefined }), replace: true })
              }
            />
          }
          onOpen={(row) => void navigate({ to: '/settings/measures/$key', params: { key: row.key } })}
        />
      )}
    </Page>
  );
}
