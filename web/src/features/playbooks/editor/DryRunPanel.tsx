import { Button, Group, Skeleton, Stack, Text, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { AccountSelect, type ChosenAccount } from '../../../components/AccountSelect';
import { ErrorState } from '../../../components/ErrorState';
import { useFormat, useLanguage } from '../../../lib/viewer';
import type { Decoration } from '../graph/decoration';
import type { PlaybookBody } from '../playbook';
import { dryRunQuery } from '../requests';
import type { DryRun } from '../types';
import { Trace } from '../Trace';
import { decorationOf } from './dry-run';
import classes from './Editor.module.css';

interface DryRunPanelProps {
  playbookKey: string;
  body: PlaybookBody;
  onDecoration: (decoration: Decoration | undefined) => void;
  onClose: () => void;
}

/** What would happen to one account or the whole book; nothing is sent. */
export function DryRunPanel({ playbookKey, body, onDecoration, onClose }: DryRunPanelProps) {
  const { t } = useTranslation('playbooks');
  const [account, setAccount] = useState<ChosenAccount | null>(null);
  const [isWhole, setWhole] = useState(true);
  const run = useQuery(dryRunQuery(playbookKey, body, isWhole ? undefined : account?.id, isWhole || account !== null));
  const { data } = run;
  useEffect(() => {
    onDecoration(data && decorationOf(data));
    return () => onDecoration(undefined);
  }, [data, onDecoration]);
  return (
    <section className={classes.dry} aria-label={t('dry.title')}>
      <Group justify="space-between">
        <Title order={2}>{t('dry.title')}</Title>
        <Button size="compact-xs" variant="default" onClick={onClose}>
          {t('common:close')}
        </Button>
      </Group>
      <Text fz="xs" c="dimmed">
        {t('dry.help')}
      </Text>
      <Group gap={8} align="flex-end" wrap="nowrap">
        <div style={{ flex: 1, minWidth: 0 }}>
          <AccountSelect
            label={t('dry.account')}
            value={account}
            onChange={(next) => {
              setAccount(next);
              setWhole(next === null);
            }}
          />
        </div>
        <Button
          variant={isWhole ? 'filled' : 'default'}
          aria-pressed={isWhole}
          onClick={() => {
            setWhole(true);
            setAccount(null);
          }}
        >
          {t('dry.whole')}
        </Button>
      </Group>
      {run.isFetching && !data && <Skeleton height={160} />}
      {run.isError && <ErrorState error={run.error} onRetry={() => void run.refetch()} />}
      {data && !run.isError && <Told run={data} />}
    </section>
  );
}

function Told({ run }: { run: DryRun }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const language = useLanguage();
  const notes = run.steps.filter((step) => step.accounts > 0 && step.notes.length > 0);
  return (
    <Stack gap="md" aria-live="polite">
      <div>
        <Text fw={600}>
          {run.account
            ? t(`dryAccount.${fateOf(run)}`, { name: run.account.name })
            : t('dry.wouldStart', { count: run.would_start, formatted: format.number(run.would_start) })}
        </Text>
        {!run.account && (
          <Text fz="xs" c="dimmed">
            {t('dry.of', { accounts: format.number(run.accounts), heldOut: format.number(run.held_out) })}
          </Text>
        )}
      </div>
      {run.refused.length > 0 && (
        <ul className={classes.trace}>
          {run.refused.map(({ code, accounts, words }) => (
            <li key={code}>
              <b>{run.account ? '–' : format.number(accounts)}</b>
              <span>{words[language]}</span>
            </li>
          ))}
        </ul>
      )}
      {run.trace.length > 0 && (
        <Trace lines={run.trace} steps={run.steps.map(({ step, name }) => ({ key: step, name }))} />
      )}
      {notes.length > 0 && (
        <div>
          <Title order={3} mb={4}>
            {t('dry.notes')}
          </Title>
          <ul className={classes.trace}>
            {notes.map(({ step, name, notes: lines }) => (
              <li key={step}>
                <b>{name[language]}</b>
                <span>{lines.map((line) => line[language]).join(' ')}</span>
              </li>
            ))}
          </ul>
        </div>
      )}
      {!run.account && <StepCounts run={run} />}
    </Stack>
  );
}

/** What one account may expect. */
function fateOf({ would_start, held_out }: DryRun): 'starts' | 'heldOut' | 'startsNot' {
  if (would_start > 0) return 'starts';
  return held_out > 0 ? 'heldOut' : 'startsNot';
}

function StepCounts({ run }: { run: DryRun }) {
  const { t } = useTranslation('playbooks');
  const format = useFormat();
  const language = useLanguage();
  const come = run.steps.filter(({ accounts }) => accounts > 0);
  if (come.length === 0) return null;
  return (
    <div>
      <Title order={3} mb={4}>
        {t('dry.steps')}
      </Title>
      <ul className={classes.trace}>
        {come.map(({ step, name, accounts, sample }) => (
          <li key={step}>
            <b className="tabular">{format.number(accounts)}</b>
            <span>
              {name[language]}
              <Text span fz="xs" c="dimmed" display="block">
                {sample.map((each) => each.name).join(language === 'ja' ? '、' : ', ')}
              </Text>
            </span>
          </li>
        ))}
      </ul>
    </div>
  );
}
