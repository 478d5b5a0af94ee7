import { Anchor, Group, SegmentedControl, Select, Skeleton, Stack, Text } from '@mantine/core';
import { IconScale } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import type { Sort } from '../../lib/search-params';
import { useFormat, useLanguage } from '../../lib/viewer';
import { HorizonSelect } from './HorizonSelect';
import { Associations } from './Associations';
import { practiceQuery, proofsQuery, type ProofSummary, usualHorizon_days } from './requests';
import { callKinds, rooms } from './search';
import classes from './Proof.module.css';
import { VerdictBadge } from './VerdictBadge';

const route = getRouteApi('/_shell/proof');

/** Whether what is done works: every playbook with its verdict, and what calls that end well have in common. */
export function ProofsPage() {
  const { t } = useTranslation('proof');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const room = search.room ?? 'playbooks';
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t(`room.${room}Help`)} />
      <SegmentedControl
        mb="sm"
        size="xs"
        aria-label={t('room.label')}
        value={room}
        onChange={(value) => void navigate({ search: { ...search, room: rooms.find((each) => each === value) } })}
        data={rooms.map((each) => ({ value: each, label: t(`room.${each}`) }))}
      />
      {room === 'playbooks' ? <Playbooks /> : <PracticeRoom />}
    </Page>
  );
}

function Playbooks() {
  const { t } = useTranslation('proof');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const horizon_days = Number(search.days ?? usualHorizon_days);
  const list = useQuery(proofsQuery(horizon_days));
  if (list.isError) return <ErrorState error={list.error} onRetry={() => void list.refetch()} />;
  if (list.data?.items.length === 0 && list.data.building === 0) {
    return (
      <EmptyState
        icon={IconScale}
        title={t('empty')}
        action={<Anchor renderRoot={(props) => <Link to="/playbooks" {...props} />}>{t('toPlaybooks')}</Anchor>}
      >
        {t('emptyHelp')}
      </EmptyState>
    );
  }
  return (
    <Stack gap="xs">
      <HorizonSelect value={horizon_days} onChange={(days) => void navigate({ search: { ...search, days } })} />
      {list.data !== undefined && list.data.building > 0 && (
        <Text role="status" fz="sm" c="dimmed">
          {t('building')}
        </Text>
      )}
      <ProofTable rows={list.data?.items} />
      <Text fz="xs" c="dimmed" maw={820} className="phrases">
        {t('howRead')}
      </Text>
    </Stack>
  );
}

function ProofTable({ rows }: { rows: ProofSummary[] | undefined }) {
  const { t } = useTranslation('proof');
  const navigate = route.useNavigate();
  const search = route.useSearch();
  const language = useLanguage();
  const [sort, setSort] = useState<Sort>();
  const columns = useColumns();
  const source = useMemo(() => ({ rows }), [rows]);
  return (
    <DataTable
      id="proofs"
      label={t('title')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      sort={sort}
      onSortChange={setSort}
      rowHeight_px={70}
      onOpen={({ key }) =>
        void navigate({ to: '/proof/$key', params: { key }, search: search.days ? { days: search.days } : {} })
      }
      height="content"
    />
  );
}

function useColumns(): DataColumn<ProofSummary>[] {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const share = (value: number | null) => (value === null ? '–' : format.percent(value, 0));
    return [
      {
        id: 'name',
        header: t('column.playbook'),
        width_px: 230,
        sortable: true,
        sortValue: ({ name }) => name[language],
        cell: ({ key, name }) => (
          <Anchor
            truncate
            title={name[language]}
            renderRoot={(props) => <Link to="/proof/$key" params={{ key }} {...props} />}
          >
            {name[language]}
          </Anchor>
        ),
      },
      {
        id: 'verdict',
        header: t('column.verdict'),
        width_px: 160,
        sortable: true,
        sortValue: ({ verdict }) => verdict,
        cell: ({ verdict }) => <VerdictBadge verdict={verdict} />,
      },
      {
        id: 'sentence',
        header: t('column.effect'),
        width_px: 340,
        wideOnCard: true,
        cell: ({ sentence }) => <span className={classes.sentence}>{sentence[language]}</span>,
      },
      {
        id: 'comparison',
        header: t('column.comparison'),
        width_px: 132,
        description: t('column.comparisonHelp'),
        sortable: true,
        sortValue: ({ comparison }) => comparison,
        cell: ({ comparison }) => t(`comparison.${comparison}`),
      },
      {
        id: 'treated',
        header: t('column.runs'),
        width_px: 82,
        align: 'right',
        sortable: true,
        sortValue: ({ runs }) => runs.treated,
        cell: ({ runs }) => format.number(runs.treated),
      },
      {
        id: 'holdout',
        header: t('column.holdout'),
        width_px: 86,
        align: 'right',
        sortable: true,
        sortValue: ({ runs }) => runs.holdout,
        cell: ({ runs }) => format.number(runs.holdout),
      },
      {
        id: 'onTime',
        header: t('column.onTime'),
        width_px: 84,
        align: 'right',
        description: t('column.onTimeHelp'),
        sortable: true,
        sortValue: ({ adherence }) => adherence.on_time_share,
        cell: ({ adherence }) => share(adherence.on_time_share),
      },
      {
        id: 'skipped',
        header: t('column.skipped'),
        width_px: 78,
        align: 'right',
        sortable: true,
        sortValue: ({ adherence }) => adherence.skipped_share,
        cell: ({ adherence }) => share(adherence.skipped_share),
      },
    ];
  }, [t, language, format]);
}

/** What calls with a good end have in common. */
function PracticeRoom() {
  const { t } = useTranslation('proof');
  const language = useLanguage();
  const format = useFormat();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const kind = search.kind ?? 'risk';
  const { data, isError, error, refetch } = useQuery(practiceQuery(kind));
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  return (
    <Stack gap="sm">
      <Group align="flex-end" gap="md">
        <Select
          label={t('practice.kind')}
          size="xs"
          w={200}
          allowDeselect={false}
          value={kind}
          data={callKinds.map((value) => ({ value, label: t(`callKind.${value}`) }))}
          onChange={(value) => void navigate({ search: { ...search, kind: callKinds.find((each) => each === value) } })}
        />
        {data && (
          <Text fz="sm" c="dimmed">
            {t('practice.counts', {
              calls: format.number(data.calls),
              good: format.number(data.good),
              from: format.dayShort(data.from),
              to: format.dayShort(data.to),
            })}
          </Text>
        )}
      </Group>
      {!data && <Skeleton height={220} />}
      {data && (
        <>
          <Text fw={500}>{data.sentence[language]}</Text>
          {data.associations.length > 0 && <Associations items={data.associations} fileName={`practice-${kind}`} />}
        </>
      )}
    </Stack>
  );
}
