import { Alert, Button, Group, Skeleton, Stack, Table, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { CodeBlock } from '../../components/CodeBlock';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { keysQuery, useKeyDeeds } from './requests';
import type { InAppKey } from './types';

/** How the product shows messages: a secret for its server, two lines for its pages. */
export function EmbedTab() {
  const { t } = useTranslation('in-app');
  const keys = useQuery(keysQuery);
  return (
    <Stack gap="lg" maw={860}>
      <section>
        <Title order={2} mb={4}>
          {t('keys.title')}
        </Title>
        <Text fz="sm" c="dimmed" mb="sm">
          {t('keys.help')}
        </Text>
        {keys.isPending && <Skeleton height={80} />}
        {keys.isError && <ErrorState error={keys.error} onRetry={() => void keys.refetch()} />}
        {keys.data && keys.data.items.length > 0 && <KeyTable keys={keys.data.items} />}
        <NewKey />
      </section>
      <Snippets />
    </Stack>
  );
}

function KeyTable({ keys }: { keys: InAppKey[] }) {
  const { t } = useTranslation('in-app');
  const { remove } = useKeyDeeds();
  const ask = (key: InAppKey) =>
    confirm({
      title: t('keys.removeTitle', { name: key.name }),
      children: t('keys.removeDetail'),
      confirmLabel: t('keys.remove'),
      danger: true,
      onConfirm: () =>
        carryOut(remove, key.id, { onSuccess: () => showToast(t('keys.removed')), onError: showProblem }),
    });
  return (
    <Table.ScrollContainer minWidth={520}>
      <Table fz={13} aria-label={t('keys.title')}>
        <Table.Thead>
          <Table.Tr>
            <Table.Th>{t('keys.name')}</Table.Th>
            <Table.Th>{t('keys.created')}</Table.Th>
            <Table.Th>{t('keys.lastUsed')}</Table.Th>
            <Table.Th aria-label={t('keys.remove')} />
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {keys.map((key) => (
            <Table.Tr key={key.id}>
              <Table.Td>{key.name}</Table.Td>
              <Table.Td>
                <InstantText value={key.created_at} /> · {key.created_by}
              </Table.Td>
              <Table.Td>{key.last_used ? <DateText value={key.last_used} /> : t('keys.never')}</Table.Td>
              <Table.Td ta="right">
                <Button size="compact-xs" variant="subtle" color="red" onClick={() => ask(key)}>
                  {t('keys.remove')}
                </Button>
              </Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Table.ScrollContainer>
  );
}

function NewKey() {
  const { t } = useTranslation('in-app');
  const { add } = useKeyDeeds();
  const [name, setName] = useState('');
  const make = () => carryOut(add, name.trim(), { onSuccess: () => setName(''), onError: showProblem });
  return (
    <Stack gap="sm" mt="sm">
      <Group gap={8} align="flex-end">
        <TextInput
          label={t('keys.newName')}
          value={name}
          maxLength={60}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <Button disabled={name.trim() === ''} loading={add.isPending} onClick={make}>
          {t('keys.make')}
        </Button>
      </Group>
      {add.data && (
        <Alert title={t('keys.secretTitle')}>
          <Text fz="sm" mb={8}>
            {t('keys.secretHelp')}
          </Text>
          <CodeBlock text={add.data.secret} label={t('keys.secret')} />
        </Alert>
      )}
    </Stack>
  );
}

function Snippets() {
  const { t } = useTranslation('in-app');
  const { origin } = window.location;
  const server = `curl -X POST ${origin}/in-app/v1/tokens \\
  -H "Authorization: Bearer $BANSO_IN_APP_SECRET" -H "Content-Type: application/json" \\
  -d '{"user_id": "u-123", "account_id": "A-001", "language": "ja"}'`;
  const page = `<script src="${origin}/in-app.js" defer></script>
<script>
  addEventListener('DOMContentLoaded', () =>
    Banso.start({ token: () => fetch('/banso-token').then((answer) => answer.text()) }));
</script>`;
  return (
    <>
      <section>
        <Title order={2} mb={4}>
          {t('embed.server')}
        </Title>
        <Text fz="sm" c="dimmed" mb={8}>
          {t('embed.serverHelp')}
        </Text>
        <CodeBlock text={server} label={t('embed.server')} />
      </section>
      <section>
        <Title order={2} mb={4}>
          {t('embed.page')}
        </Title>
        <Text fz="sm" c="dimmed" mb={8}>
          {t('embed.pageHelp')}
        </Text>
        <CodeBlock text={page} label={t('embed.page')} />
      </section>
    </>
  );
}
