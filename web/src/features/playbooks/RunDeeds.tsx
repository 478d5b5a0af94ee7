import { Button, Group, Modal, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { confirm } from '../../components/confirm';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useMayEdit } from '../../lib/viewer';
import { usePlaybookDeeds } from './requests';
import { isLive, type RunDetail } from './types';

/** Another try, a newer version, an end. */
export function RunDeeds({ run }: { run: RunDetail }) {
  const { t } = useTranslation('playbooks');
  const mayEdit = useMayEdit();
  const { retry, move } = usePlaybookDeeds();
  const [isStopping, setStopping] = useState(false);
  if (!mayEdit || !isLive(run)) return null;
  const again = () => carryOut(retry, run.id, { onSuccess: () => showToast(t('run.retried')), onError: showProblem });
  const askMove = () =>
    confirm({
      title: t('run.moveTitle', { version: run.published_version }),
      children: t('run.moveDetail'),
      confirmLabel: t('run.move'),
      onConfirm: () => carryOut(move, run.id, { onSuccess: () => showToast(t('run.moved')), onError: showProblem }),
    });
  return (
    <>
      {run.state === 'failed' && (
        <Button onClick={again} loading={retry.isPending}>
          {t('common:retry')}
        </Button>
      )}
      {run.published_version > run.version && run.arm === 'treated' && (
        <Button variant="default" onClick={askMove} loading={move.isPending}>
          {t('run.move')}
        </Button>
      )}
      <Button variant="default" color="red" onClick={() => setStopping(true)}>
        {t('run.stop')}
      </Button>
      <Modal
        opened={isStopping}
        onClose={() => setStopping(false)}
        title={t('run.stopTitle')}
        closeButtonProps={{ 'aria-label': t('common:close') }}
      >
        {isStopping && <StopForm id={run.id} onClose={() => setStopping(false)} />}
      </Modal>
    </>
  );
}

function StopForm({ id, onClose }: { id: number; onClose: () => void }) {
  const { t } = useTranslation('playbooks');
  const [why, setWhy] = useState('');
  const { stop } = usePlaybookDeeds();
  const send = () =>
    carryOut(
      stop,
      { id, why: why.trim() },
      {
        onSuccess: () => {
          showToast(t('run.stopped'));
          onClose();
        },
      },
    );
  return (
    <Stack gap="md">
      <Text fz="sm">{t('run.stopDetail')}</Text>
      <Textarea
        label={t('run.stopWhy')}
        autosize
        minRows={2}
        maxLength={2000}
        data-autofocus
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {stop.isError && <ErrorState error={stop.error} />}
      <Group justify="flex-end" gap={8}>
        <Button variant="default" onClick={onClose}>
          {t('common:cancel')}
        </Button>
        <Button color="red" onClick={send} loading={stop.isPending}>
          {t('run.stop')}
        </Button>
      </Group>
    </Stack>
  );
}
