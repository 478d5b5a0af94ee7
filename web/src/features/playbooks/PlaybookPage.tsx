import { Anchor, Button, Group, Skeleton, Stack, Tabs } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { definitionQuery, type Definition } from '../../api/definitions';
import { ErrorState } from '../../components/ErrorState';
import { Figure } from '../../components/Figure';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useFormat, useLanguage, useMayEdit } from '../../lib/viewer';
import { PlaybookEditor } from './editor/PlaybookEditor';
import type { PlaybookBody } from './playbook';
import { PlaybookRuns } from './PlaybookRuns';
import { playbookQuery } from './requests';
import { playbookTabs } from './search';
import { StartDialog } from './StartDialog';
import type { PlaybookDetail } from './types';
import { useLivePlaybooks } from './use-live-playbooks';
import { VersionsTab } from './VersionsTab';
import { WhyDialog } from './WhyDialog';
import classes from './Playbooks.module.css';

const route = getRouteApi('/_shell/playbooks/$key');

/** One playbook: drawn, with its runs, and its versions. */
export function PlaybookPage() {
  const { key } = route.useParams();
  useLivePlaybooks();
  const definition = useQuery(definitionQuery<Partial<PlaybookBody>>('playbook', key));
  const playbook = useQuery(playbookQuery(key));
  return (
    <Page>
      {definition.isPending && <Skeleton height={480} />}
      {definition.isError && <ErrorState error={definition.error} onRetry={() => void definition.refetch()} />}
      {definition.data && <Detail definition={definition.data} playbook={playbook.data} />}
    </Page>
  );
}

interface DetailProps {
  definition: Definition<Partial<PlaybookBody>>;
  playbook: PlaybookDetail | undefined;
}

function Detail({ definition, playbook }: DetailProps) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const mayEdit = useMayEdit();
  const navigate = route.useNavigate();
  const { tab = 'design', view } = route.useSearch();
  const [isStarting, setStarting] = useState(false);
  const [asksWhy, setAsksWhy] = useState(false);
  return (
    <>
      <PageHeader
        title={definition.name[language] || definition.key}
        subtitle={playbook?.description[language]}
        breadcrumb={
          <Anchor fz="sm" w="fit-content" renderRoot={(props) => <Link to="/playbooks" {...props} />}>
            {t('title')}
          </Anchor>
        }
        actions={
          definition.version > 0 && (
            <Group gap={8}>
              <Button variant="default" onClick={() => setAsksWhy(true)}>
                {t('why.open')}
              </Button>
              {mayEdit && (
                <Button variant="default" onClick={() => setStarting(true)}>
                  {t('startRun.open')}
                </Button>
              )}
            </Group>
          )
        }
      />
      <WhyDialog playbookKey={definition.key} isOpen={asksWhy} onClose={() => setAsksWhy(false)} />
      <StartDialog playbookKey={definition.key} isOpen={isStarting} onClose={() => setStarting(false)} />
      <Stack gap="md">
        {definition.version > 0 && playbook && <Figures playbook={playbook} />}
        <Tabs
          value={tab}
          keepMounted={false}
          onChange={(next) =>
            void navigate({
              search: (before) => ({ ...before, tab: playbookTabs.find((each) => each === next) }),
              replace: true,
            })
          }
        >
          <Tabs.List mb="sm">
            {playbookTabs.map((each) => (
              <Tabs.Tab key={each} value={each}>
                {t(`tab.${each}`)}
              </Tabs.Tab>
            ))}
          </Tabs.List>
          <Tabs.Panel value="design">
            <PlaybookEditor
              key={`${definition.updated_at} ${definition.draft}`}
              definition={definition}
              view={view}
              onView={(next) => void navigate({ search: (before) => ({ ...before, view: next }), replace: true })}
            />
          </Tabs.Panel>
          <Tabs.Panel value="runs">
            <PlaybookRuns playbookKey={definition.key} playbook={playbook} />
          </Tabs.Panel>
          <Tabs.Panel value="versions">
            <VersionsTab definition={definition} />
          </Tabs.Panel>
        </Tabs>
      </Stack>
    </>
  );
}

function Figures({ playbook }: { playbook: PlaybookDetail }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const { counts } = playbook;
  return (
    <div className={classes.figures}>
      <Figure label={t('column.live')} value={format.number(counts.live)} definition={t('columnHelp.live')} />
      <Figure label={t('column.started')} value={format.number(counts.started_30d)} />
      <Figure
        label={t('column.goalRate')}
        value={format.percent(counts.goal_rate, 0)}
        definition={t('columnHelp.goalRate')}
      />
      {playbook.holdout_percent > 0 && (
        <Figure
          label={t('column.holdoutGoalRate')}
          value={format.percent(counts.holdout_goal_rate, 0)}
          definition={t('columnHelp.holdoutGoalRate')}
        />
      )}
      <Figure label={t('runState.done')} value={format.number(counts.done)} />
      <Figure label={t('runState.exited')} value={format.number(counts.exited)} />
      <Figure label={t('column.failed')} value={format.number(counts.failed)} definition={t('columnHelp.failed')} />
    </div>
  );
}
