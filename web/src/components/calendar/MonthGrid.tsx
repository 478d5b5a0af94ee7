import { ActionIcon, Button, Group, Text, Title } from '@mantine/core';
import { useMediaQuery } from '@mantine/hooks';
import { IconChevronLeft, IconChevronRight } from '@tabler/icons-react';
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { freeDaysQuery, type FreeDay } from '../../api/free-days';
import type { Day } from '../../lib/format/date';
import { useFormat, useLanguage, useViewer } from '../../lib/viewer';
import classes from './MonthGrid.module.css';
import { firstOfMonth, monthBeside, spanOf, weeksOf } from './month-weeks';

const headHeight_px = 30;

interface MonthGridProps {
  /** Any day of the month that is shown. */
  month: Day;
  onMonthChange: (month: Day) => void;
  /** What the calendar shows, for screen readers. */
  label: string;
  /** What lies on a day; nothing where nothing does. */
  renderDay: (day: Day) => ReactNode;
  /** On a phone only days with something on them are listed. */
  hasSomething: (day: Day) => boolean;
  /** Said on a phone where the month is empty. */
  empty: ReactNode;
}

/** A month as a calendar on which weekends, national holidays and the company's days off can be seen; a list on a phone. */
export function MonthGrid({ month, onMonthChange, label, renderDay, hasSomething, empty }: MonthGridProps) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const { bookDay } = useViewer();
  const isPhone = useMediaQuery('(max-width: 48em)', false, { getInitialValueInEffect: false }) ?? false;
  const span = spanOf(month);
  const { data: freeDays } = useQuery(freeDaysQuery(span.from, span.to));
  const shared = { month: firstOfMonth(month), freeDays, today: bookDay, renderDay };
  return (
    <div className={classes.frame}>
      <Group gap={4} mb={8}>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('calendar.previous')}
          onClick={() => onMonthChange(monthBeside(month, -1))}
        >
          <IconChevronLeft size={18} stroke={1.6} />
        </ActionIcon>
        <Title order={2} fz="md" aria-live="polite" className="tabular">
          {format.month(month)}
        </Title>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('calendar.next')}
          onClick={() => onMonthChange(monthBeside(month, 1))}
        >
          <IconChevronRight size={18} stroke={1.6} />
        </ActionIcon>
        {firstOfMonth(month) !== firstOfMonth(bookDay) && (
          <Button size="compact-sm" variant="default" ml={8} onClick={() => onMonthChange(firstOfMonth(bookDay))}>
            {t('calendar.today')}
          </Button>
        )}
      </Group>
      {isPhone ? (
        <Agenda {...shared} hasSomething={hasSomething} label={label} empty={empty} />
      ) : (
        <Weeks {...shared} label={label} />
      )}
    </div>
  );
}

interface DaysProps {
  month: Day;
  freeDays: ReadonlyMap<Day, FreeDay> | undefined;
  today: Day;
  label: string;
  renderDay: (day: Day) => ReactNode;
}

function Weeks({ month, freeDays, today, label, renderDay }: DaysProps) {
  const { t } = useTranslation('common');
  const weekdays = t('calendar.weekdays').split(',');
  const scroller = useRef<HTMLDivElement>(null);
  // The weeks that are over lie above the edge.
  useEffect(() => {
    const week = scroller.current?.querySelector<HTMLElement>('[data-today]')?.closest('tr');
    scroller.current?.scrollTo({ top: week ? week.offsetTop - headHeight_px : 0 });
  }, [month]);
  return (
    // Scrolls by itself where many things lie on a day, so the keyboard must be able to reach it.
    <div ref={scroller} className={classes.scroller} tabIndex={0} role="region" aria-label={label}>
      <table className={classes.grid} aria-label={label}>
        <thead>
          <tr>
            {weekdays.map((weekday, index) => (
              <th key={weekday} scope="col" data-free={index > 4 || undefined}>
                {weekday}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {weeksOf(month).map((week) => (
            <tr key={week[0]}>
              {week.map((day) => (
                <td key={day} data-free={freeDays?.get(day)?.kind} data-today={day === today || undefined}>
                  <DayHead day={day} free={freeDays?.get(day)} isToday={day === today} />
                  {renderDay(day)}
                </td>
              ))}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}

function DayHead({ day, free, isToday }: { day: Day; free: FreeDay | undefined; isToday: boolean }) {
  const { t } = useTranslation('common');
  const language = useLanguage();
  const format = useFormat();
  const word = free?.kind === 'holiday' ? free.name?.[language] : free?.kind === 'day_off' && t('calendar.day_off');
  return (
    <div className={classes.dayHead}>
      <time dateTime={day} aria-label={format.day(day)} aria-current={isToday ? 'date' : undefined}>
        {Number(day.slice(8))}
      </time>
      {word && <span title={word}>{word}</span>}
    </div>
  );
}

function Agenda({
  month,
  freeDays,
  label,
  renderDay,
  hasSomething,
  empty,
}: DaysProps & Pick<MonthGridProps, 'hasSomething' | 'empty'>) {
  const { t } = useTranslation('common');
  const format = useFormat();
  const language = useLanguage();
  const days = weeksOf(month)
    .flat()
    .filter((day) => day.slice(0, 7) === month.slice(0, 7) && hasSomething(day));
  if (days.length === 0)
    return (
      <Text fz="sm" c="dimmed" py="md">
        {empty}
      </Text>
    );
  return (
    <ul className={classes.agenda} aria-label={label}>
      {days.map((day) => {
        const free = freeDays?.get(day);
        return (
          <li key={day}>
            <h3>
              {format.day(day)} <span>{format.relativeDay(day)}</span>
              {free && <span>{free.name?.[language] ?? t(`calendar.${free.kind}`)}</span>}
            </h3>
            {renderDay(day)}
          </li>
        );
      })}
    </ul>
  );
}
