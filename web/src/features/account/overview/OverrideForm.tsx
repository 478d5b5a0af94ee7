import { Button, Group, Modal, Select, Stack, Text, Textarea } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorState } from '../../../components/ErrorState';
import { showToast } from '../../../components/toast';
import { carryOut } from '../../../lib/carry-out';
import { addDays } from '../../../lib/format/date';
import { useFormat, useLanguage, useViewer } from '../../../lib/viewer';
import type { Health } from '../health-types';
import { useOverrideDeeds } from './override';

interface OverrideFormProps {
  health: Health;
  accountId: string;
  onClose: () => void;
}

const usual_days = 30;
const longest_days = 365;
const longestReason = 1000;

/** Which level, why, and until when. Without an end a judgement would outlive its reason. */
export function OverrideForm({ health, accountId, onClose }: OverrideFormProps) {
  const { t } = useTranslation('account');
  const language = useLanguage();
  const format = useFormat();
  const { bookDay } = useViewer();
  const now = health.override;
  const [level, setLevel] = useState(now?.level ?? null);
  const [reason, setReason] = useState(now?.reason ?? '');
  const [end, setEnd] = useState<string | null>(now?.expires_on ?? addDays(bookDay, usual_days));
  const { set } = useOverrideDeeds(accountId);
  const levels = health.scorecard?.levels ?? [];
  const meaning = levels.find(({ key }) => key === level)?.meaning?.[language];
  const machine = levels.find(({ key }) => key === (now ? now.machine_level : health.level))?.name[language];
  const send = () =>
    level &&
    end &&
    carryOut(
      set,
      { level, reason: reason.trim(), expires_on: end },
      {
        onSuccess: () => {
          showToast(t('override.saved'));
          onClose();
        },
      },
    );
  return (
    <Modal
      opened
      onClose={onClose}
      title={t('override.set')}
      size="md"
      closeButtonProps={{ 'aria-label': t('common:close') }}
    >
      <Stack gap="md">
        <Text fz="sm" c="dimmed">
          {t('override.help', {
            machine: machine ?? t('override.noLevel'),
            score: format.number(now ? now.machine_score : health.score, 0),
          })}
        </Text>
        <Select
          label={t('override.level')}
          data-autofocus
          data={levels.map(({ key, name }) => ({ value: key, label: name[language] }))}
          value={level}
          description={meaning}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          onChange={setLevel}
        />
        <Textarea
          label={t('override.reason')}
          autosize
          minRows={2}
          maxLength={longestReason}
          value={reason}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <DateInput
          label={t('override.end')}
          description={t('override.endHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          minDate={addDays(bookDay, 1)}
          maxDate={addDays(bookDay, longest_days)}
          valueFormat={language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY'}
          value={end}
          onChange={setEnd}
        />
        {set.isError && <ErrorState error={set.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            {t('common:cancel')}
          </Button>
          <Button disabled={!level || !end || reason.trim() === ''} loading={set.isPending} onClick={send}>
            {t('override.save')}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}
