import { Button, Code, CopyButton, Group, Stack, Text, TextInput, Title } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { DateText } from '../../components/DateText';
import { showProblem, showToast } from '../../components/toast';
import { Snippets } from './Snippets';
import classes from './Settings.module.css';
import { useSourceDeeds, type EventSource } from './sources';

/** A key that was just made, shown this once, with calls that carry it. */
export function WriteKey({ writeKey }: { writeKey: string }) {
  const { t } = useTranslation('settings');
  return (
    <Stack gap="md">
      <div className={classes.note}>
        <Text fz="sm" mb={8}>
          {t('source.keyShownOnce')}
        </Text>
        <Group gap={8}>
          <Code fz="sm" data-testid="write-key">
            {writeKey}
          </Code>
          <CopyButton value={writeKey}>
            {({ copied, copy }) => (
              <Button size="compact-xs" variant="default" onClick={copy}>
                {t(copied ? 'source.copied' : 'source.copy')}
              </Button>
            )}
          </CopyButton>
        </Group>
      </div>
      <Snippets writeKey={writeKey} />
    </Stack>
  );
}

/** One source: its name, its key, and the switch that shuts it. */
export function SourcePanel({ source }: { source: EventSource }) {
  const { t } = useTranslation('settings');
  const { rotate, change } = useSourceDeeds();
  const [name, setName] = useState(source.name);
  const saveName = () => {
    const next = name.trim();
    if (next === '') setName(source.name);
    else if (next !== source.name) change.mutate({ id: source.id, name: next }, { onError: showProblem });
  };
  const askRotate = () =>
    confirm({
      title: t('source.rotateTitle', { name: source.name }),
      children: t('source.rotateDetail'),
      confirmLabel: t('source.rotate'),
      danger: true,
      onConfirm: () => rotate.mutate(source.id, { onError: showProblem }),
    });
  const setDisabled = (disabled: boolean) =>
    change.mutate(
      { id: source.id, disabled },
      {
        onSuccess: () => showToast(t(disabled ? 'source.nowDisabled' : 'source.nowEnabled', { name: source.name })),
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
    <Stack gap="lg">
      <TextInput
        label={t('source.name')}
        value={name}
        onChange={(event) => setName(event.currentTarget.value)}
        onBlur={saveName}
      />
      <Text fz="sm" c="dimmed" component="div">
        {t('source.last')}:{' '}
        {source.last_received_at ? <DateText value={source.last_received_at} form="both" /> : t('source.neverReceived')}
      </Text>
      <section>
        <Title order={3} mb={8}>
          {t('source.key')}
        </Title>
        {rotate.data ? (
          <WriteKey writeKey={rotate.data.write_key} />
        ) : (
          <Group gap={12}>
            <Code>…{source.key_hint}</Code>
            <Button size="xs" variant="default" loading={rotate.isPending} onClick={askRotate}>
              {t('source.rotate')}
            </Button>
          </Group>
        )}
      </section>
      {!rotate.data && (
        <section>
          <Title order={3} mb={8}>
            {t('source.send')}
          </Title>
          <Snippets writeKey={t('source.yourKey')} />
        </section>
      )}
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
    </Stack>
  );
}
