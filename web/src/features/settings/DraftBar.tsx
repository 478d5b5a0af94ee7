import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { differencesQuery, useDefinitionDeeds } from './definitions';
import { useFreshMeasures, usePublishTogether } from './publish-together';
import { Differences } from './Differences';
import classes from './Settings.module.css';
import type { Definition } from './types';
import { useMayDefine } from './use-role';

interface DraftBarProps {
  definition: Definition<unknown>;
  /** Changes on the page that are not even a draft yet. */
  isChanged?: boolean;
  onDiscarded?: () => void;
}

/** Says that a draft waits, and offers to publish it with a reason or to drop it. */
export function DraftBar({ definition, isChanged = false, onDiscarded }: DraftBarProps) {
  const { t } = useTranslation('settings');
  const mayDefine = useMayDefine();
  const [publishing, setPublishing] = useState(false);
  const { discard } = useDefinitionDeeds(definition.kind, definition.key);
  if (!definition.draft) return null;
  const isSegment = definition.kind === 'segment';
  const waits = t(isSegment ? 'draft.segmentWaits' : 'draft.waits');
  const waiting = definition.version === 0 ? t('draft.neverPublished') : waits;
  const ask = () =>
    confirm({
      title: t('draft.discardTitle'),
      children: t('draft.discardDetail'),
      confirmLabel: t('draft.discard'),
      danger: true,
      onConfirm: () => carryOut(discard, undefined, { onSuccess: () => onDiscarded?.(), onError: showProblem }),
    });
  return (
    <div className={classes.note}>
      <Group justify="space-between" gap={12}>
        <Text fz="sm">{waiting}</Text>
        {mayDefine && (
          <Group gap={8}>
            <Button size="xs" variant="default" onClick={ask} loading={discard.isPending}>
              {t('draft.discard')}
            </Button>
            <Button size="xs" onClick={() => setPublishing(true)} disabled={isChanged}>
              {t('draft.publish')}
            </Button>
          </Group>
        )}
      </Group>
      <PublishModal definition={definition} opened={publishing} onClose={() => setPublishing(false)} />
    </div>
  );
}

interface PublishModalProps {
  definition: Definition<unknown>;
  opened: boolean;
  onClose: () => void;
}

function PublishModal({ definition, opened, onClose }: PublishModalProps) {
  const { t } = useTranslation('settings');
  return (
    <Modal
      opened={opened}
      onClose={onClose}
      size="lg"
      title={t('draft.publishTitle')}
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      {opened && <PublishForm definition={definition} onClose={onClose} />}
    </Modal>
  );
}

function PublishForm({ definition, onClose }: { definition: Definition<unknown>; onClose: () => void }) {
  const { t } = useTranslation('settings');
  const [why, setWhy] = useState('');
  const { publish: publishOne } = useDefinitionDeeds(definition.kind, definition.key);
  const fresh = useFreshMeasures(definition);
  const publishAll = usePublishTogether(definition, fresh);
  const publish = fresh.length > 0 ? publishAll : publishOne;
  const { kind, key, version, updated_at } = definition;
  const isSegment = kind === 'segment';
  const differences = useQuery({
    ...differencesQuery(kind, key, version, 0, updated_at),
    enabled: version > 0,
  });
  const send = () =>
    carryOut<unknown, Error, string>(publish, why.trim(), {
      onSuccess: () => {
        showToast(t(isSegment ? 'draft.segmentPublished' : 'draft.published'));
        onClose();
      },
    });
  return (
    <Stack gap="md">
      {differences.data && <Differences items={differences.data.items} />}
      {fresh.length > 0 && <Text fz="sm">{t('draft.together', { count: fresh.length })}</Text>}
      <Textarea
        label={t('draft.why')}
        description={t('draft.whyHelp')}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {publish.isError && <ErrorState error={publish.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button disabled={why.trim() === ''} loading={publish.isPending} onClick={send}>
          {t('draft.publish')}
        </Button>
      </Group>
    </Stack>
  );
}
