import { Anchor, Button, Group, Skeleton, Stack, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage } from '../../lib/viewer';
import { bodiesQuery, definitionQuery, useDefinitionDeeds } from './definitions';
import { DraftBar } from './DraftBar';
import { LevelsEditor } from './LevelsEditor';
import { ScorecardGroupBox } from './ScorecardGroupBox';
import { ScorecardPreview } from './ScorecardPreview';
import type { Definition, ScorecardBody, ScorecardGroup } from './types';
import { useMayDefine } from './use-role';
import { Versions } from './Versions';

const route = getRouteApi('/_shell/settings/scorecards/$key');

/** One scorecard: weights, curves and levels, what a change would do, and its versions. */
export function ScorecardPage() {
  const { key } = route.useParams();
  const scorecard = useQuery(definitionQuery('scorecard', key));
  return (
    <Page>
      {scorecard.isPending && <Skeleton height={400} />}
      {scorecard.isError && <ErrorState error={scorecard.error} onRetry={() => void scorecard.refetch()} />}
      {scorecard.data && (
        <Workbench key={`${key} ${scorecard.data.updated_at} ${scorecard.data.draft}`} definition={scorecard.data} />
      )}
    </Page>
  );
}

function Workbench({ definition }: { definition: Definition<ScorecardBody> }) {
  const { t } = useTranslation('settings');
  const language = useLanguage();
  const mayDefine = useMayDefine();
  const saved = definition.draft_body ?? definition.body;
  const [body, setBody] = useState(saved);
  const bodies = useQuery(bodiesQuery('measure'));
  const { saveDraft } = useDefinitionDeeds('scorecard', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(body) !== JSON.stringify(saved);
  const groupWeights = body.groups.map(({ weight }) => weight);
  const setGroup = (at: number, group: ScorecardGroup) =>
    setBody({ ...body, groups: body.groups.map((other, index) => (index === at ? group : other)) });
  const save = () => carryOut(saveDraft, body, { onSuccess: () => showToast(t('draft.saved')) });
  return (
    <>
      <PageHeader
        title={definition.name[language]}
        subtitle={body.description?.[language]}
        breadcrumb={
          <Anchor component={Link} to="/settings/scorecards" fz="sm">
            {t('scorecards.title')}
          </Anchor>
        }
        actions={
          mayDefine &&
          isChanged && (
            <>
              <Button variant="default" onClick={() => setBody(saved)}>
                {t('scorecard.revert')}
              </Button>
              <Button onClick={save} loading={saveDraft.isPending}>
                {t('draft.save')}
              </Button>
            </>
          )
        }
      />
      <Stack gap="lg">
        <DraftBar definition={definition} isChanged={isChanged} />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        {mayDefine && <ScorecardPreview body={body} isDraft={isChanged || definition.draft} />}
        <section>
          <Group mb={8}>
            <Title order={2}>{t('scorecard.groups')}</Title>
          </Group>
          <Stack gap="md">
            {body.groups.map((group, index) => (
              <ScorecardGroupBox
                key={group.key}
                group={group}
                groupWeights={groupWeights}
                measures={bodies.data}
                onChange={mayDefine ? (next) => setGroup(index, next) : undefined}
              />
            ))}
          </Stack>
        </section>
        <LevelsEditor
          levels={body.levels}
          onChange={mayDefine ? (levels) => setBody({ ...body, levels }) : undefined}
        />
        <Versions kind="scorecard" name={definition.key} current={definition.version} />
      </Stack>
    </>
  );
}
