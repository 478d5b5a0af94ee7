import { Anchor } from '@mantine/core';
import { Link, useNavigate } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { Money } from '../../components/Money';
import { Score } from '../../components/Score';
import { useLanguage } from '../../lib/viewer';
import { fetchMembers, membersKey, type SegmentMember } from './segments';

/** Who is in the segment, largest ARR first, since when and why. */
export function MembersTab({ segment, isPublished }: { segment: string; isPublished: boolean }) {
  const { t } = useTranslation('segments');
  const navigate = useNavigate();
  const columns = useMemberColumns();
  const source = useMemo(
    () => ({
      queryKey: membersKey(segment),
      fetchWindow: (window: { offset: number; limit: number; signal: AbortSignal }) => fetchMembers(segment, window),
    }),
    [segment],
  );
  return (
    <DataTable
      id="segment-members"
      label={t('tab.members')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={({ name }) => name}
      onOpen={({ id }) => void navigate({ to: '/accounts/$accountId', params: { accountId: String(id) } })}
      height="content"
      empty={
        <EmptyState title={t(isPublished ? 'nobody' : 'unpublished')}>
          {t(isPublished ? 'nobodyHelp' : 'unpublishedHelp')}
        </EmptyState>
      }
    />
  );
}

function useMemberColumns(): DataColumn<SegmentMember>[] {
  const { t } = useTranslation('segments');
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('column.account'),
        width_px: 240,
        cell: ({ id, name }) => (
          <Anchor
            truncate
            title={name}
            renderRoot={(props) => <Link to="/accounts/$accountId" params={{ accountId: String(id) }} {...props} />}
          >
            {name}
          </Anchor>
        ),
      },
      {
        id: 'score',
        header: t('column.score'),
        width_px: 130,
        cell: ({ score, level }) => <Score score={score} level={level} />,
      },
      { id: 'arr', header: 'ARR', width_px: 110, align: 'right', cell: ({ arr }) => <Money value={arr} /> },
      {
        id: 'since',
        header: t('column.since'),
        width_px: 130,
        cell: ({ since }) => (since ? <DateText value={since} form="absolute" /> : '–'),
      },
      {
        id: 'reason',
        header: t('column.reason'),
        width_px: 440,
        cell: ({ reason }) => <span title={reason?.[language]}>{reason?.[language] ?? '–'}</span>,
      },
    ],
    [t, language],
  );
}
