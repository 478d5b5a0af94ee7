import { Button, CloseButton, Group, Stack, Text } from '@mantine/core';
import { getRouteApi } from '@tanstack/react-router';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem, showToast } from '../../components/toast';
import { confirm } from '../../components/confirm';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayEdit } from '../../lib/viewer';
import type { Decoration } from './graph/decoration';
import { GraphView } from './graph/GraphView';
import { findStep } from './graph/edit';
import { usePlaybookDeeds } from './requests';
import { RunTable } from './RunTable';
import { withDefaults } from './tidy';
import type { PlaybookDetail } from './types';
import { useStartWords } from './use-start-words';
import { useStepName } from './use-step-words';
import classes from './Playbooks.module.css';

const route = getRouteApi('/_shell/playbooks/$key');

interface PlaybookRunsProps {
  playbookKey: string;
  playbook: PlaybookDetail | undefined;
}

/** Where the live runs stand in the graph, and all runs as a list; a step narrows the list to those at it. */
export function PlaybookRuns({ playbookKey, playbook }: PlaybookRunsProps) {
  const { t } = useTranslation('playbooks');
  const { state, step } = route.useSearch();
  const navigate = route.useNavigate();
  const nameOf = useStepName();
  const chosen = playbook && findStep(withDefaults(playbook.body).steps, step);
  const choose = (next: string | undefined) =>
    void navigate({ search: (before) => ({ ...before, step: next }), replace: true });
  return (
    <Stack gap="md">
      {playbook && playbook.counts.live > 0 && <LiveGraph playbook={playbook} step={step} onStep={choose} />}
      {playbook && <OlderVersions playbook={playbook} />}
      <RunTable
        playbook={playbookKey}
        step={step}
        state={state ?? 'live'}
        onState={(next) => void navigate({ search: (before) => ({ ...before, state: next }), replace: true })}
        toolbar={
          chosen && (
            <Group gap={4} fz="sm">
              {t('runs.atStep', { name: nameOf(chosen) })}
              <CloseButton size="xs" aria-label={t('runs.allSteps')} onClick={() => choose(undefined)} />
            </Group>
          )
        }
      />
    </Stack>
  );
}

interface LiveGraphProps {
  playbook: PlaybookDetail;
  step: string | undefined;
  onStep: (step: string | undefined) => void;
}

function LiveGraph({ playbook, step, onStep }: LiveGraphProps) {
  const { t } = useTranslation('playbooks');
  const language = useLanguage();
  const startWords = useStartWords();
  const { steps, start } = useMemo(() => withDefaults(playbook.body), [playbook.body]);
  const current = playbook.versions.find(({ version }) => version === playbook.version);
  const decoration = useMemo<Decoration>(
    () => ({
      counts: new Map(current?.steps.map((each) => [each.step, each.live])),
      failed: new Map(current?.steps.map((each) => [each.step, each.failed])),
    }),
    [current],
  );
  return (
    <div className={classes.picture} style={{ height: 420 }}>
      <GraphView
        steps={steps}
        label={t('runs.graph', { name: playbook.name[language] })}
        startWords={startWords(start)}
        selected={step ?? null}
        onSelect={(id) => onStep(id !== null && findStep(steps, id) ? id : undefined)}
        decoration={decoration}
      />
    </div>
  );
}

/** Runs keep the version they began with until somebody moves them. */
function OlderVersions({ playbook }: { playbook: PlaybookDetail }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const mayEdit = useMayEdit();
  const language = useLanguage();
  const { moveAll } = usePlaybookDeeds();
  const older = playbook.versions.filter(({ version }) => version < playbook.version);
  const count = older.reduce((sum, { live }) => sum + live, 0);
  if (count === 0) return null;
  const ask = () =>
    confirm({
      title: t('moveAll.title'),
      children: t('moveAll.detail', { version: playbook.version }),
      confirmLabel: t('moveAll.confirm'),
      onConfirm: () =>
        carryOut(moveAll, playbook.key, {
          onSuccess: ({ moved, refused, reasons }) =>
            showToast(
              t('moveAll.done', { moved: format.number(moved), refused: format.number(refused) }) +
                (reasons[0] ? ` ${reasons[0].words[language]}` : ''),
            ),
          onError: showProblem,
        }),
    });
  return (
    <Group gap="md">
      <Text fz="sm">
        {t('moveAll.older', {
          count,
          formatted: format.number(count),
          versions: older.map(({ version }) => version).join(', '),
        })}
      </Text>
      {mayEdit && (
        <Button size="xs" variant="default" onClick={ask} loading={moveAll.isPending}>
          {t('moveAll.confirm')}
        </Button>
      )}
    </Group>
  );
}
