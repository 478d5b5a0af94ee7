import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showProblem, showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { useLanguage } from '../../../lib/viewer';
import { arrived, useJourneyDeeds, type JourneyMap, type Position } from './requests';
import { longestWords } from './WhoSaid';

interface AssumeDialogProps {
  map: JourneyMap;
  position: Position;
  accountId: string;
  onClose: () => void;
}

const byData = 'data';

/** Puts the account where we believe it is. It stays an assumption: what is proven or confirmed is shown apart. */
export function AssumeDialog({ map, position, accountId, onClose }: AssumeDialogProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const [stage, setStage] = useState(position.assumed ?? byData);
  const [why, setWhy] = useState('');
  const { assume } = useJourneyDeeds(accountId);
  const before = position.assumed;
  const putBack = () => carryOut(assume, { stage: before, why: t('journey.undone') }, { onError: showProblem });
  const send = () =>
    carryOut(
      assume,
      { stage: stage === byData ? null : stage, why: why.trim() },
      {
        onSuccess: () => {
          showToast(t('journey.assumed'), putBack);
          onClose();
        },
      },
    );
  return (
    <Modal opened onClose={onClose} title={t('journey.assume')} closeButtonProps={{ 'aria-label': t('common:close') }}>
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('journey.assumeHelp')}
        </Text>
        <Select
          label={t('journey.stage')}
          allowDeselect={false}
          data={[
            { value: byData, label: t('journey.noAssumption') },
            ...map.stages.map(({ key, name }) => ({ value: key, label: name[language] })),
            { value: arrived, label: t('journey.arrived') },
          ]}
          value={stage}
          onChange={(next) => next && setStage(next)}
        />
        {stage !== byData && (
          <Textarea
            label={t('journey.why')}
            required
            autosize
            minRows={2}
            maxLength={longestWords}
            value={why}
            onChange={(event) => setWhy(event.currentTarget.value)}
          />
        )}
        {assume.isError && <ErrorState error={assume.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button loading={assume.isPending} disabled={stage !== byData && why.trim() === ''} onClick={send}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
