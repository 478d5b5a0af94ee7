import { Anchor, Button, Group, Skeleton, Stack, Text, TextInput } from '@mantine/core';
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, useDefinitionDeeds, type Definition, type DefinitionKind } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { DraftBar } from '../../components/definitions/DraftBar';
import { Versions } from '../../components/definitions/Versions';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { asKey, keyFrom } from '../../lib/key';
import type { TwoLanguages } from '../../lib/language';
import { useLanguage, useMayDefine } from '../../lib/viewer';

export interface FormProps<Body> {
  definitionKey: string;
  body: Body;
  onChange: (body: Body) => void;
  readOnly: boolean;
}

interface DefinitionPageProps<Body> {
  kind: Extract<DefinitionKind, 'engagement_model' | 'assignment_rule'>;
  /** Absent for a new one. */
  definitionKey: string | undefined;
  empty: Body;
  form: (props: FormProps<Body>) => ReactNode;
}

const tabOf = { engagement_model: 'models', assignment_rule: 'assignment' } as const;

/** An engagement model or an assignment rule: edited as a draft, published, with its versions. */
export function DefinitionPage<Body extends { name: TwoLanguages }>(props: DefinitionPageProps<Body>) {
  return <Page>{props.definitionKey === undefined ? <NewOne {...props} /> : <Known {...props} />}</Page>;
}

function Breadcrumb({ kind }: { kind: DefinitionPageProps<never>['kind'] }) {
  const { t } = useTranslation('org');
  return (
    <Anchor
      fz="sm"
      w="fit-content"
      renderRoot={(props) => <Link to="/teams" search={{ tab: tabOf[kind] }} {...props} />}
    >
      {t(`tab.${tabOf[kind]}`)}
    </Anchor>
  );
}

function NewOne<Body extends { name: TwoLanguages }>({ kind, empty, form }: DefinitionPageProps<Body>) {
  const { t } = useTranslation('org');
  const navigate = useNavigate();
  const client = useQueryClient();
  const [body, setBody] = useState(empty);
  const [ownKey, setOwnKey] = useState<string>();
  const key = ownKey ?? keyFrom(body.name.en);
  const { saveDraft } = useDefinitionDeeds<Body>(kind, key);
  const isReady = key !== '' && body.name.ja.trim() !== '' && body.name.en.trim() !== '';
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['org'] });
        showToast(t('created'));
        void navigate({
          to: kind === 'engagement_model' ? '/teams/models/$key' : '/teams/rules/$key',
          params: { key },
        });
      },
    });
  return (
    <>
      <PageHeader title={t(`${kind}.new`)} subtitle={t(`${kind}.newHelp`)} breadcrumb={<Breadcrumb kind={kind} />} />
      <Stack gap="md">
        {form({ definitionKey: key, body, onChange: setBody, readOnly: false })}
        <TextInput
          label={t('key')}
          description={t('keyHelp')}
          maw={360}
          maxLength={64}
          value={key}
          onChange={(event) => setOwnKey(asKey(event.currentTarget.value))}
        />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        <Group>
          <Button onClick={save} disabled={!isReady} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
        </Group>
      </Stack>
    </>
  );
}

function Known<Body extends { name: TwoLanguages }>({ kind, definitionKey = '', form }: DefinitionPageProps<Body>) {
  const language = useLanguage();
  const definition = useQuery(definitionQuery<Body>(kind, definitionKey));
  if (definition.isPending) return <Skeleton height={320} />;
  if (definition.isError) return <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />;
  return (
    <>
      <PageHeader title={definition.data.name[language] || definitionKey} breadcrumb={<Breadcrumb kind={kind} />} />
      <Editor
        key={`${definition.data.updated_at} ${definition.data.draft}`}
        kind={kind}
        definition={definition.data}
        form={form}
      />
    </>
  );
}

interface EditorProps<Body> {
  kind: DefinitionPageProps<Body>['kind'];
  definition: Definition<Body>;
  form: DefinitionPageProps<Body>['form'];
}

function Editor<Body extends { name: TwoLanguages }>({ kind, definition, form }: EditorProps<Body>) {
  const { t } = useTranslation('org');
  const mayDefine = useMayDefine();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const { saveDraft } = useDefinitionDeeds<Body>(kind, definition.key);
  const client = useQueryClient();
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(saved) !== JSON.stringify(body);
  const save = () =>
    carryOut(saveDraft, body, {
      onSuccess: () => {
        void client.invalidateQueries({ queryKey: ['org'] });
        showToast(t('saved'));
      },
    });
  return (
    <Stack gap="lg">
      <DraftBar definition={definition} isChanged={isChanged} />
      {saveDraft.isError && <ErrorState error={saveDraft.error} />}
      {form({ definitionKey: definition.key, body, onChange: setBody, readOnly: !mayDefine })}
      {mayDefine && (
        <Group gap={8}>
          <Button onClick={save} disabled={!isChanged} loading={saveDraft.isPending}>
            {t('save')}
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setBody(saved)}>
              {t('revert')}
            </Button>
          )}
        </Group>
      )}
      <Versions kind={kind} name={definition.key} current={definition.version} />
      {mayDefine && definition.version > 0 && <Retire kind={kind} definition={definition} />}
    </Stack>
  );
}

function Retire<Body>({ kind, definition }: Pick<EditorProps<Body>, 'kind' | 'definition'>) {
  const { t } = useTranslation('org');
  const navigate = useNavigate();
  const client = useQueryClient();
  const { retire } = useDefinitionDeeds<Body>(kind, definition.key);
  const ask = () =>
    confirm({
      title: t('retire.title'),
      children: t(`${kind}.retireDetail`),
      confirmLabel: t('retire.confirm'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', {
          onSuccess: () => {
            void client.invalidateQueries({ queryKey: ['org'] });
            showToast(t('retire.done'));
            void navigate({ to: '/teams', search: { tab: tabOf[kind] } });
          },
          onError: showProblem,
        }),
    });
  return (
    <div>
      <Button size="xs" variant="default" c="var(--mantine-color-error)" onClick={ask}>
        {t('retire.confirm')}
      </Button>
      <Text fz="xs" c="dimmed" mt={4}>
        {t('retire.help')}
      </Text>
    </div>
  );
}
