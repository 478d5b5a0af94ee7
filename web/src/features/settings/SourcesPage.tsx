import { Badge, Button, Group, Modal, Stack, Text, TextInput } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { DateText } from '../../components/DateText';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { SidePanel } from '../../components/SidePanel';
import { usePanel } from '../../lib/use-panel';
import { useFormat } from '../../lib/viewer';
import { SourcePanel, WriteKey } from './SourcePanel';
import { sourcesQuery, useSourceDeeds, type EventSource } from './sources';

/** Settings › Event sources: which programs may send events. */
export function SourcesPage() {
  const { t } = useTranslation('settings');
  const format = useFormat();
  const sources = useQuery(sourcesQuery);
  const panel = usePanel();
  const [creating, { open, close }] = useDisclosure(false);
  const columns = useMemo(
    (): DataColumn<EventSource>[] => [
      { id: 'name', header: t('source.name'), cell: ({ name }) => name, width_px: 240 },
      {
        id: 'key',
        header: t('source.key'),
        cell: ({ key_hint }) => <code>…{key_hint}</code>,
        width_px: 120,
      },
      {
        id: 'events',
        header: t('source.events'),
        cell: ({ events }) => format.number(events),
        align: 'right',
        width_px: 120,
      },
      {
        id: 'unmatched',
        header: t('source.unmatched'),
        description: t('source.unmatchedHelp'),
        cell: ({ unmatched }) => format.number(unmatched),
        align: 'right',
        width_px: 150,
      },
      {
        id: 'last',
        header: t('source.last'),
        cell: ({ last_received_at }) =>
          last_received_at ? <DateText value={last_received_at} /> : t('source.neverReceived'),
        width_px: 140,
      },
      {
        id: 'state',
        header: t('definition.state'),
        cell: ({ disabled }) => <Badge>{t(disabled ? 'source.disabled' : 'source.enabled')}</Badge>,
        width_px: 110,
      },
    ],
    [t, format],
  );
  const items = sources.data;
  const add = (
    <Button leftSection={<IconPlus size={16} />} onClick={open}>
      {t('sources.new')}
    </Button>
  );
  return (
    <Page fill>
      <PageHeader title={t('sources.title')} subtitle={t('sources.intro')} actions={sources.isSuccess && add} />
      {sources.isError && <ErrorState error={sources.error} onRetry={() => void sources.refetch()} />}
      {items?.length === 0 && (
        <EmptyState title={t('sources.empty')} action={add}>
          {t('sources.emptyHelp')}
        </EmptyState>
      )}
      {items && items.length > 0 && (
        <DataTable
          id="sources"
          label={t('sources.title')}
          columns={columns}
          source={{ rows: items }}
          rowId={({ id }) => String(id)}
          rowLabel={({ name }) => name}
          onOpen={({ id }) => panel.open(String(id))}
          openId={panel.id}
          height="content"
        />
      )}
      <SidePanel title={(id) => items?.find((item) => String(item.id) === id)?.name ?? t('sources.title')}>
        {(id) => {
          const source = items?.find((item) => String(item.id) === id);
          return source ? <SourcePanel key={source.id} source={source} /> : null;
        }}
      </SidePanel>
      <Modal
        opened={creating}
        onClose={close}
        size="lg"
        title={t('sources.new')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {creating && <NewSource onClose={close} />}
      </Modal>
    </Page>
  );
}

function NewSource({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('settings');
  const { create } = useSourceDeeds();
  const [name, setName] = useState('');
  if (create.data) {
    return (
      <Stack gap="md">
        <WriteKey writeKey={create.data.write_key} />
        <Group justify="flex-end">
          <Button onClick={onClose}>{t('source.noted')}</Button>
        </Group>
      </Stack>
    );
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (name.trim() !== '') create.mutate(name.trim());
      }}
    >
      <Stack gap="md">
        <TextInput
          label={t('source.name')}
          description={t('source.nameHelp')}
          data-autofocus
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        {create.isError && <ErrorState error={create.error} />}
        <Text fz="sm" c="dimmed">
          {t('source.keyOnce')}
        </Text>
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" disabled={name.trim() === ''} loading={create.isPending}>
            {t('source.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
