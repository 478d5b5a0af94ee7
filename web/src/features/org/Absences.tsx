import { ActionIcon, Button, Group, Select, Stack, Text, TextInput, Title } from '@mantine/core';
import { DateInput } from '@mantine/dates';
import { IconX } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useState, type FormEvent } from 'react';
import { useTranslation } from 'react-i18next';
import { peopleQuery, type PersonChoice } from '../../api/people';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useLanguage, useMayDefine, useMayEdit, useViewer } from '../../lib/viewer';
import { absencesQuery, useOrgDeeds } from './requests';
import classes from './Org.module.css';

/** When somebody is away and who stands in. Everybody notes their own, leaders anybody's. */
export function Absences({ user }: { user: PersonChoice }) {
  const { t } = useTranslation('org');
  const format = useFormat();
  const { userId } = useViewer();
  const mayEdit = useMayEdit();
  const mayDefine = useMayDefine();
  const mayNote = mayDefine || (mayEdit && user.id === userId);
  const { removeAbsence } = useOrgDeeds();
  const [adding, setAdding] = useState(false);
  const absences = useQuery(absencesQuery);
  const own = absences.data?.filter((absence) => absence.user.id === user.id) ?? [];
  return (
    <div>
      <Group justify="space-between" mb={4}>
        <Title order={3}>{t('absence.title')}</Title>
        {mayNote && !adding && (
          <Button size="compact-sm" variant="default" onClick={() => setAdding(true)}>
            {t('absence.add')}
          </Button>
        )}
      </Group>
      {absences.isError && <ErrorState error={absences.error} onRetry={() => void absences.refetch()} />}
      {own.length === 0 && !adding && (
        <Text fz="sm" c="dimmed">
          {t('absence.none')}
        </Text>
      )}
      <ul className={classes.list}>
        {own.map((absence) => (
          <li key={absence.id} className={classes.line}>
            <span>
              {t('absence.period', { from: format.day(absence.from_day), until: format.day(absence.until_day) })}
              <Text fz="xs" c="dimmed">
                {absence.substitute ? t('absence.by', { name: absence.substitute.name }) : t('absence.nobody')}
                {absence.note && ` · ${absence.note}`}
              </Text>
            </span>
            {mayNote && (
              <ActionIcon
                variant="subtle"
                color="gray"
                aria-label={t('absence.remove')}
                onClick={() =>
                  carryOut(removeAbsence, absence.id, {
                    onSuccess: () => showToast(t('absence.removed')),
                    onError: showProblem,
                  })
                }
              >
                <IconX size={16} />
              </ActionIcon>
            )}
          </li>
        ))}
      </ul>
      {adding && <AbsenceForm user={user} onDone={() => setAdding(false)} />}
    </div>
  );
}

function AbsenceForm({ user, onDone }: { user: PersonChoice; onDone: () => void }) {
  const { t } = useTranslation('org');
  const language = useLanguage();
  const { bookDay } = useViewer();
  const { saveAbsence } = useOrgDeeds();
  const { data: people = [] } = useQuery(peopleQuery);
  const [from, setFrom] = useState<string | null>(bookDay);
  const [until, setUntil] = useState<string | null>(null);
  const [substitute, setSubstitute] = useState<string | null>(null);
  const [note, setNote] = useState('');
  const valueFormat = language === 'ja' ? 'YYYY/M/D' : 'D MMM YYYY';
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (!from || !until) return;
    const change = {
      user_id: user.id,
      from_day: from,
      until_day: until,
      substitute_id: substitute ? Number(substitute) : null,
      note: note.trim(),
    };
    carryOut(
      saveAbsence,
      { change },
      {
        onSuccess: () => {
          showToast(t('absence.saved'));
          onDone();
        },
      },
    );
  };
  return (
    <form onSubmit={submit}>
      <Stack gap="sm" mt={8}>
        <div className={classes.pair}>
          <DateInput label={t('absence.from')} valueFormat={valueFormat} value={from} onChange={setFrom} />
          <DateInput
            label={t('absence.until')}
            valueFormat={valueFormat}
            minDate={from ?? undefined}
            value={until}
            onChange={setUntil}
          />
        </div>
        <Select
          label={t('absence.substitute')}
          description={t('absence.substituteHelp')}
          searchable
          clearable
          clearButtonProps={{ 'aria-label': t('common:clear') }}
          data={people.filter(({ id }) => id !== user.id).map(({ id, name }) => ({ value: String(id), label: name }))}
          value={substitute}
          onChange={setSubstitute}
        />
        <TextInput
          label={t('absence.note')}
          maxLength={300}
          value={note}
          onChange={(event) => setNote(event.currentTarget.value)}
        />
        {saveAbsence.isError && <ErrorState error={saveAbsence.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" size="xs" onClick={onDone}>
            {t('common:cancel')}
          </Button>
          <Button type="submit" size="xs" disabled={!from || !until} loading={saveAbsence.isPending}>
            {t('common:save')}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
