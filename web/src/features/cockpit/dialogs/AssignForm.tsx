import { Select } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery } from '../../../api/people';
import { useCallDeeds } from '../../../components/calls/use-call-deeds';
import { useViewer } from '../../../lib/viewer';
import { DeedForm, idsOf } from './DeedForm';
import type { DeedFormProps } from './types';

const byRole = 'role';

/** Gives calls to one person, or back to whoever has the role on the account. */
export function AssignForm({ calls, onClose, onDone }: DeedFormProps) {
  const { t } = useTranslation('cockpit');
  const { userId } = useViewer();
  const { data: people = [] } = useQuery(peopleQuery);
  const { apply } = useCallDeeds();
  const [chosen, setChosen] = useState<string>(String(calls[0]?.assignee?.id ?? byRole));
  const submit = () => {
    apply(idsOf(calls), { action: 'assign', assignee_id: chosen === byRole ? null : Number(chosen) }, onDone);
    onClose();
  };
  return (
    <DeedForm calls={calls} submitLabel={t('dialog.assignSubmit')} onSubmit={submit} onClose={onClose}>
      <Select
        label={t('calls:field.assignee')}
        data-autofocus
        searchable
        allowDeselect={false}
        data={[
          { value: byRole, label: t('calls:byRole') },
          ...people
            .toSorted((a, b) => Number(b.id === userId) - Number(a.id === userId))
            .map(({ id, name }) => ({ value: String(id), label: id === userId ? t('calls:me', { name }) : name })),
        ]}
        value={chosen}
        onChange={(value) => value && setChosen(value)}
      />
    </DeedForm>
  );
}
