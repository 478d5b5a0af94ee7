import { Skeleton, Text, UnstyledButton } from '@mantine/core';
import { IconCheckbox } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useMemo } from 'react';
import { useTranslation } from 'react-i18next';
import { callsQuery, tasksQuery, type Call, type WorkTask } from '../../api/work';
import { SeverityBadge } from '../../components/calls/Badges';
import { useCallDeeds } from '../../components/calls/use-call-deeds';
import { MonthGrid } from '../../components/calendar/MonthGrid';
import { spanOf } from '../../components/calendar/month-weeks';
import { ErrorState } from '../../components/ErrorState';
import type { Day } from '../../lib/format/date';
import { usePanel } from '../../lib/use-panel';
import { useLanguage } from '../../lib/viewer';
import classes from './Cockpit.module.css';
import { Narrowing } from './Narrowing';
import { Summary } from './Summary';
import { useCockpit } from './use-cockpit';

const most = 1000;
const shownPerDay = 4;
const mimeType = 'application/x-banso-call-due';

interface DayWork {
  calls: Call[];
  tasks: WorkTask[];
}

/** When calls and tasks fall due, on a month that shows on which days nobody works. A call moves to another day by dragging. */
export function CallCalendar() {
  const { t } = useTranslation('cockpit');
  const { search, change, question, taskQuestion, today, mayEdit } = useCockpit();
  const { apply } = useCallDeeds();
  const month = search.month ?? today;
  const { from, to } = spanOf(month);
  const range = { due_from: from, due_to: to, overdue: undefined };
  const calls = useQuery(callsQuery({ ...question, ...range }, most));
  const tasks = useQuery(tasksQuery({ ...taskQuestion, ...range }, most));
  const byDay = useMemo(() => workByDay(calls.data?.items ?? [], tasks.data?.items ?? []), [calls.data, tasks.data]);
  return (
    <>
      <Summary summary={calls.data?.summary} />
      <Narrowing counts={calls.data?.counts} withStatus />
      {calls.isError && <ErrorState error={calls.error} onRetry={() => void calls.refetch()} />}
      {calls.isPending ? (
        <Skeleton height={480} />
      ) : (
        <MonthGrid
          month={month}
          onMonthChange={(next) => change({ month: next.slice(0, 7) === today.slice(0, 7) ? undefined : next })}
          label={t('room.calendar')}
          hasSomething={(day) => byDay.has(day)}
          empty={t('calendarEmpty')}
          renderDay={(day) => (
            <DayCell
              work={byDay.get(day)}
              onMore={() => change({ room: undefined, day }, false)}
              onDrop={mayEdit && day >= today ? (id) => apply([id], { action: 'due', due_day: day }) : undefined}
            />
          )}
        />
      )}
      {calls.data && calls.data.total > most && (
        <Text fz="xs" c="dimmed" py={4}>
          {t('calendarMost', { count: most })}
        </Text>
      )}
    </>
  );
}

function workByDay(calls: readonly Call[], tasks: readonly WorkTask[]): ReadonlyMap<Day, DayWork> {
  const days = new Map<Day, DayWork>();
  const on = (day: Day) => {
    const work = days.get(day) ?? { calls: [], tasks: [] };
    days.set(day, work);
    return work;
  };
  for (const call of calls) on(call.due_day).calls.push(call);
  for (const task of tasks) on(task.due_day).tasks.push(task);
  return days;
}

interface DayCellProps {
  work: DayWork | undefined;
  onMore: () => void;
  onDrop: ((callId: number) => void) | undefined;
}

function DayCell({ work = { calls: [], tasks: [] }, onMore, onDrop }: DayCellProps) {
  const { t } = useTranslation('cockpit');
  const language = useLanguage();
  const panel = usePanel();
  const { calls, tasks } = work;
  const shownCalls = calls.slice(0, shownPerDay);
  const shownTasks = tasks.slice(0, shownPerDay - shownCalls.length);
  const more = calls.length + tasks.length - shownCalls.length - shownTasks.length;
  return (
    <div
      className={classes.dayCell}
      onDragOver={(event) => onDrop && event.dataTransfer.types.includes(mimeType) && event.preventDefault()}
      onDrop={(event) => {
        const id = Number(event.dataTransfer.getData(mimeType));
        if (id > 0) onDrop?.(id);
      }}
    >
      {shownCalls.map((call) => (
        <UnstyledButton
          key={`call-${call.id}`}
          className={classes.dayItem}
          data-late={call.is_overdue || undefined}
          data-done={call.status === 'closed' || undefined}
          title={t('calls:lineTitle', { account: call.account.name, title: call.title[language] })}
          draggable
          onDragStart={(event) => event.dataTransfer.setData(mimeType, String(call.id))}
          onClick={() => panel.open(String(call.id))}
        >
          <SeverityBadge severity={call.severity} iconOnly />
          <span>{call.account.name}</span>
        </UnstyledButton>
      ))}
      {shownTasks.map((task) => {
        const content = (
          <>
            <IconCheckbox size={14} stroke={1.6} aria-label={t('room.tasks')} />
            <span>{task.title[language]}</span>
          </>
        );
        const shared = {
          className: classes.dayItem,
          'data-late': task.is_overdue || undefined,
          title: t('calls:lineTitle', { account: task.account.name, title: task.title[language] }),
        };
        return task.call ? (
          <UnstyledButton key={`task-${task.id}`} {...shared} onClick={() => panel.open(String(task.call!.id))}>
            {content}
          </UnstyledButton>
        ) : (
          <span key={`task-${task.id}`} {...shared}>
            {content}
          </span>
        );
      })}
      {more > 0 && (
        <UnstyledButton className={classes.dayMore} onClick={onMore}>
          {t('moreOnDay', { count: more })}
        </UnstyledButton>
      )}
    </div>
  );
}
