import { Anchor, Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { bodiesQuery, type Definition, definitionQuery, useDefinitionDeeds } from '../../api/definitions';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { ScoreDraftBar } from './ScoreDraftBar';
import { MeasureEditor } from './measure/MeasureEditor';
import classes from './Settings.module.css';
import type { MeasureBody } from './types';
import { useMeasureWords } from './use-measure-words';
import { Versions } from '../../components/definitions/Versions';

const route = getRouteApi('/_shell/settings/measures/$key');

const blank: MeasureBody = {
  key: '',
  name: { en: '', ja: '' },
  source: 'usage',
  aggregate: 'people',
  window_days: 28,
  unit: 'people',
  better: 'higher',
};

/** One measure: what it means, who uses it, its versions, and the editor. */
export function MeasurePage() {
  const { key } = route.useParams();
  return <Page>{key === 'new' ? <NewMeasure /> : <KnownMeasure key={key} name={key} />}</Page>;
}

function Breadcrumb() {
  const { t } = useTranslation('settings');
  return (
    <Anchor component={Link} to="/settings/measures" fz="sm">
      {t('measures.title')}
    </Anchor>
  );
}

function NewMeasure() {
  const { t } = useTranslation('settings');
  const navigate = useNavigate();
  return (
    <>
      <PageHeader title={t('measures.new')} breadcrumb={<Breadcrumb />} />
      <MeasureEditor
        initial={blank}
        isNew
        onSaved={(key) => void navigate({ to: '/settings/measures/$key', params: { key } })}
        onClose={() => void navigate({ to: '/settings/measures' })}
      />
    </>
  );
}

function KnownMeasure({ name }: { name: string }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const [editing, setEditing] = useState(false);
  const measure = useQuery(definitionQuery<MeasureBody>('measure', name));
  if (measure.isPending) return <Skeleton height={240} />;
  if (measure.isError) return <ErrorState error={measure.error} onRetry={() => void measure.refetch()} />;
  const definition = measure.data;
  const body = definition.draft_body ?? definition.body;
  return (
    <>
      <PageHeader
        title={definition.name[language]}
        subtitle={body?.description?.[language]}
        breadcrumb={<Breadcrumb />}
        actions={
          mayDefine &&
          !editing && (
            <>
              <RetireButton definition={definition} />
              <Button onClick={() => setEditing(true)}>{t('measure.edit')}</Button>
            </>
          )
        }
      />
      <Stack gap="lg">
        <ScoreDraftBar definition={definition} isChanged={editing} />
        {editing && body ? (
          <MeasureEditor initial={body} onSaved={() => setEditing(false)} onClose={() => setEditing(false)} />
        ) : (
          body && <Meaning body={body} />
        )}
        <UsedBy definition={definition} />
        <Versions kind="measure" name={name} current={definition.version} />
      </Stack>
    </>
  );
}

function Meaning({ body }: { body: MeasureBody }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const bodies = useQuery(bodiesQuery<MeasureBody>('measure'));
  const { facts } = useMeasureWords((key) => bodies.data?.get(key)?.name[language] ?? key);
  return (
    <section>
      <Title order={2} mb={8}>
        {t('measure.meaning')}
      </Title>
      <dl className={classes.facts}>
        {facts(body).map(({ term, text }) => (
          <div key={term} style={{ display: 'contents' }}>
            <dt>{term}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function UsedBy({ definition }: { definition: Definition<unknown> }) {
  const { t } = useTranslation('settings');
  return (
    <section>
      <Title order={2} mb={8}>
        {t('measure.usedBy')}
      </Title>
      {definition.used_by.length === 0 ? (
        <Text fz="sm" c="dimmed">
          {t('measure.unused')}
        </Text>
      ) : (
        <Group gap={16}>
          {definition.used_by.map(({ kind, key }) => (
            <Anchor
              key={kind + key}
              component={Link}
              to={kind === 'scorecard' ? `/settings/scorecards/${key}` : `/settings/measures/${key}`}
              fz="sm"
            >
              {t(`definitionKind.${kind}`)}: {key}
            </Anchor>
          ))}
        </Group>
      )}
    </section>
  );
}

function RetireButton({ definition }: { definition: Definition<unknown> }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const navigate = useNavigate();
  const { retire } = useDefinitionDeeds(definition.kind, definition.key);
  if (definition.version === 0 || definition.used_by.length > 0) return null;
  const ask = () =>
    confirm({
      title: t('measure.retireTitle', { name: definition.name[language] }),
      children: t('measure.retireDetail'),
      confirmLabel: t('measure.retire'),
      danger: true,
      onConfirm: () =>
        carryOut(retire, '', { onSuccess: () => void navigate({ to: '/settings/measures' }), onError: showProblem }),
    });
  return (
    <Button variant="default" onClick={ask} loading={retire.isPending}>
      {t('measure.retire')}
    </Button>
  );
}
