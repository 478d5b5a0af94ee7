import { Anchor, Button, Skeleton, Stack, Title } from '@mantine/core';
import { IconFolderPlus } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Definition, definitionQuery, useDefinitionDeeds } from '../../api/definitions';
import { isProblem } from '../../api/problem';
import { ErrorState } from '../../components/ErrorState';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useLanguage, useMayDefine } from '../../lib/viewer';
import { useMeasures } from './definitions';
import { ScoreDraftBar } from './ScoreDraftBar';
import { EditingProvider } from './scorecard/editing';
import { Faults } from './scorecard/Faults';
import { ForcedLevels } from './scorecard/ForcedLevels';
import { GroupBox } from './scorecard/GroupBox';
import { LevelsEditor } from './scorecard/LevelsEditor';
import { newGroup } from './scorecard/new-group';
import { startingWeight } from './scorecard/new-item';
import { ReorderProvider } from './scorecard/reorder';
import { ScorecardMenu } from './scorecard/ScorecardMenu';
import { ScorecardPreview } from './scorecard/ScorecardPreview';
import { Scope } from './scorecard/Scope';
import { addGroup, allGroups } from './scorecard/tree';
import type { ScorecardBody } from './types';
import { Versions } from '../../components/definitions/Versions';

const route = getRouteApi('/_shell/settings/scorecards/$key');

/** One scorecard: groups, measures, curves and levels, what a change would do, and its versions. */
export function ScorecardPage() {
  const { key } = route.useParams();
  const scorecard = useQuery(definitionQuery<ScorecardBody>('scorecard', key));
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
  const measures = useMeasures();
  const { saveDraft } = useDefinitionDeeds<ScorecardBody>('scorecard', definition.key);
  if (!body || !saved) return null;
  const isChanged = JSON.stringify(body) !== JSON.stringify(saved);
  const change = mayDefine ? (part: Partial<ScorecardBody>) => setBody((now) => now && { ...now, ...part }) : undefined;
  const faults = isProblem(saveDraft.error) ? (saveDraft.error.details.errors ?? []) : [];
  const save = () => carryOut(saveDraft, body, { onSuccess: () => showToast(t('draft.saved')) });
  return (
    <EditingProvider value={{ body, measures, change, faults }}>
      <PageHeader
        title={body.name[language] || definition.key}
        subtitle={body.description?.[language]}
        breadcrumb={
          <Anchor component={Link} to="/settings/scorecards" fz="sm">
            {t('scorecards.title')}
          </Anchor>
        }
        actions={
          mayDefine && (
            <>
              {isChanged && (
                <>
                  <Button variant="default" onClick={() => setBody(saved)}>
                    {t('scorecard.revert')}
                  </Button>
                  <Button onClick={save} loading={saveDraft.isPending}>
                    {t('draft.save')}
                  </Button>
                </>
              )}
              <ScorecardMenu definition={definition} body={body} />
            </>
          )
        }
      />
      <Stack gap="lg">
        <ScoreDraftBar definition={definition} isChanged={isChanged} />
        {saveDraft.isError && <ErrorState error={saveDraft.error} />}
        {mayDefine && <ScorecardPreview body={body} isDraft={isChanged || definition.draft} />}
        <Groups body={body} change={change} />
        <LevelsEditor />
        <ForcedLevels />
        <Scope />
        <Versions kind="scorecard" name={definition.key} current={definition.version} />
      </Stack>
    </EditingProvider>
  );
}

function Groups({ body, change }: { body: ScorecardBody; change?: (part: Partial<ScorecardBody>) => void }) {
  const { t } = useTranslation('settings');
  const { groups } = body;
  const weights = groups.map(({ weight }) => weight);
  const boxes = groups.map((group, index) => (
    <GroupBox key={group.key} group={group} path={[index]} siblingWeights={weights} parentShare={1} />
  ));
  const add = () => {
    const keys = allGroups(groups).map(({ group: { key } }) => key);
    change?.({ groups: addGroup(groups, [], newGroup(keys, startingWeight({ measures: [], groups }))) });
  };
  return (
    <section>
      <Title order={2} mb={8}>
        {t('scorecard.groups')}
      </Title>
      <Faults path="groups" ownOnly />
      <Stack gap="md">
        {change ? (
          <ReorderProvider groups={groups} onChange={(next) => change({ groups: next })}>
            <Stack gap="md">{boxes}</Stack>
          </ReorderProvider>
        ) : (
          boxes
        )}
        {change && (
          <Button
            style={{ alignSelf: 'flex-start' }}
            size="xs"
            variant="default"
            leftSection={<IconFolderPlus size={14} aria-hidden />}
            onClick={add}
          >
            {t('group.add')}
          </Button>
        )}
      </Stack>
    </section>
  );
}
