import { Anchor, Button, Group, SegmentedControl } from '@mantine/core';
import { IconDownload } from '@tabler/icons-react';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { LevelBadge } from '../../components/LevelBadge';
import { Money } from '../../components/Money';
import { useFormat } from '../../lib/viewer';
import { accountsHref, arms, fetchAccounts, type Proof, type ProofAccount } from './requests';

const route = getRouteApi('/_shell/proof/$key');

/** The accounts behind the figures, side by side: every figure walks down to these. */
export function Accounts({ proof, version }: { proof: Proof; version: number | undefined }) {
  const { t } = useTranslation('proof');
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const { key, horizon_days } = proof;
  const step = proof.step ?? undefined;
  const arm = search.arm;
  const columns = useColumns();
  const source = useMemo(
    () => ({
      queryKey: ['proof', key, 'accounts', horizon_days, version ?? null, step ?? null, arm ?? null],
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) =>
        fetchAccounts({ key, horizon_days, version, step, arm }, window),
    }),
    [key, horizon_days, version, step, arm],
  );
  return (
    <>
      <Group justify="space-between" mb="xs">
        <SegmentedControl
          size="xs"
          aria-label={t('accounts.side')}
          value={arm ?? 'all'}
          onChange={(value) =>
            void navigate({ search: { ...search, arm: arms.find((each) => each === value) }, replace: true })
          }
          data={['all', ...arms].map((value) => ({ value, label: t(`arm.${value}`) }))}
        />
        <Button
          size="xs"
          variant="default"
          component="a"
          href={accountsHref({ key, horizon_days, version, step, arm })}
          download
          leftSection={<IconDownload size={15} stroke={1.6} aria-hidden />}
        >
          {t('saveCsv')}
        </Button>
      </Group>
      <DataTable
        id="proof-accounts"
        label={t('part.accounts')}
        columns={columns}
        source={source}
        rowId={({ account, arm: side, start }) => `${account.id}-${side}-${start}`}
        rowLabel={({ account }) => account.name}
        height="content"
      />
    </>
  );
}

function useColumns(): DataColumn<ProofAccount>[] {
  const { t } = useTranslation('proof');
  const format = useFormat();
  return useMemo(() => {
    const number = (value: number | null, digits = 0) => (value === null ? '–' : format.number(value, digits));
    const right = 'right' as const;
    return [
      {
        id: 'account',
        header: t('accounts.account'),
        width_px: 220,
        cell: ({ account }) => (
          <Anchor
            truncate
            title={account.name}
            renderRoot={(props) => <Link to="/accounts/$id" params={{ id: String(account.id) }} {...props} />}
          >
            {account.name}
          </Anchor>
        ),
      },
      { id: 'arm', header: t('accounts.side'), width_px: 110, cell: ({ arm }) => t(`arm.${arm}`) },
      { id: 'start', header: t('accounts.start'), width_px: 110, cell: ({ start }) => format.dayShort(start) },
      {
        id: 'state',
        header: t('accounts.state'),
        width_px: 100,
        cell: ({ state }) => (state === '' ? '–' : t(`state.${state}`, { defaultValue: state })),
      },
      {
        id: 'health',
        header: t('accounts.health'),
        width_px: 120,
        align: right,
        cell: (row) => `${number(row.health_before)} → ${number(row.health_after)}`,
      },
      {
        id: 'level',
        header: t('accounts.level'),
        width_px: 190,
        cell: (row) => (
          <Group gap={6} wrap="nowrap">
            {row.level_before ? <LevelBadge level={row.level_before} /> : '–'}→
            {row.level_after ? <LevelBadge level={row.level_after} /> : '–'}
          </Group>
        ),
      },
      {
        id: 'people',
        header: t('accounts.people'),
        width_px: 120,
        align: right,
        cell: (row) => `${number(row.active_people_before)} → ${number(row.active_people_after)}`,
      },
      {
        id: 'arrBefore',
        header: t('accounts.arrBefore'),
        width_px: 120,
        align: right,
        cell: (row) => <Money value={row.arr_before} />,
      },
      {
        id: 'arrAfter',
        header: t('accounts.arrAfter'),
        width_px: 120,
        align: right,
        cell: (row) => <Money value={row.arr_after} />,
      },
      {
        id: 'renewed',
        header: t('accounts.renewed'),
        width_px: 90,
        cell: ({ renewed }) => (renewed === null ? '–' : t(renewed ? 'accounts.yes' : 'accounts.no')),
      },
      {
        id: 'matched',
        header: t('accounts.matched'),
        width_px: 180,
        cell: ({ matched_with }) => matched_with?.name ?? '–',
        onCard: false,
      },
    ];
  }, [t, format]);
}
