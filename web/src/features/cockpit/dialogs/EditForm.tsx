import { Select, SimpleGrid, Textarea, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { callRoles, callSeverities, type CallRole, type CallSeverity } from '../../../api/work';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import type { Day } from '../../../lib/format/date';
import { useLanguage } from '../../../lib/viewer';
import { DayChoice } from './DayChoice';
import { DeedForm } from './DeedForm';
import type { DeedFormProps } from './types';

/** Changes what a call says, how pressing it is, for which role and until when. Only what was changed is sent. */
export function EditForm({ calls, onClose, onDone }: DeedFormProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const { edit } = useCallDeeds();
  const call = calls[0]!;
  const [title, setTitle] = useState(call.title[language]);
  const [explanation, setExplanation] = useState(call.explanation[language]);
  const [severity, setSeverity] = useState<CallSeverity>(call.severity);
  const [role, setRole] = useState<CallRole>(call.role);
  const [due, setDue] = useState<Day | null>(call.due_day);
  const submit = () => {
    edit(
      call.id,
      {
        revision: call.revision,
        ...(title.trim() !== call.title[language] && { title: title.trim() }),
        ...(explanation.trim() !== call.explanation[language] && { explanation: explanation.trim() }),
        ...(severity !== call.severity && { severity }),
        ...(role !== call.role && { role }),
        ...(due !== null && due !== call.due_day && { due_day: due }),
      },
      onDone,
    );
    onClose();
  };
  return (
    <DeedForm
      calls={calls.slice(0, 1)}
      submitLabel={t('common:save')}
      disabled={title.trim() === ''}
      onSubmit={submit}
      onClose={onClose}
    >
      <TextInput
        label={t('dialog.title')}
        data-autofocus
        required
        maxLength={300}
        value={title}
        onChange={(event) => setTitle(event.currentTarget.value)}
      />
      <Textarea
        label={t('dialog.explanation')}
        autosize
        minRows={2}
        maxLength={4000}
        value={explanation}
        onChange={(event) => setExplanation(event.currentTarget.value)}
      />
      <SimpleGrid cols={2} spacing="sm">
        <Select
          label={t('calls:field.severity')}
          allowDeselect={false}
          data={callSeverities.map((value) => ({ value, label: t(`calls:severity.${value}`) }))}
          value={severity}
          onChange={(value) => value && setSeverity(value as CallSeverity)}
        />
        <Select
          label={t('dialog.role')}
          allowDeselect={false}
          data={callRoles.map((value) => ({ value, label: t(`role.${value}`) }))}
          value={role}
          onChange={(value) => value && setRole(value as CallRole)}
        />
      </SimpleGrid>
      <DayChoice label={t('column.due')} value={due} onChange={setDue} />
    </DeedForm>
  );
}
