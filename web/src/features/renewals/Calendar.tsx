import { Button, CloseButton, Group, Radio, Skeleton, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { sendJson } from '../../api/json';
import { ErrorState } from '../../components/ErrorState';
import { showProblem, showToast } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useFormat, useViewer } from '../../lib/viewer';
import classes from './Renewals.module.css';
import { calendarQuery } from './requests';
import { type BusinessCalendar, holidayChoices } from './types';

/** Which days are business days: what "act by" and the days left are counted with. Administrators set it. */
export function Calendar() {
  const { role } = useViewer();
  const { data, isError, error, refetch } = useQuery(calendarQuery);
  if (isError) return <ErrorState error={error} onRetry={() => void refetch()} />;
  if (!data) return <Skeleton height={320} />;
  // What was saved, also by somebody else, is a new form.
  return role === 'admin' ? (
    <CalendarForm key={JSON.stringify(data)} saved={data} />
  ) : (
    <CalendarFacts calendar={data} />
  );
}

function CalendarFacts({ calendar }: { calendar: BusinessCalendar }) {
  const { t } = useTranslation('renewals');
  return (
    <Stack gap="sm">
      <Text fz="sm">{t(`calendar.${calendar.holidays}`)}</Text>
      <DaysOff days={calendar.days_off} />
      <Text fz="xs" c="dimmed">
        {t('calendar.adminOnly')}
      </Text>
    </Stack>
  );
}

function useSetCalendar() {
  const client = useQueryClient();
  return useMutation({
    mutationFn: (calendar: BusinessCalendar) => sendJson<BusinessCalendar>('PUT', '/api/renewals/calendar', calendar),
    onSettled: () => client.invalidateQueries({ queryKey: ['renewals'] }),
  });
}

function CalendarForm({ saved }: { saved: BusinessCalendar }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  const { bookDay } = useViewer();
  const set = useSetCalendar();
  const [calendar, setCalendar] = useState(saved);
  const isChanged = JSON.stringify(calendar) !== JSON.stringify(saved);
  const setDays = (days: readonly string[]) =>
    setCalendar((before) => ({ ...before, days_off: days.map((day) => day.slice(0, 10)).toSorted() }));
  const takeBack = () => carryOut(set, saved, { onSuccess: () => showToast(t('undone')), onError: showProblem });
  const save = () =>
    carryOut(set, calendar, {
      onSuccess: () => showToast(t('calendar.saved'), takeBack),
      onError: showProblem,
    });
  return (
    <Stack gap="md">
      <Radio.Group
        label={t('calendar.holidays')}
        value={calendar.holidays}
        onChange={(value) =>
          setCalendar((before) => ({
            ...before,
            holidays: holidayChoices.find((each) => each === value) ?? before.holidays,
          }))
        }
      >
        <Stack gap={8} mt={6}>
          {holidayChoices.map((each) => (
            <Radio key={each} value={each} label={t(`calendar.${each}`)} />
          ))}
        </Stack>
      </Radio.Group>
      <div>
        <Text fz="sm" fw={500}>
          {t('calendar.daysOff')}
        </Text>
        <Text fz="xs" c="dimmed" mb={8}>
          {t('calendar.daysOffHelp')}
        </Text>
        <div className={classes.calendar}>
          <DatePicker
            type="multiple"
            aria-label={t('calendar.daysOff')}
            defaultDate={bookDay}
            getDayProps={(date) => ({ 'aria-label': format.day(date) })}
            value={calendar.days_off}
            onChange={setDays}
          />
          <DaysOff
            days={calendar.days_off}
            onRemove={(day) => setDays(calendar.days_off.filter((each) => each !== day))}
          />
        </div>
      </div>
      <Group gap="sm">
        <Button size="sm" loading={set.isPending} disabled={!isChanged} onClick={save}>
          {t('common:save')}
        </Button>
        {isChanged && (
          <Button size="sm" variant="default" onClick={() => setCalendar(saved)}>
            {t('common:cancel')}
          </Button>
        )}
      </Group>
    </Stack>
  );
}

function DaysOff({ days, onRemove }: { days: readonly string[]; onRemove?: (day: string) => void }) {
  const { t } = useTranslation('renewals');
  const format = useFormat();
  if (days.length === 0)
    return (
      <Text fz="sm" c="dimmed">
        {t('calendar.noDaysOff')}
      </Text>
    );
  return (
    <ul className={classes.daysOff} aria-label={t('calendar.daysOff')}>
      {days.map((day) => (
        <li key={day}>
          {format.day(day)}
          {onRemove && (
            <CloseButton
              size="xs"
              aria-label={t('calendar.remove', { day: format.day(day) })}
              onClick={() => onRemove(day)}
            />
          )}
        </li>
      ))}
    </ul>
  );
}
