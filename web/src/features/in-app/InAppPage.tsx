import { Anchor, Badge, Button, Group, Tabs } from '@mantine/core';
import { IconMessage2, IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useLanguage, useMayDefine, useViewer } from '../../lib/viewer';
import { EmbedTab } from './EmbedTab';
import { messagesQuery } from './requests';
import { inAppTabs } from './search';
import type { InAppMessage } from './types';

const route = getRouteApi('/_shell/in-app');

/** Messages inside the product: whom they reach, and what users did. */
export function InAppPage() {
  const { t } = useTranslation('in-app');
  const { tab = 'messages' } = route.useSearch();
  const navigate = route.useNavigate();
  const { role } = useViewer();
  const mayDefine = useMayDefine();
  const list = useQuery(messagesQuery);
  const newButton = mayDefine && (
    <Button
      renderRoot={(props) => <Link to="/in-app/new" {...props} />}
      leftSection={<IconPlus size={15} aria-hidden />}
    >
      {t('new')}
    </Button>
  );
  const isEmpty = list.data?.items.length === 0;
  return (
    <Page>
      <PageHeader title={t('title')} subtitle={t('intro')} actions={!isEmpty && newButton} />
      <Tabs
        value={tab}
        keepMounted={false}
        onChange={(next) =>
          void navigate({
            search: (before) => ({ ...before, tab: inAppTabs.find((each) => each === next) }),
            replace: true,
          })
        }
      >
        {role === 'admin' && (
          <Tabs.List mb="md">
            {inAppTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
        )}
        <Tabs.Panel value="messages">
          {list.isError && <ErrorState error={list.error} onRetry={() => void list.refetch()} />}
          {isEmpty && (
            <EmptyState icon={IconMessage2} title={t('empty')} action={newButton}>
              {t('emptyHelp')}
            </EmptyState>
          )}
          {!isEmpty && !list.isError && <MessageTable items={list.data?.items} />}
        </Tabs.Panel>
        <Tabs.Panel value="embed">{role === 'admin' && <EmbedTab />}</Tabs.Panel>
      </Tabs>
    </Page>
  );
}

function MessageTable({ items }: { items: InAppMessage[] | undefined }) {
  const { t } = useTranslation('in-app');
  const language = useLanguage();
  const navigate = route.useNavigate();
  const columns = useColumns();
  const source = useMemo(() => ({ rows: items }), [items]);
  return (
    <DataTable
      id="in-app-messages"
      label={t('title')}
      columns={columns}
      source={source}
      rowId={({ key }) => key}
      rowLabel={({ name }) => name[language]}
      onOpen={({ key }) => void navigate({ to: '/in-app/$key', params: { key } })}
      height="content"
    />
  );
}

function useColumns(): DataColumn<InAppMessage>[] {
  const { t } = useTranslation('in-app');
  const language = useLanguage();
  const format = useFormat();
  return useMemo(() => {
    const count = (id: 'seen' | 'clicked' | 'dismissed' | 'done'): DataColumn<InAppMessage> => ({
      id,
      header: t(`column.${id}`),
      width_px: 112,
      align: 'right',
      cell: (message) => format.number(message[id]),
    });
    return [
      {
        id: 'name',
        header: t('column.name'),
        width_px: 270,
        cell: ({ key, name, draft, version }) => (
          <Group gap={8} wrap="nowrap">
            <Anchor
              truncate
              title={name[language]}
              renderRoot={(props) => <Link to="/in-app/$key" params={{ key }} {...props} />}
            >
              {name[language]}
            </Anchor>
            {(draft || version === 0) && <Badge size="sm">{t('draft')}</Badge>}
          </Group>
        ),
      },
      {
        id: 'form',
        header: t('column.form'),
        width_px: 120,
        cell: ({ form }) => (form ? t(`form.${form as 'banner'}`) : '–'),
      },
      {
        id: 'period',
        header: t('column.period'),
        width_px: 200,
        cell: ({ first_day, last_day }) =>
          first_day || last_day
            ? `${first_day ? format.day(first_day) : ''} – ${last_day ? format.day(last_day) : ''}`
            : t('always'),
      },
      {
        id: 'accounts',
        header: t('column.accounts'),
        width_px: 100,
        align: 'right',
        cell: ({ accounts }) => (accounts === null ? '–' : format.number(accounts)),
      },
      count('seen'),
      count('clicked'),
      count('dismissed'),
      count('done'),
    ];
  }, [t, language, format]);
}
