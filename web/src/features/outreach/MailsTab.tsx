import { Group, Select, Stack } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson } from '../../api/json';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { InstantText } from '../../components/InstantText';
import { SearchInput } from '../../components/SearchInput';
import { SidePanel } from '../../components/SidePanel';
import { usePanel } from '../../lib/use-panel';
import { useFormat, useLanguage } from '../../lib/viewer';
import { NothingYet } from './NothingYet';
import { MailPanel } from './MailPanel';
import { MailStateText } from './MailStateText';
import { countsQuery, mailStates, type MailRow } from './requests';

const route = getRouteApi('/_shell/outreach');

/** Every mail that was ordered, with why it waits or was not sent. */
export function MailsTab() {
  const { t } = useTranslation('outreach');
  const { state, q } = route.useSearch();
  const navigate = route.useNavigate();
  const language = useLanguage();
  const format = useFormat();
  const panel = usePanel('panel');
  const counts = useQuery(countsQuery({ q })).data?.counts;
  const columns = useMailColumns();
  const source = useMemo(
    () => ({
      queryKey: ['outreach', 'mails', state ?? null, q ?? null],
      fetchWindow: ({ offset, limit, signal }: { offset: number; limit: number; signal: AbortSignal }) =>
        getJson<{ items: MailRow[]; total: number }>('/api/outreach/mails', { state, q, offset, limit }, signal),
    }),
    [state, q],
  );
  return (
    <Stack gap="sm">
      <Group gap="sm">
        <Select
          aria-label={t('column.state')}
          placeholder={t('mails.allStates')}
          clearable
          data={mailStates.map((value) => ({
            value,
            label: `${t(`state.${value}`)} (${format.number(counts?.[value] ?? 0)})`,
          }))}
          value={state ?? null}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, state: mailStates.find((each) => each === next) }),
              replace: true,
            })
          }
        />
        <SearchInput
          label={t('mails.search')}
          value={q ?? ''}
          onChange={(next) =>
            void navigate({ search: (before) => ({ ...before, q: next || undefined }), replace: true })
          }
        />
      </Group>
      <DataTable
        id="outreach-mails"
        empty={<NothingYet>{t('mails.none')}</NothingYet>}
        label={t('room.mails')}
        columns={columns}
        source={source}
        rowId={({ id }) => String(id)}
        rowLabel={({ subject }) => subject}
        onOpen={({ id }) => panel.open(String(id))}
        height="content"
      />
      <SidePanel param="panel" title={() => <MailTitle language={language} />}>
        {(id) => <MailPanel id={id} />}
      </SidePanel>
    </Stack>
  );
}

function MailTitle({ language }: { language: 'ja' | 'en' }) {
  const { t } = useTranslation('outreach', { lng: language });
  return <>{t('mails.one')}</>;
}

function useMailColumns(): DataColumn<MailRow>[] {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  return useMemo(
    () => [
      {
        id: 'subject',
        header: t('column.subject'),
        width_px: 290,
        cell: ({ subject }) => subject,
      },
      {
        id: 'state',
        header: t('column.state'),
        width_px: 250,
        cell: (mail) => <MailStateText mail={mail} />,
      },
      { id: 'account', header: t('column.account'), width_px: 180, cell: ({ account_name }) => account_name },
      { id: 'contact', header: t('column.contact'), width_px: 126, cell: ({ contact_name }) => contact_name },
      {
        id: 'address',
        header: t('column.address'),
        width_px: 220,
        hiddenAtFirst: true,
        cell: ({ address }) => address,
      },
      {
        id: 'template',
        header: t('column.template'),
        width_px: 200,
        hiddenAtFirst: true,
        cell: ({ template_name }) => template_name[language],
      },
      {
        id: 'ordered_at',
        header: t('column.orderedAt'),
        width_px: 120,
        cell: ({ ordered_at }) => <InstantText value={ordered_at} />,
      },
      {
        id: 'sent_at',
        header: t('column.sentAt'),
        width_px: 120,
        cell: ({ sent_at }) => <InstantText value={sent_at} />,
      },
    ],
    [t, language],
  );
}
