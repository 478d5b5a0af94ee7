import { Anchor, Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, useDefinitionDeeds, type Definition } from '../../../api/definitions';
import { confirm } from '../../../components/confirm';
import { DraftBar } from '../../../components/definitions/DraftBar';
import { Versions } from '../../../components/definitions/Versions';
import { ErrorState } from '../../../components/ErrorState';
import { Page } from '../../../components/Page';
import { PageHeader } from '../../../components/PageHeader';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../../lib/viewer';
import { ActionsTab } from '../actions/ActionsTab';
import { applied } from '../edit';
import { dayZero, EditingProvider, type Editing } from '../editing';
import { GoalsTab } from '../goals/GoalsTab';
import { ItemPanel } from '../panel/ItemPanel';
import { Risks } from '../RisksTab';
import { planDocumentOf, templateDocumentOf, type TemplateBody } from './body';
import { TemplateHead } from './TemplateHead';

const route = getRouteApi('/_shell/plans/templates/$key');

/** One template: for which accounts, and the plan that it makes, with days counted from its start. */
export function TemplatePage() {
  const { key } = route.useParams();
  const definition = useQuery(definitionQuery<TemplateBody>('plan_template', key));
  return (
    <Page>
      {definition.isPending && <Skeleton height={420} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && (
        <Editor key={`${definition.data.updated_at} ${definition.data.draft}`} definition={definition.data} />
      )}
    </Page>
  );
}

function Editor({ definition }: { definition: Definition<TemplateBody> }) {
  const { t } = useTranslation('plans');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<TemplateBody>('plan_template', definition.key);
  const document = useMemo(() => (body ? planDocumentOf(body.document) : null), [body]);
  const editing = useMemo<Editing | null>(
    () =>
      document && {
        document,
        change: (operations, _told, onDone) => {
          setBody((now) =>
            now ? { ...now, document: templateDocumentOf(applied(planDocumentOf(now.document), operations)) } : now,
          );
          onDone?.();
        },
        mayEdit: mayDefine,
        isBusy: false,
        plan: null,
        today: dayZero,
        people: [],
        contacts: [],
      },
    [document, mayDefine],
  );
  if (!body || !saved || !editing) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const change = (fields: Partial<TemplateBody>) => setBody({ ...body, ...fields });
  const save = () =>
    carryOut(saveDraft, body, { onSuccess: () => showToast(t('templates.saved')), onError: showProblem });
  return (
    <EditingProvider value={editing}>
      <PageHeader
        title={body.name[language]}
        subtitle={t('templates.editorHelp')}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/plans/templates" {...props} />}>
            {t('templates.title')}
          </Anchor>
        }
        actions={
          mayDefine && (
            <>
              {isChanged && (
                <Button variant="default" onClick={() => setBody(saved)}>
                  {t('revert')}
                </Button>
              )}
              <Button onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
                {t('templates.save')}
              </Button>
            </>
          )
        }
      />
      <Stack gap="xl">
        <DraftBar definition={definition} isChanged={isChanged} />
        <TemplateHead body={body} onChange={change} readOnly={!mayDefine} />
        <section aria-label={t('tab.goals')}>
          <Title order={2} mb={8}>
            {t('tab.goals')}
          </Title>
          <GoalsTab />
        </section>
        <section aria-label={t('tab.actions')}>
          <Title order={2} mb={8}>
            {t('tab.actions')}
          </Title>
          <ActionsTab />
        </section>
        <Risks />
        <Versions kind="plan_template" name={definition.key} current={definition.version} />
        {mayDefine && definition.version > 0 && <Retire templateKey={definition.key} />}
      </Stack>
      <ItemPanel deeds={null} />
    </EditingProvider>
  );
}

function Retire({ templateKey }: { templateKey: string }) {
  const { t } = useTranslation('plans');
  const navigate = useNavigate();
  const { retire } = useDefinitionDeeds<TemplateBody>('plan_template', templateKey);
  const ask = () =>
    confirm({
      title: t('templates.retireTitle'),
      children: t('templates.retireHelp'),
      confirmLabel: t('templates.retire'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            showToast(t('templates.retired'));
            void navigate({ to: '/plans/templates' });
          },
          onError: showProblem,
        }),
    });
  return (
    <Group>
      <Button size="xs" variant="default" color="red" onClick={ask}>
        {t('templates.retire')}
      </Button>
    </Group>
  );
}
