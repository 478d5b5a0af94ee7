import { Button, Checkbox, Group, Stack, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import { completeCondition, emptyCondition, type Condition } from '../../../components/filter/condition';
import { FilterBuilder } from '../../../components/filter/FilterBuilder';
import { useBookFilterFields } from '../../../components/filter/use-book-filter-fields';
import type { Day } from '../../../lib/format/date';
import { DayChoice } from './DayChoice';
import { DeedForm, idsOf } from './DeedForm';
import type { DeedFormProps } from './types';

const usualReasons = ['waiting', 'internal', 'season'] as const;

/** Puts calls away until a day, until the account meets a condition, or until the first of both; with the reason. */
export function SnoozeForm({ calls, onClose, onDone }: DeedFormProps) {
  const { t } = useTranslation('cockpit');
  const { apply } = useCallDeeds();
  const fields = useBookFilterFields();
  const [day, setDay] = useState<Day | null>(null);
  const [byCondition, setByCondition] = useState(false);
  const [condition, setCondition] = useState<Condition>(emptyCondition);
  const [why, setWhy] = useState('');
  const complete = byCondition && fields ? completeCondition(condition, fields) : undefined;
  const wanted = complete && complete.rules.length > 0 ? complete : null;
  const submit = () => {
    apply(
      idsOf(calls),
      { action: 'snooze', until: day, condition: wanted as Record<string, never> | null, why: why.trim() },
      onDone,
    );
    onClose();
  };
  return (
    <DeedForm
      calls={calls}
      submitLabel={t('dialog.snoozeSubmit')}
      disabled={why.trim() === '' || (day === null && wanted === null)}
      onSubmit={submit}
      onClose={onClose}
    >
      <DayChoice label={t('dialog.until')} value={day} onChange={setDay} clearable />
      <Stack gap={8}>
        <Checkbox
          label={t('dialog.untilCondition')}
          description={t('dialog.untilConditionHelp')}
          checked={byCondition}
          onChange={(event) => setByCondition(event.currentTarget.checked)}
        />
        {byCondition && fields && <FilterBuilder fields={fields} value={condition} onChange={setCondition} />}
      </Stack>
      <div>
        <TextInput
          label={t('dialog.snoozeWhy')}
          required
          maxLength={500}
          value={why}
          onChange={(event) => setWhy(event.currentTarget.value)}
        />
        <Group gap={6} mt={8}>
          {usualReasons.map((reason) => (
            <Button
              key={reason}
              size="compact-xs"
              variant="default"
              onClick={() => setWhy(t(`dialog.snoozeReason.${reason}`))}
            >
              {t(`dialog.snoozeReason.${reason}`)}
            </Button>
          ))}
        </Group>
      </div>
    </DeedForm>
  );
}
