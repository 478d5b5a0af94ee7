import { Badge, Button, Group, Modal, Skeleton, Stack, Table, Text, TextInput } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodiesQuery, definitionsQuery, useDefinitionDeeds } from '../../api/definitions';
import { parts, useAddStarters } from '../../api/portal';
import { EmptyState } from '../../components/EmptyState';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { WordsPair } from '../../components/WordsPair';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import classes from './Portal.module.css';
import { newSharing, widens, type SharingBody } from './sharing';

/** The rules in the order in which they are tried. */
export function SharingTab() {
  const { t } = useTranslation('customer-portal');
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const [creating, setCreating] = useState(false);
  const rules = useQuery(definitionsQuery('portal_sharing'));
  const bodies = useQuery(bodiesQuery<SharingBody>('portal_sharing'));
  const addStarters = useAddStarters();
  const add = () =>
    carryOut(addStarters, undefined, {
      onSuccess: ({ added }) => {
        void client.invalidateQueries({ queryKey: ['definitions'] });
        showToast(t('sharing.starterAdded', { count: added }));
      },
      onError: showProblem,
    });
  const buttons = mayDefine && (
    <Group gap={8}>
      <Button size="xs" variant="default" loading={addStarters.isPending} onClick={add}>
        {t('sharing.addStarter')}
      </Button>
      <Button size="xs" leftSection={<IconPlus size={15} stroke={1.8} />} onClick={() => setCreating(true)}>
        {t('sharing.new')}
      </Button>
    </Group>
  );
  if (rules.isPending) return <Skeleton height={160} />;
  if (rules.isError) return <ErrorState error={rules.error} onRetry={() => void rules.refetch()} />;
  const rankOf = (key: string) => bodies.data?.get(key)?.rank ?? Number.MAX_SAFE_INTEGER;
  const sorted = rules.data.toSorted((a, b) => rankOf(a.key) - rankOf(b.key));
  return (
    <Stack gap="md">
      <Text fz="sm" maw={760}>
        {t('sharing.intro')}
      </Text>
      {sorted.length === 0 ? (
        <EmptyState title={t('sharing.none')} action={buttons}>
          {t('sharing.noneHelp')}
        </EmptyState>
      ) : (
        <>
          {buttons}
          <Table className={classes.rules} aria-label={t('tab.sharing')}>
            <Table.Thead>
              <Table.Tr>
                <Table.Th>{t('sharing.rule')}</Table.Th>
                <Table.Th>{t('sharing.shown')}</Table.Th>
              </Table.Tr>
            </Table.Thead>
            <Table.Tbody>
              {sorted.map((rule) => (
                <RuleRow
                  key={rule.key}
                  ruleKey={rule.key}
                  name={rule.name}
                  isDraft={rule.draft}
                  isPublished={rule.version > 0}
                  body={bodies.data?.get(rule.key)}
                />
              ))}
            </Table.Tbody>
          </Table>
        </>
      )}
      <Modal
        opened={creating}
        onClose={() => setCreating(false)}
        title={t('sharing.new')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {creating && <NewRule />}
      </Modal>
    </Stack>
  );
}

interface RuleRowProps {
  ruleKey: string;
  name: SharingBody['name'];
  isDraft: boolean;
  isPublished: boolean;
  body: SharingBody | undefined;
}

function RuleRow({ ruleKey, name, isDraft, isPublished, body }: RuleRowProps) {
  const { t } = useTranslation('customer-portal');
  const language = useLanguage();
  const shown = body ? parts.filter((part) => body.shows[part] && body.shows[widens[part] ?? part]) : [];
  return (
    <Table.Tr>
      <Table.Td>
        <Group gap={8}>
          <Link to="/settings/portal/rules/$key" params={{ key: ruleKey }}>
            {name[language]}
          </Link>
          {isDraft && <Badge>{t('sharing.draft')}</Badge>}
        </Group>
      </Table.Td>
      <Table.Td>
        {isPublished ? (
          shown.map((part) => t(`part.${part}`)).join(language === 'ja' ? '、' : ', ') || '–'
        ) : (
          <Text span inherit c="dimmed">
            {t('sharing.unpublished')}
          </Text>
        )}
      </Table.Td>
    </Table.Tr>
  );
}

function NewRule() {
  const { t } = useTranslation('customer-portal');
  const navigate = useNavigate();
  const [name, setName] = useState({ ja: '', en: '' });
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(name.en);
  const { saveDraft } = useDefinitionDeeds<SharingBody>('portal_sharing', key);
  const isReady = key !== '' && name.ja.trim() !== '' && name.en.trim() !== '';
  const create = () =>
    carryOut(saveDraft, newSharing(name), {
      onSuccess: () => void navigate({ to: '/settings/portal/rules/$key', params: { key } }),
    });
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        create();
      }}
    >
      <Stack gap="md">
        <WordsPair label={t('sharing.name')} required value={name} onChange={setName} />
        <TextInput
          label={t('sharing.key')}
          description={t('sharing.keyHelp')}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group justify="flex-end">
          <Button type="submit" disabled={!isReady} loading={saveDraft.isPending}>
            {t('sharing.create')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
