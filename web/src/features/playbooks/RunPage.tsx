import { Anchor, Button, Group, Skeleton, Stack, Table, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { useQuery } from '@tanstack/react-query';
import { getRouteApi, Link } from '@tanstack/react-router';
import { useMemo, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountLink } from '../../components/rules/AccountLink';
import { ErrorState } from '../../components/ErrorState';
import { InstantText } from '../../components/InstantText';
import { Page } from '../../components/Page';
import { PageHeader } from '../../components/PageHeader';
import { useLanguage } from '../../lib/viewer';
import { SwitchView } from './editor/FlowFields';
import { Outline } from './editor/Outline';
import { GraphView } from './graph/GraphView';
import { runQuery } from './requests';
import { RunDeeds } from './RunDeeds';
import { placeOf } from './made';
import { pathOf } from './run-path';
import { RunStateText } from './RunStateText';
import { withDefaults } from './tidy';
import { Trace } from './Trace';
import type { RunDetail } from './types';
import { useLivePlaybooks } from './use-live-playbooks';
import { useStartWords } from './use-start-words';
import classes from './Playbooks.module.css';

const route = getRouteApi('/_shell/runs/$runId');

/** One run: where it stands in the graph, every decision in words, and what it made. */
export function RunPage() {
  const { runId } = route.useParams();
  useLivePlaybooks();
  const run = useQuery(runQuery(runId));
  return (
    <Page>
      {run.isPending && <Skeleton height={480} />}
      {run.isError && <ErrorState error={run.error} onRetry={() => void run.refetch()} />}
      {run.data && <Detail run={run.data} />}
    </Page>
  );
}

function Detail({ run }: { run: RunDetail }) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const name = run.playbook_name[language];
  return (
    <>
      <PageHeader
        title={t('run.title', { account: run.account_name ?? t('rules:goneAccount'), playbook: name })}
        subtitle={run.why[language]}
        breadcrumb={
          <Group gap={6} fz="sm">
            <Anchor inherit renderRoot={(props) => <Link to="/playbooks" {...props} />}>
              {t('title')}
            </Anchor>
            /
            <Anchor
              inherit
              renderRoot={(props) => (
                <Link to="/playbooks/$key" params={{ key: run.playbook }} search={{ tab: 'runs' }} {...props} />
              )}
            >
              {name}
            </Anchor>
          </Group>
        }
        actions={<RunDeeds run={run} />}
      />
      <Group gap={20} fz="sm" mb="md">
        <RunStateText run={run} />
        <AccountLink id={run.account_id} name={run.account_name} />
        <span>{t('run.startedBy', { by: t(`startedBy.${run.started_by}`) })}</span>
        <InstantText value={run.started_at} />
        <span>{t('compare.version', { version: run.version })}</span>
        {run.published_version > run.version && (
          <Text span inherit c="dimmed">
            {t('run.newer', { version: run.published_version })}
          </Text>
        )}
        {run.parent_run_id !== null && (
          <Anchor
            inherit
            renderRoot={(props) => <Link to="/runs/$runId" params={{ runId: String(run.parent_run_id) }} {...props} />}
          >
            {t('run.parent')}
          </Anchor>
        )}
      </Group>
      <div className={classes.beside}>
        <Picture run={run} />
        <Stack gap="lg" miw={0}>
          <section>
            <Title order={2} mb={4}>
              {t('run.trace')}
            </Title>
            <Trace lines={run.trace} steps={run.body.steps} />
          </section>
        </Stack>
      </div>
      <StepTable run={run} />
    </>
  );
}

function Picture({ run }: { run: RunDetail }) {
  const { t } = useTranslation('playbooks');
  const { view } = route.useSearch();
  const navigate = route.useNavigate();
  const isNarrow = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false });
  const [selected, setSelected] = useState<string | null>(null);
  const { steps, start } = useMemo(() => withDefaults(run.body), [run.body]);
  const decoration = useMemo(() => pathOf(run), [run]);
  const startWords = useStartWords()(start);
  const shown = view ?? (isNarrow ? 'list' : 'graph');
  const picture = {
    steps,
    label: t('run.graph'),
    startWords,
    selected,
    onSelect: setSelected,
    decoration,
  };
  return (
    <div style={{ minWidth: 0 }}>
      <Group mb={8}>
        <SwitchView
          label={t('toolbar.view')}
          values={(['graph', 'list'] as const).map((value) => ({ value, label: t(`toolbar.${value}`) }))}
          value={shown}
          onChange={(next) => void navigate({ search: (before) => ({ ...before, view: next }), replace: true })}
        />
      </Group>
      <div className={classes.picture} data-list={shown === 'list' || undefined}>
        {shown === 'list' ? <Outline {...picture} /> : <GraphView {...picture} />}
      </div>
    </div>
  );
}

function StepTable({ run }: { run: RunDetail }) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  if (run.steps.length === 0) return null;
  return (
    <section style={{ marginTop: 24 }}>
      <Title order={2} mb={4}>
        {t('run.steps')}
      </Title>
      <Table.ScrollContainer minWidth={640} role="region" aria-label={t('run.steps')}>
        <Table>
          <Table.Thead>
            <Table.Tr>
              <Table.Th>{t('column.step')}</Table.Th>
              <Table.Th>{t('column.state')}</Table.Th>
              <Table.Th>{t('column.result')}</Table.Th>
              <Table.Th>{t('column.entered')}</Table.Th>
              <Table.Th>{t('column.left')}</Table.Th>
              <Table.Th ta="right">{t('column.attempts')}</Table.Th>
            </Table.Tr>
          </Table.Thead>
          <Table.Tbody>
            {run.steps.map((step) => (
              <Table.Tr key={`${step.step} ${step.visit}`}>
                <Table.Td>
                  {step.name[language]}
                  <Text fz="xs" c="dimmed">
                    {t(`kind.${step.kind}`)}
                  </Text>
                </Table.Td>
                <Table.Td>{t(`stepState.${step.state}`)}</Table.Td>
                <Table.Td>
                  <Made step={step} />
                  {step.words?.[language]}
                  {step.error && (
                    <Text fz="xs" c="red">
                      {step.error[language]}
                    </Text>
                  )}
                </Table.Td>
                <Table.Td>
                  <InstantText value={step.entered_at} />
                </Table.Td>
                <Table.Td>{step.left_at ? <InstantText value={step.left_at} /> : '–'}</Table.Td>
                <Table.Td ta="right">{step.attempts}</Table.Td>
              </Table.Tr>
            ))}
          </Table.Tbody>
        </Table>
      </Table.ScrollContainer>
    </section>
  );
}

/** A link to what the step made, where there is a page for it. */
function Made({ step }: { step: RunDetail['steps'][number] }) {
  const { t } = useTranslation('playbooks');
  const place = placeOf(step.kind, step.reference);
  if (!place) return null;
  return (
    <Button size="compact-xs" variant="subtle" renderRoot={(props) => <Link {...place.to} {...props} />}>
      {t(`run.made.${place.what}`)}
    </Button>
  );
}
