import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useQuery, type UseMutationResult } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../confirm';
import { ErrorState } from '../ErrorState';
import { showProblem, showToast } from '../toast';
import { carryOut } from '../../lib/carry-out';
import { useMayDefine } from '../../lib/viewer';
import { differencesQuery, useDefinitionDeeds } from '../../api/definitions';
import { Differences } from './Differences';
import classes from './Definitions.module.css';
import type { Definition } from '../../api/definitions';

interface DraftBarProps {
  definition: Definition<unknown>;
  /** Changes on the page that are not even a draft yet. */
  isChanged?: boolean;
  onDiscarded?: () => void;
  /** What the waiting draft, and its being published, mean here; without them it is said in general words. */
  words?: { waits: string; published: string };
  /** Publishes the draft together with others that it needs, and says so. */
  together?: { note: string; publish: UseMutationResult<unknown, Error, string> };
}

/** Says that a draft waits, and offers to publish it with a reason or to drop it. */
export function DraftBar({ definition, isChanged = false, onDiscarded, words, together }: DraftBarProps) {
  const { t } = useTranslation('definitions');
  const mayDefine = useMayDefine();
  const [publishing, setPublishing] = useState(false);
  const { discard } = useDefinitionDeeds(definition.kind, definition.key);
  if (!definition.draft) return null;
  const waiting = definition.version === 0 ? t('draft.neverPublished') : (words?.waits ?? t('draft.waits'));
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
      <Modal
        opened={publishing}
        onClose={() => setPublishing(false)}
        size="lg"
        title={t('draft.publishTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {publishing && (
          <PublishForm
            definition={definition}
            told={words?.published ?? t('draft.published')}
            together={together}
            onClose={() => setPublishing(false)}
          />
        )}
      </Modal>
    </div>
  );
}

interface PublishFormProps {
  definition: Definition<unknown>;
  told: string;
  together: DraftBarProps['together'];
  onClose: () => void;
}

function PublishForm({ definition, told, together, onClose }: PublishFormProps) {
  const { t } = useTranslation('definitions');
  const [why, setWhy] = useState('');
  const { kind, key, version, updated_at } = definition;
  const alone = useDefinitionDeeds(kind, key).publish;
  const publish = together?.publish ?? alone;
  const differences = useQuery({
    ...differencesQuery(kind, key, version, 0, updated_at),
    enabled: version > 0,
  });
  const send = () =>
    carryOut<unknown, Error, string>(publish, why.trim(), {
      onSuccess: () => {
        showToast(told);
        onClose();
      },
    });
  return (
    <Stack gap="md">
      {differences.data && <Differences items={differences.data.items} />}
      {together && <Text fz="sm">{together.note}</Text>}
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
