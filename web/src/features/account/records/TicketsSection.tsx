import { Badge, SegmentedControl, Skeleton, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../../components/data-table/DataTable';
import type { DataColumn } from '../../../components/data-table/types';
import { DateText } from '../../../components/DateText';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { useAsOf } from '../../../lib/as-of';
import { dayOf, daysBetween } from '../../../lib/format/date';
import { useKnownWord } from '../../../lib/known-words/known-words';
import type { Sort } from '../../../lib/search-params';
import { useViewer } from '../../../lib/viewer';
import classes from '../Tables.module.css';
import { ticketsQuery, type Subject } from '../requests';
import type { Ticket } from '../types';

const priorityRank = { low: 0, normal: 1, high: 2, urgent: 3 } as const;
const scopes = ['open', 'all'] as const;

/** The account's tickets, the open ones first. */
export function TicketsSection({ subject }: { subject: Subject }) {
  const { t } = useTranslation('account');
  const tickets = useQuery(ticketsQuery(subject));
  const [chosen, setChosen] = useState<string | null>(null);
  const [sort, setSort] = useState<Sort>({ column: 'opened', direction: 'desc' });
  const columns = useTicketColumns();
  const items = useMemo(() => tickets.data?.items ?? [], [tickets.data]);
  const open = useMemo(() => items.filter(({ status }) => status !== 'closed'), [items]);
  if (tickets.isPending) return <Skeleton height={320} />;
  if (tickets.isError) return <ErrorState error={tickets.error} onRetry={() => void tickets.refetch()} />;
  const scope = chosen ?? (open.length > 0 ? 'open' : 'all');
  return (
    <section aria-label={t('tabs.tickets')}>
      <DataTable
        id="account-tickets"
        label={t('tabs.tickets')}
        columns={columns}
        source={{ rows: scope === 'open' ? open : items }}
        rowId={({ id }) => String(id)}
        rowLabel={({ subject: title }) => title}
        sort={sort}
        onSortChange={setSort}
        height="content"
        toolbar={
          <>
            <Title order={2}>{t('tabs.tickets')}</Title>
            <SegmentedControl
              size="xs"
              aria-label={t('tickets.scope')}
              value={scope}
              onChange={setChosen}
              data={scopes.map((value) => ({
                value,
                label: t(`tickets.${value}`, { count: value === 'open' ? open.length : items.length }),
              }))}
            />
          </>
        }
        empty={
          <EmptyState title={scope === 'open' ? t('tickets.noneOpen') : t('tickets.none')}>
            {scope === 'open' ? t('tickets.noneOpenHelp') : t('tickets.noneHelp')}
          </EmptyState>
        }
      />
    </section>
  );
}

function useTicketColumns(): DataColumn<Ticket>[] {
  const { t } = useTranslation('account');
  const word = useKnownWord();
  const { day } = useAsOf();
  const { timeZone } = useViewer();
  return useMemo(() => {
    const age_days = ({ opened_at, closed_at }: Ticket) =>
      daysBetween(dayOf(opened_at, timeZone), closed_at ? dayOf(closed_at, timeZone) : day);
    return [
      {
        id: 'subject',
        header: t('tickets.subject'),
        width_px: 330,
        sortable: true,
        sortValue: ({ subject }) => subject,
        cell: ({ subject }) => <span title={subject}>{subject}</span>,
      },
      {
        id: 'status',
        header: t('tickets.status'),
        width_px: 110,
        sortable: true,
        sortValue: ({ status }) => status,
        cell: ({ status }) => <Badge size="sm">{t(`ticketStatus.${status}`)}</Badge>,
      },
      {
        id: 'priority',
        header: t('tickets.priority'),
        width_px: 100,
        sortable: true,
        sortValue: ({ priority }) => priorityRank[priority],
        cell: ({ priority }) => (
          <span className={classes.priority} data-priority={priority}>
            {t(`priority.${priority}`)}
          </span>
        ),
      },
      {
        id: 'opened',
        header: t('tickets.opened'),
        width_px: 120,
        sortable: true,
        sortValue: ({ opened_at }) => opened_at,
        cell: ({ opened_at }) => <DateText value={opened_at} form="absolute" />,
      },
      {
        id: 'age',
        header: t('tickets.age'),
        description: t('tickets.ageHelp'),
        align: 'right',
        width_px: 100,
        sortable: true,
        sortValue: age_days,
        cell: (ticket) => t('tickets.days', { count: age_days(ticket) }),
      },
      {
        id: 'category',
        header: t('tickets.category'),
        width_px: 120,
        sortable: true,
        sortValue: ({ category }) => category,
        cell: ({ category }) => word('category', category),
      },
      {
        id: 'requester',
        header: t('tickets.requester'),
        width_px: 180,
        cell: ({ requester }) => (requester ? <span title={requester}>{requester}</span> : '–'),
      },
      {
        id: 'number',
        header: t('tickets.number'),
        width_px: 150,
        onCard: false,
        cell: ({ external_id }) => external_id,
      },
    ];
  }, [t, word, day, timeZone]);
}
