import { Anchor, Stack, Text } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { InstantText } from '../../components/InstantText';
import { NothingYet } from './NothingYet';
import type { ReceivedMail } from './requests';

/** What came into the inbox, and on whose timeline it is. */
export function InboxTab() {
  const { t } = useTranslation('outreach');
  const columns = useMemo<DataColumn<ReceivedMail>[]>(
    () => [
      { id: 'subject', header: t('column.subject'), width_px: 320, cell: ({ subject }) => subject || '–' },
      { id: 'from', header: t('column.from'), width_px: 240, cell: ({ from }) => from },
      { id: 'result', header: t('column.result'), width_px: 180, cell: ({ result }) => t(`received.${result}`) },
      {
        id: 'account',
        header: t('column.account'),
        width_px: 220,
        cell: ({ account_id, account_name }) =>
          account_id === null ? (
            '–'
          ) : (
            <Anchor
              renderRoot={(props) => (
                <Link to="/accounts/$accountId" params={{ accountId: String(account_id) }} {...props} />
              )}
            >
              {account_name}
            </Anchor>
          ),
      },
      {
        id: 'received_at',
        header: t('column.receivedAt'),
        width_px: 140,
        cell: ({ received_at }) => <InstantText value={received_at} />,
      },
    ],
    [t],
  );
  const source = useMemo(
    () => ({
      queryKey: ['outreach', 'inbox'],
      fetchWindow: ({ offset, limit, signal }: { offset: number; limit: number; signal: AbortSignal }) =>
        getJson<{ items: ReceivedMail[]; total: number }>('/api/outreach/inbox', { offset, limit }, signal),
    }),
    [],
  );
  return (
    <Stack gap="sm">
      <Text fz="sm" c="dimmed">
        {t('inbox.intro')}
      </Text>
      <DataTable
        id="outreach-inbox"
        empty={<NothingYet>{t('inbox.none')}</NothingYet>}
        label={t('room.inbox')}
        columns={columns}
        source={source}
        rowId={({ id }) => String(id)}
        rowLabel={({ subject }) => subject}
        height="content"
      />
    </Stack>
  );
}
