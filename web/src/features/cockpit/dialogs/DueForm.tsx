import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import type { Day } from '../../../lib/format/date';
import { DayChoice } from './DayChoice';
import { DeedForm, idsOf } from './DeedForm';
import type { DeedFormProps } from './types';

export function DueForm({ calls, onClose, onDone }: DeedFormProps) {
  const { t } = useTranslation('cockpit');
  const { apply } = useCallDeeds();
  const [day, setDay] = useState<Day | null>(calls.length === 1 ? (calls[0]?.due_day ?? null) : null);
  const submit = () => {
    apply(idsOf(calls), { action: 'due', due_day: day! }, onDone);
    onClose();
  };
  return (
    <DeedForm
      calls={calls}
      submitLabel={t('dialog.dueSubmit')}
      disabled={day === null}
      onSubmit={submit}
      onClose={onClose}
    >
      <DayChoice label={t('column.due')} value={day} onChange={setDay} />
    </DeedForm>
  );
}
