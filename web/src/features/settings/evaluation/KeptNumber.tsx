import { Button, Group, NumberInput, Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Releases } from '../../../api/releases';
import { confirm } from '../../../components/confirm';
import { showProblem } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useViewer } from '../../../lib/viewer';
import { useChooseKept } from './releases';

/** Of how many versions the history is kept. Says what goes before it goes. */
export function KeptNumber({ releases }: { releases: Releases }) {
  const { t } = useTranslation('settings');
  const { role } = useViewer();
  const choose = useChooseKept();
  const [wanted, setWanted] = useState<number>();
  const kept = wanted ?? releases.kept;
  if (role !== 'admin') {
    return (
      <Text fz="sm" c="dimmed">
        {t('releases.keptNumber', { count: releases.kept })}
      </Text>
    );
  }
  const save = () => carryOut(choose, kept, { onSuccess: () => setWanted(undefined), onError: showProblem });
  const readable = releases.items.filter(({ evaluation }) => evaluation !== null).length;
  const ask = () => {
    const going = readable - kept;
    if (going <= 0) return save();
    confirm({
      title: t('releases.deleteTitle', { count: going }),
      children: t('releases.deleteBody'),
      confirmLabel: t('releases.deleteConfirm', { count: going }),
      danger: true,
      onConfirm: save,
    });
  };
  return (
    <Group align="end" gap="sm">
      <NumberInput
        label={t('releases.keptLabel')}
        description={t('releases.keptHelp')}
        min={1}
        max={releases.most_kept}
        allowDecimal={false}
        clampBehavior="strict"
        value={kept}
        onChange={(next) => setWanted(typeof next === 'number' ? next : undefined)}
        w={420}
        maw="100%"
      />
      <Button variant="default" disabled={kept === releases.kept} loading={choose.isPending} onClick={ask}>
        {t('releases.keptSave')}
      </Button>
    </Group>
  );
}
