import { Button, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconUserPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SidePanel } from '../../components/SidePanel';
import type { Sort } from '../../lib/search-params';
import { usePanel } from '../../lib/use-panel';
import { NewUserModal } from './NewUserModal';
import { UserPanel } from './UserPanel';
import { usersQuery, type User } from './users';

function useUserColumns(): DataColumn<User>[] {
  const { t } = useTranslation('identity');
  return useMemo(
    () => [
      {
        id: 'name',
        header: t('field.name'),
        cell: (user) => user.name,
        width_px: 200,
        sortable: true,
        sortValue: ({ name }) => name,
      },
      {
        id: 'email',
        header: t('field.email'),
        cell: (user) => <span title={user.email}>{user.email}</span>,
        width_px: 260,
        sortable: true,
        sortValue: ({ email }) => email,
      },
      {
        id: 'role',
        header: t('field.role'),
        cell: (user) => t(`role.${user.role}`),
        width_px: 140,
        sortable: true,
        sortValue: ({ role }) => role,
      },
      {
        id: 'last_seen',
        header: t('users.lastSeen'),
        cell: (user) => (user.last_seen_at ? <DateText value={user.last_seen_at} /> : t('users.never')),
        sortable: true,
        sortValue: (user) => user.last_seen_at,
      },
      {
        id: 'state',
        header: t('users.state'),
        cell: (user) =>
          user.disabled ? (
            <Text span fz="sm" c="dimmed">
              {t('users.disabled')}
            </Text>
          ) : (
            t('users.active')
          ),
      },
    ],
    [t],
  );
}

/** Settings › Users: who may come in, and what they may do. */
export function UsersPage() {
  const { t } = useTranslation('identity');
  const users = useQuery(usersQuery);
  const columns = useUserColumns();
  const [sort, setSort] = useState<Sort>({ column: 'name', direction: 'asc' });
  const [creating, { open: startCreating, close: stopCreating }] = useDisclosure(false);
  const panel = usePanel();
  const items = users.data?.items;
  return (
    <Page fill>
      <PageHeader
        title={t('users.title')}
        subtitle={t('users.intro')}
        actions={
          <Button leftSection={<IconUserPlus size={16} />} onClick={startCreating}>
            {t('users.add')}
          </Button>
        }
      />
      {users.isError && <ErrorState error={users.error} onRetry={() => void users.refetch()} />}
      {items && (
        <DataTable
          id="users"
          label={t('users.title')}
          columns={columns}
          source={{ rows: items }}
          rowId={(user) => String(user.id)}
          rowLabel={(user) => user.name}
          sort={sort}
          onSortChange={setSort}
          onOpen={(user) => panel.open(String(user.id))}
          openId={panel.id}
          height="content"
        />
      )}
      <SidePanel title={(id) => items?.find((user) => String(user.id) === id)?.name ?? t('users.title')}>
        {(id) => {
          const user = items?.find((candidate) => String(candidate.id) === id);
          return user ? (
            <UserPanel key={user.id} user={user} />
          ) : (
            users.isSuccess && <Text c="dimmed">{t('users.gone')}</Text>
          );
        }}
      </SidePanel>
      <NewUserModal opened={creating} onClose={stopCreating} />
    </Page>
  );
}
