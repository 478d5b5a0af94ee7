import { Button, Group, Modal, Stack, Text, TextInput, Title } from '@mantine/core';
import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../../api/json';
import { DataTable } from '../../components/data-table/DataTable';
import type { DataColumn } from '../../components/data-table/types';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayDefine, useMayEdit } from '../../lib/viewer';
import { NothingYet } from './NothingYet';
import type { ConsentEvent, Suppression } from './requests';

interface Window {
  offset: number;
  limit: number;
  signal: AbortSignal;
}

/** Addresses that get nothing, and the record of what people agreed to. */
export function PeopleTab() {
  const { t } = useTranslation('outreach');
  return (
    <Stack gap="xl">
      <section>
        <Title order={2}>{t('people.suppressions')}</Title>
        <Text fz="sm" c="dimmed" mb={8}>
          {t('people.suppressionsHelp')}
        </Text>
        <Suppressions />
      </section>
      <section>
        <Title order={2}>{t('people.consents')}</Title>
        <Text fz="sm" c="dimmed" mb={8}>
          {t('people.consentsHelp')}
        </Text>
        <Consents />
      </section>
    </Stack>
  );
}

function Suppressions() {
  const { t } = useTranslation('outreach');
  const mayEdit = useMayEdit();
  const [adding, setAdding] = useState(false);
  const columns = useSuppressionColumns();
  const source = useMemo(
    () => ({
      queryKey: ['outreach', 'suppressions'],
      fetchWindow: ({ offset, limit, signal }: Window) =>
        getJson<{ items: Suppression[]; total: number }>('/api/outreach/suppressions', { offset, limit }, signal),
    }),
    [],
  );
  return (
    <Stack gap="sm" align="stretch">
      {mayEdit && (
        <Group>
          <Button size="xs" variant="default" onClick={() => setAdding(true)}>
            {t('people.add')}
          </Button>
        </Group>
      )}
      <DataTable
        id="outreach-suppressions"
        empty={<NothingYet>{t('people.noSuppressions')}</NothingYet>}
        label={t('people.suppressions')}
        columns={columns}
        source={source}
        rowId={({ id }) => String(id)}
        rowLabel={({ address }) => address}
        height="content"
      />
      <AskTwo
        opened={adding}
        onClose={() => setAdding(false)}
        title={t('people.add')}
        labels={[t('column.address'), t('column.note')]}
        path="/api/outreach/suppressions"
        bodyOf={(address, note) => ({ address, note })}
      />
    </Stack>
  );
}

/** Asks for up to two texts and sends them. */
function AskTwo({
  opened,
  onClose,
  title,
  labels,
  path,
  bodyOf,
}: {
  opened: boolean;
  onClose: () => void;
  title: string;
  labels: [string, string?];
  path: string;
  bodyOf: (first: string, second: string) => unknown;
}) {
  const { t } = useTranslation('outreach');
  const client = useQueryClient();
  const [first, setFirst] = useState('');
  const [second, setSecond] = useState('');
  const deed = useMutation({
    mutationFn: () => sendJson('POST', path, bodyOf(first.trim(), second.trim())),
    onSuccess: () => client.invalidateQueries({ queryKey: ['outreach'] }),
  });
  const isReady = first.trim() !== '' && (!labels[1] || second.trim() !== '');
  const close = () => {
    setFirst('');
    setSecond('');
    deed.reset();
    onClose();
  };
  return (
    <Modal opened={opened} onClose={close} title={title}>
      <form
        onSubmit={(event) => {
          event.preventDefault();
          carryOut(deed, undefined, {
            onSuccess: () => {
              showToast(t('done'));
              close();
            },
          });
        }}
      >
        <Stack gap="sm">
          <TextInput
            label={labels[0]}
            required
            value={first}
            maxLength={254}
            onChange={(event) => setFirst(event.currentTarget.value)}
          />
          {labels[1] && (
            <TextInput
              label={labels[1]}
              required
              value={second}
              maxLength={160}
              onChange={(event) => setSecond(event.currentTarget.value)}
            />
          )}
          {deed.isError && <ErrorState error={deed.error} />}
          <Group>
            <Button type="submit" disabled={!isReady} loading={deed.isPending}>
              {t('save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  );
}

function LiftButton({ suppression }: { suppression: Suppression }) {
  const { t } = useTranslation('outreach');
  const [asking, setAsking] = useState(false);
  return (
    <>
      <Button size="compact-xs" variant="subtle" onClick={() => setAsking(true)}>
        {t('people.lift')}
      </Button>
      <AskTwo
        opened={asking}
        onClose={() => setAsking(false)}
        title={t('people.liftTitle', { address: suppression.address })}
        labels={[t('people.liftWhy')]}
        path={`/api/outreach/suppressions/${suppression.id}/lift`}
        bodyOf={(why) => ({ why })}
      />
    </>
  );
}

function useSuppressionColumns(): DataColumn<Suppression>[] {
  const { t } = useTranslation('outreach');
  const mayDefine = useMayDefine();
  return useMemo(
    () => [
      { id: 'address', header: t('column.address'), width_px: 280, cell: ({ address }) => address },
      { id: 'reason', header: t('column.reason'), width_px: 160, cell: ({ reason }) => t(`suppressed.${reason}`) },
      { id: 'since', header: t('column.since'), width_px: 130, cell: ({ since }) => <InstantText value={since} /> },
      { id: 'note', header: t('column.note'), width_px: 300, cell: ({ note }) => note },
      { id: 'by', header: t('column.by'), width_px: 140, cell: ({ by }) => by || '–' },
      ...(mayDefine
        ? [
            {
              id: 'lift',
              header: t('people.lift'),
              width_px: 110,
              cell: (suppression: Suppression) => <LiftButton suppression={suppression} />,
            },
          ]
        : []),
    ],
    [t, mayDefine],
  );
}

function Consents() {
  const { t } = useTranslation('outreach');
  const columns = useMemo<DataColumn<ConsentEvent>[]>(
    () => [
      { id: 'contact', header: t('column.contact'), width_px: 180, cell: ({ contact_name }) => contact_name || '–' },
      { id: 'account', header: t('column.account'), width_px: 220, cell: ({ account_name }) => account_name || '–' },
      {
        id: 'what',
        header: t('people.what'),
        width_px: 220,
        cell: ({ topic, allowed }) => `${t(`purpose.${topic}`)}: ${t(allowed ? 'people.allowed' : 'people.declined')}`,
      },
      { id: 'at', header: t('people.at'), width_px: 130, cell: ({ at }) => <InstantText value={at} /> },
      { id: 'how', header: t('people.how'), width_px: 260, cell: ({ how }) => how },
      { id: 'text_shown', header: t('people.textShown'), width_px: 260, cell: ({ text_shown }) => text_shown || '–' },
      { id: 'by', header: t('column.by'), width_px: 140, cell: ({ by }) => by || t('people.themselves') },
    ],
    [t],
  );
  const source = useMemo(
    () => ({
      queryKey: ['outreach', 'consents'],
      fetchWindow: ({ offset, limit, signal }: Window) =>
        getJson<{ items: ConsentEvent[]; total: number }>('/api/outreach/consents', { offset, limit }, signal),
    }),
    [],
  );
  return (
    <DataTable
      id="outreach-consents"
      empty={<NothingYet>{t('people.noConsents')}</NothingYet>}
      label={t('people.consents')}
      columns={columns}
      source={source}
      rowId={({ id }) => String(id)}
      rowLabel={({ contact_name, address }) => contact_name || address}
      height="content"
    />
  );
}
