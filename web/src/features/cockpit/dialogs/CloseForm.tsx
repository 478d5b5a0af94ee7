import { Checkbox, Radio, Skeleton, Stack, Textarea } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { outcomesQuery, type CallOutcome } from '../../../api/work';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import { useLanguage } from '../../../lib/viewer';
import { DeedForm, idsOf } from './DeedForm';
import { commonOutcomes } from './outcomes';
import type { DeedFormProps } from './types';

/** Closes with the outcome, which is what later tells whether any of it works. */
export function CloseForm({ calls, onClose, onDone }: DeedFormProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const { data: byKind } = useQuery(outcomesQuery);
  const { apply, close } = useCallDeeds();
  const [outcome, setOutcome] = useState<CallOutcome>('success');
  const [why, setWhy] = useState('');
  const [skipTasks, setSkipTasks] = useState(true);
  const [first, ...others] = calls;
  const openTasks = calls.reduce((sum, { tasks }) => sum + tasks.open, 0);
  const choices = byKind && commonOutcomes(byKind, new Set(calls.map(({ kind }) => kind)));

  const submit = () => {
    const answer = { outcome, why: why.trim() };
    if (first && others.length === 0)
      close(first.id, { ...answer, skip_open_tasks: skipTasks && openTasks > 0 }, onDone);
    else apply(idsOf(calls), { action: 'close', ...answer }, onDone);
    onClose();
  };
  return (
    <DeedForm
      calls={calls}
      submitLabel={t('dialog.closeSubmit')}
      disabled={!choices}
      onSubmit={submit}
      onClose={onClose}
    >
      {choices ? (
        <Radio.Group label={t('dialog.outcome')} value={outcome} onChange={(value) => setOutcome(value as CallOutcome)}>
          <Stack gap={8} mt={6}>
            {choices.map((choice, index) => (
              <Radio
                key={choice.outcome}
                value={choice.outcome}
                label={choice.name[language]}
                data-autofocus={index === 0 || undefined}
              />
            ))}
          </Stack>
        </Radio.Group>
      ) : (
        <Skeleton height={160} />
      )}
      <Textarea
        label={t('dialog.closeWhy')}
        description={t('dialog.closeWhyHelp')}
        autosize
        minRows={2}
        maxLength={2000}
        value={why}
        onChange={(event) => setWhy(event.currentTarget.value)}
      />
      {openTasks > 0 && others.length === 0 && (
        <Checkbox
          label={t('dialog.skipTasks', { count: openTasks })}
          checked={skipTasks}
          onChange={(event) => setSkipTasks(event.currentTarget.checked)}
        />
      )}
    </DeedForm>
  );
}
