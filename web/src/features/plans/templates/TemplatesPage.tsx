import { Anchor, Button, Group, Modal, Skeleton, Stack, Text, TextInput, Title } from '@mantine/core';
import { IconPlus } from '@tabler/icons-react';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionsQuery, useDefinitionDeeds } from '../../../api/definitions';
import { sendJson } from '../../../api/json';
import { noWords, planTemplatesQuery, plansKey, type PlanTemplates } from '../../../api/plans';
import { EmptyState } from '../../../components/EmptyState';
import { ErrorState } from '../../../components/ErrorState';
import { Page } from '../../../components/Page';
import { PageHeader } from '../../../components/PageHeader';
import { showProblem, showToast } from '../../../components/toast';
import { WordsPair } from '../../../components/WordsPair';
import { carryOut } from '../../../lib/carry-out';
import { asKey, keyFrom } from '../../../lib/key';
import { useFormat, useLanguage, useMayDefine } from '../../../lib/viewer';
import { isNamed } from '../edit';
import classes from '../Plans.module.css';
import { emptyTemplate, type TemplateBody } from './body';

/** Templates that are in use, drafts, and the usual ones that can be taken over. */
export function TemplatesPage() {
  const { t } = useTranslation('plans');
  const mayDefine = useMayDefine();
  const templates = useQuery(planTemplatesQuery());
  const [creating, setCreating] = useState(false);
  return (
    <Page>
      <PageHeader
        title={t('templates.title')}
        subtitle={t('templates.intro')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/plans" {...props} />}>
            {t('title')}
          </Anchor>
        }
        actions={
          mayDefine && (
            <Button leftSection={<IconPlus size={15} aria-hidden />} onClick={() => setCreating(true)}>
              {t('templates.new')}
            </Button>
          )
        }
      />
      {templates.isPending && <Skeleton height={320} />}
      {templates.isError && <ErrorState error={templates.error} onRetry={() => void templates.refetch()} />}
      {templates.data && (
        <Stack gap="xl">
          <Published items={templates.data.items} />
          <Drafts published={templates.data.items} />
          <Starters items={templates.data.starters} />
        </Stack>
      )}
      <Modal
        opened={creating}
        onClose={() => setCreating(false)}
        title={t('templates.new')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {creating && <NewTemplate onClose={() => setCreating(false)} />}
      </Modal>
    </Page>
  );
}

function Published({ items }: { items: PlanTemplates['items'] }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const format = useFormat();
  if (items.length === 0) return <EmptyState title={t('templates.empty')}>{t('templates.emptyHelp')}</EmptyState>;
  return (
    <ul className={classes.lines} data-stacked aria-label={t('templates.title')}>
      {items.map(({ key, name, goals, actions, plans }) => (
        <li key={key}>
          <Anchor fw={550} renderRoot={(props) => <Link to="/plans/templates/$key" params={{ key }} {...props} />}>
            {name[language]}
          </Anchor>
          <Text span fz="sm" c="dimmed">
            {t('templates.counts', {
              goals: format.number(goals),
              actions: format.number(actions),
              plans: format.number(plans),
            })}
          </Text>
        </li>
      ))}
    </ul>
  );
}

function Drafts({ published }: { published: PlanTemplates['items'] }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const { data } = useQuery(definitionsQuery('plan_template'));
  const drafts = data?.filter(({ key }) => !published.some((template) => template.key === key)) ?? [];
  if (drafts.length === 0) return null;
  return (
    <section aria-label={t('templates.drafts')}>
      <Title order={2} mb={6}>
        {t('templates.drafts')}
      </Title>
      <ul className={classes.lines}>
        {drafts.map(({ key, name }) => (
          <li key={key}>
            <Anchor renderRoot={(props) => <Link to="/plans/templates/$key" params={{ key }} {...props} />}>
              {name[language]}
            </Anchor>
          </li>
        ))}
      </ul>
    </section>
  );
}

function Starters({ items }: { items: PlanTemplates['starters'] }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  if (items.length === 0) return null;
  return (
    <section aria-label={t('templates.starters')}>
      <Title order={2} mb={8}>
        {t('templates.starters')}
      </Title>
      <div className={classes.gallery}>
        {items.map(({ key, name, description, is_there }) => (
          <article key={key} className={classes.card} aria-label={name[language]}>
            <Title order={3}>{name[language]}</Title>
            <Text fz="sm" className="phrases">
              {description[language]}
            </Text>
            <Group mt="auto">
              {is_there ? (
                <Anchor fz="sm" renderRoot={(props) => <Link to="/plans/templates/$key" params={{ key }} {...props} />}>
                  {t('templates.there')}
                </Anchor>
              ) : (
                mayDefine && <AddStarter starterKey={key} />
              )}
            </Group>
          </article>
        ))}
      </div>
    </section>
  );
}

function AddStarter({ starterKey }: { starterKey: string }) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const client = useQueryClient();
  const add = useMutation({
    mutationFn: () => sendJson<{ added: string[] }>('POST', '/api/plans/templates', { keys: [starterKey] }),
    onSuccess: () =>
      Promise.all([
        client.invalidateQueries({ queryKey: plansKey }),
        client.invalidateQueries({ queryKey: ['definitions'] }),
      ]),
  });
  const run = () =>
    carryOut(add, undefined, {
      onSuccess: () => {
        showToast(t('templates.added'));
        void navigate({ to: '/plans/templates/$key', params: { key: starterKey } });
      },
      onError: showProblem,
    });
  return (
    <Button size="xs" variant="default" onClick={run} loading={add.isPending}>
      {t('templates.add')}
    </Button>
  );
}

function NewTemplate({ onClose }: { onClose: () => void }) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const [name, setName] = useState(noWords);
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(name.en);
  const { saveDraft } = useDefinitionDeeds<TemplateBody>('plan_template', key);
  const both = { ja: name.ja || name.en, en: name.en || name.ja };
  const save = () =>
    carryOut(saveDraft, emptyTemplate(both), {
      onSuccess: () => void navigate({ to: '/plans/templates/$key', params: { key } }),
    });
  return (
    <Stack gap="md">
      <WordsPair label={t('field.name')} required maxLength={100} value={name} onChange={setName} />
      <TextInput
        label={t('templates.key')}
        description={t('templates.keyHelp')}
        maxLength={64}
        value={key}
        onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
      />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button onClick={save} disabled={!isNamed(name) || key === ''} loading={saveDraft.isPending}>
          {t('templates.create')}
        </Button>
      </Group>
    </Stack>
  );
}
