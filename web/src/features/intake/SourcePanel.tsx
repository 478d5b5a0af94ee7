import { Anchor, Button, Code, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { IntakeSource } from '../../api/intake';
import { confirm } from '../../components/confirm';
import { InstantText } from '../../components/InstantText';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useViewer } from '../../lib/viewer';
import { FirstEvent } from './FirstEvent';
import classes from './Intake.module.css';
import { SilenceChoice } from './SilenceChoice';
import { Snippets } from './Snippets';
import { sourcesQuery, useSourceDeeds } from './sources';
import { StateBadge } from './StateBadge';
import { useIntakeAddress } from './use-intake-address';
import { WriteKey } from './WriteKey';

interface SourcePanelProps {
  source: IntakeSource;
  all: readonly IntakeSource[];
}

/** One source: how it stands, its name and key, when it counts as silent, and the switch that shuts it. */
export function SourcePanel({ source, all }: SourcePanelProps) {
  const { t } = useTranslation('intake');
  const { role } = useViewer();
  return (
    <Stack gap="lg">
      <SourceFacts source={source} />
      {role === 'admin' ? (
        <Manage source={source} all={all} />
      ) : (
        <Text fz="sm" c="dimmed">
          {t('source.adminsManage')}
        </Text>
      )}
    </Stack>
  );
}

function SourceFacts({ source }: { source: IntakeSource }) {
  const { t } = useTranslation('intake');
  const format = useFormat();
  const { showTab } = useIntakeAddress();
  return (
    <section>
      <dl className={classes.facts}>
        <dt>{t('source.state')}</dt>
        <dd>
          <StateBadge source={source} />
        </dd>
        <dt>{t('source.last')}</dt>
        <dd>
          {source.last_received_at ? (
            <InstantText value={source.last_received_at} form="both" />
          ) : (
            t('source.neverReceived')
          )}
        </dd>
        {source.silent && source.silent_since && (
          <>
            <dt>{t('source.silentSince')}</dt>
            <dd>
              <InstantText value={source.silent_since} form="both" />
            </dd>
          </>
        )}
        <dt>{t('count.accepted')}</dt>
        <dd>{format.number(source.accepted)}</dd>
        <dt>{t('count.duplicates')}</dt>
        <dd>{format.number(source.duplicates)}</dd>
        <dt>{t('count.late')}</dt>
        <dd>{format.number(source.late)}</dd>
        <dt>{t('count.refused')}</dt>
        <dd>{format.number(source.refused)}</dd>
      </dl>
      <Group gap={16} mt={12}>
        <Anchor component="button" type="button" fz="sm" onClick={() => showTab('latest', { source: source.id })}>
          {t('source.toLatest')}
        </Anchor>
        {source.quarantined > 0 && (
          <Anchor component="button" type="button" fz="sm" onClick={() => showTab('quarantine', { source: source.id })}>
            {t('source.toQuarantine', { count: source.quarantined, formatted: format.number(source.quarantined) })}
          </Anchor>
        )}
        {source.unmatched > 0 && (
          <Anchor component="button" type="button" fz="sm" onClick={() => showTab('unmatched')}>
            {t('source.toUnmatched', { count: source.unmatched, formatted: format.number(source.unmatched) })}
          </Anchor>
        )}
      </Group>
    </section>
  );
}

function Manage({ source, all }: SourcePanelProps) {
  const { t } = useTranslation('intake');
  const { rotate, change } = useSourceDeeds();
  const keys = useQuery(sourcesQuery);
  const [name, setName] = useState(source.name);
  const hint = keys.data?.find(({ id }) => id === source.id)?.key_hint;
  const rename = (next: string, undoTo?: string) =>
    carryOut(
      change,
      { id: source.id, name: next },
      {
        onSuccess: () => {
          setName(next);
          if (undoTo !== undefined) showToast(t('source.renamed', { name: next }), () => rename(undoTo));
        },
        onError: showProblem,
      },
    );
  const saveName = () => {
    const next = name.trim();
    if (next === '') setName(source.name);
    else if (next !== source.name) rename(next, source.name);
  };
  const askRotate = () =>
    confirm({
      title: t('source.rotateTitle', { name: source.name }),
      children: t('source.rotateDetail'),
      confirmLabel: t('source.rotate'),
      danger: true,
      onConfirm: () => carryOut(rotate, source.id, { onError: showProblem }),
    });
  return (
    <>
      <TextInput
        label={t('source.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={saveName}
        onKeyDown={(event) => event.key === 'Enter' && !event.nativeEvent.isComposing && event.currentTarget.blur()}
      />
      <SilenceChoice key={String(source.silent_after_minutes)} source={source} />
      <section>
        <Title order={3} mb={8}>
          {t('source.key')}
        </Title>
        {rotate.data ? (
          <Stack gap="md">
            <WriteKey writeKey={rotate.data.write_key} />
            <FirstEvent source={source} all={all} sinceNow />
          </Stack>
        ) : (
          <Group gap={12}>
            <Code>{hint ?? ''}…</Code>
            <Button size="xs" variant="default" loading={rotate.isPending} onClick={askRotate}>
              {t('source.rotate')}
            </Button>
          </Group>
        )}
      </section>
      <section>
        <Title order={3} mb={8}>
          {t('source.send')}
        </Title>
        <Snippets writeKey={rotate.data?.write_key ?? 'YOUR_WRITE_KEY'} />
      </section>
      <Access source={source} />
    </>
  );
}

function Access({ source }: { source: IntakeSource }) {
  const { t } = useTranslation('intake');
  const { change } = useSourceDeeds();
  const setDisabled = (disabled: boolean) =>
    carryOut(
      change,
      { id: source.id, disabled },
      {
        onSuccess: () =>
          showToast(t(disabled ? 'source.nowDisabled' : 'source.nowEnabled', { name: source.name }), () =>
            carryOut(change, { id: source.id, disabled: !disabled }, { onError: showProblem }),
          ),
        onError: showProblem,
      },
    );
  const askDisable = () =>
    confirm({
      title: t('source.disableTitle', { name: source.name }),
      children: t('source.disableDetail'),
      confirmLabel: t('source.disable'),
      danger: true,
      onConfirm: () => setDisabled(true),
    });
  return (
    <section>
      <Title order={3} mb={4}>
        {t('source.access')}
      </Title>
      <Text fz="sm" c="dimmed" mb={8}>
        {t(source.disabled ? 'source.enableHelp' : 'source.disableHelp')}
      </Text>
      {source.disabled ? (
        <Button variant="default" onClick={() => setDisabled(false)}>
          {t('source.enable')}
        </Button>
      ) : (
        <Button variant="default" c="var(--mantine-color-error)" onClick={askDisable}>
          {t('source.disable')}
        </Button>
      )}
    </section>
  );
}
