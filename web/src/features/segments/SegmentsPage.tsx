import { Anchor, Badge, Button, Group, Text } from '@mantine/core';
import { IconPlus, IconUsersGroup } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Money } from '../../components/Money';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage, useMayDefine } from '../../lib/viewer';
import { RecentChange } from './RecentChange';
import { segmentsQuery, type Segment, type SegmentList } from './segments';
import { useLiveSegments } from './use-live-segments';

/** All segments: how large, how much of the book, and how they moved in a week. */
export function SegmentsPage() {
  const { t } = useTranslation('segments');
  const mayDefine = useMayDefine();
  useLiveSegments();
  const list = useQuery(segmentsQuery);
  const newButton = mayDefine && (
    <Button
      renderRoot={(props) => <Link to="/segments/new" {...props} />}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {t('new')}
    </Button>
  );
  const isEmpty = list.data?.items.length === 0;
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} actions={!isEmpty && newButton} />
      {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
      {isEmpty && (
        <EmptyState icon={IconUsersGroup} title={t('empty')} action={newButton}>
          {t('emptyHelp')}
        </EmptyState>
      )}
      {!isEmpty && !list.isError && <SegmentTable list={list.data} />}
    </Page>
  );
}

function SegmentTable({ list }: { list: SegmentList | undefined }) {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const language = useLanguage();
  const [sort, setSort] = useState<Sort>();
  const columns = useSegmentColumns(list);
  const source = useMemo(() => ({ rows: list?.items }), [list]);
  return (
    <DataTable
      id="segments"
      label={t('title')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      onOpen={({ key }) => void navigate({ to: '/segments/$key', params: { key } })}
      height="content"
    />
  );
}

function useSegmentColumns(list: SegmentList | undefined): DataColumn<Segment>[] {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  const format = useFormat();
  const total = list?.accounts;
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.name'),
        width_px: 320,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: (segment) => <NameCell segment={segment} />,
      },
      {
        id: 'accounts',
        header: t('column.accounts'),
        width_px: 110,
        align: 'right',
        sortable: true,
        sortValue: ({ accounts }) => accounts,
        cell: ({ accounts }) => format.number(accounts),
      },
      {
        id: 'share',
        header: t('column.share'),
        width_px: 130,
        align: 'right',
        sortable: true,
        sortValue: ({ accounts }) => accounts,
        cell: ({ accounts }) => (accounts === null || !total ? '–' : format.percent(accounts / total)),
      },
      {
        id: 'arr',
        header: 'ARR',
        width_px: 130,
        align: 'right',
        sortable: true,
        sortValue: ({ arr }) => arr?.amount_minor ?? null,
        cell: ({ arr }) => <Money value={arr} />,
      },
      {
        id: 'change',
        header: t('column.change'),
        width_px: 170,
        align: 'right',
        sortable: true,
        sortValue: ({ entered_7d, left_7d }) => entered_7d - left_7d,
        cell: (segment) => <RecentChange segment={segment} />,
      },
    ],
    [t, language, format, total],
  );
}

function NameCell({ segment }: { segment: Segment }) {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  return (
    <Group gap={8} wrap="nowrap">
      <Anchor
        truncate
        title={segment.name[language]}
        renderRoot={(props) => <Link to="/segments/$key" params={{ key: segment.key }} {...props} />}
      >
        {segment.name[language]}
      </Anchor>
      {segment.draft && (
        <Badge size="sm" style={{ flexShrink: 0 }}>
          {t('draft')}
        </Badge>
      )}
      {segment.fault && (
        <Text span c="red" fz="xs" title={segment.fault[language]}>
          {t('faulty')}
        </Text>
      )}
    </Group>
  );
}
