import { Button, Group, PasswordInput, Stack, Table, Text, TextInput } from '@mantine/core';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { getJson, sendJson } from '../../api/json';
import { confirm } from '../../components/confirm';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';

const secretsKey = ['playbook-secrets'] as const;
const namePattern = /^[a-z0-9_]{1,64}$/;
const pathOf = (name: string) => `/api/playbook-secrets/${encodeURIComponent(name)}`;

interface Secret {
  name: string;
  changed_at: string;
  changed_by: string;
}

/** Addresses and keys that webhooks and messages use by name; what they hold is never shown again. */
export function Secrets() {
  const { t } = useTranslation('playbooks');
  const client = useQueryClient();
  const secrets = useQuery({
    queryKey: secretsKey,
    queryFn: ({ signal }) => getJson<{ items: Secret[] }>('/api/playbook-secrets', {}, signal),
  });
  const remove = useMutation({
    mutationFn: (name: string) => sendJson<void>('DELETE', pathOf(name)),
    onSuccess: () => client.invalidateQueries({ queryKey: secretsKey }),
  });
  const ask = (name: string) =>
    confirm({
      title: t('secrets.removeTitle', { name }),
      children: t('secrets.removeHelp'),
      confirmLabel: t('secrets.remove'),
      danger: true,
      onConfirm: () =>
        carryOut(remove, name, { onSuccess: () => showToast(t('secrets.removed')), onError: showProblem }),
    });
  if (secrets.isError) return <ErrorState error={secrets.error} onRetry={() => void secrets.refetch()} />;
  return (
    <Stack gap="md" maw={720}>
      <Text fz="sm" c="dimmed">
        {t('secrets.intro')}
      </Text>
      <KeepSecret />
      {secrets.data?.items.length === 0 && <EmptyState title={t('secrets.none')} />}
      {secrets.data && secrets.data.items.length > 0 && (
        <Table.ScrollContainer minWidth={480}>
          <Table aria-label={t('tab.secrets')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('secrets.name')}</Table.Th>
                <Table.Th>{t('secrets.changed')}</Table.Th>
                <Table.Th>{t('secrets.by')}</Table.Th>
                <Table.Th aria-label={t('secrets.remove')} />
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {secrets.data.items.map(({ name, changed_at, changed_by }) => (
                <Table.Tr key={name}>
                  <Table.Th scope="row">{name}</Table.Th>
                  <Table.Td>
                    <InstantText value={changed_at} />
                  </Table.Td>
                  <Table.Td>{changed_by}</Table.Td>
                  <Table.Td ta="right">
                    <Button size="compact-xs" variant="default" onClick={() => ask(name)}>
                      {t('secrets.remove')}
                    </Button>
                  </Table.Td>
                </Table.Tr>
              ))}
            </Table.Tbody>
          </Table>
        </Table.ScrollContainer>
      )}
    </Stack>
  );
}

/** A name that is there already gets the new value. */
function KeepSecret() {
  const { t } = useTranslation('playbooks');
  const client = useQueryClient();
  const [name, setName] = useState('');
  const [value, setValue] = useState('');
  const keep = useMutation({
    mutationFn: () => sendJson<void>('PUT', pathOf(name), { value }),
    onSuccess: () => client.invalidateQueries({ queryKey: secretsKey }),
  });
  const isGood = namePattern.test(name);
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (!isGood || value === '') return;
        carryOut(keep, undefined, {
          onSuccess: () => {
            showToast(t('secrets.kept'));
            setName('');
            setValue('');
          },
          onError: showProblem,
        });
      }}
    >
      <Group gap="sm" align="flex-start">
        <TextInput
          label={t('secrets.name')}
          required
          maxLength={64}
          autoComplete="off"
          flex="1 1 220px"
          value={name}
          error={name !== '' && !isGood && t('secrets.nameWrong')}
          onChange={(event) => setName(event.currentTarget.value)}
        />
        <PasswordInput
          label={t('secrets.value')}
          required
          maxLength={2000}
          autoComplete="new-password"
          flex="1 1 240px"
          value={value}
          onChange={(event) => setValue(event.currentTarget.value)}
        />
        <Button type="submit" mt={24} disabled={!isGood || value === ''} loading={keep.isPending}>
          {t('common:save')}
        </Button>
      </Group>
    </form>
  );
}
