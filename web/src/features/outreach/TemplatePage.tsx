import { Anchor, Button, Group, Skeleton, Stack } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, useDefinitionDeeds, type Definition } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { Preview } from './Preview';
import type { TemplateBody, TemplateKind } from './requests';
import { TemplateForm } from './TemplateForm';

const route = getRouteApi('/_shell/outreach/$kind/$key');

/** One template or survey: edited as a draft, looked at as a contact would see it, published; and its versions. */
export function TemplatePage() {
  const { kind: word, key } = route.useParams();
  const kind: TemplateKind = word === 'survey' ? 'survey' : 'mail_template';
  const definition = useQuery(definitionQuery<TemplateBody>(kind, key));
  return (
    <Page>
      {definition.isPending && <Skeleton height={320} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && (
        <Detail
          key={`${definition.data.updated_at} ${definition.data.draft}`}
          kind={kind}
          definition={definition.data}
        />
      )}
    </Page>
  );
}

function Detail({ kind, definition }: { kind: TemplateKind; definition: Definition<TemplateBody> }) {
  const { t } = useTranslation('outreach');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const client = useQueryClient();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<TemplateBody>(kind, definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        showToast(t('savedDraft'));
        void client.invalidateQueries({ queryKey: ['outreach', 'templates'] });
      },
    });
  return (
    <>
      <PageHeader
        title={definition.name[language]}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/outreach" {...props} />}>
            {t('title')}
          </Anchor>
        }
      />
      <Stack gap="lg">
        <DraftBar definition={definition} isChanged={isChanged} />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <TemplateForm kind={kind} body={body} onChange={setBody} readOnly={!mayDefine} />
        {mayDefine && (
          <Group gap={8}>
            <Button onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
              {t('saveDraft')}
            </Button>
            {definition.version > 0 && !definition.retired && <Retire kind={kind} definition={definition} />}
          </Group>
        )}
        <Preview kind={kind} body={body} />
        <Versions kind={kind} name={definition.key} current={definition.version} />
      </Stack>
    </>
  );
}

/** Mails that are ordered already still go out, with the version that they were ordered with. */
function Retire({ kind, definition }: { kind: TemplateKind; definition: Definition<TemplateBody> }) {
  const { t } = useTranslation('outreach');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds<TemplateBody>(kind, definition.key);
  const users = definition.used_by.length;
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: users > 0 ? t('retire.used', { count: users }) : t('retire.detail'),
      confirmLabel: t('retire.deed'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            showToast(t('retire.done'));
            void client.invalidateQueries({ queryKey: ['outreach', 'templates'] });
            void navigate({ to: '/outreach' });
          },
          onError: showProblem,
        }),
    });
  return (
    <Button variant="default" onClick={ask} loading={retire.isPending}>
      {t('retire.deed')}
    </Button>
  );
}
