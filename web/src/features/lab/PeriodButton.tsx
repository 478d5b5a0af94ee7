import { Button, Group, Popover, Stack, Text, TextInput } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { showProblem } from '../../components/toast';
import { carryOut } from '../../lib/carry-out';
import { useViewer } from '../../lib/viewer';
import { useBuildPanel } from './lab';
import type { Panel } from './types';

interface PeriodButtonProps {
  panel: Panel;
  label: string;
  isMain?: boolean;
}

/** The same day some years before. */
function yearsBefore(day: string, years: number): string {
  const [year, rest] = [Number(day.slice(0, 4)), day.slice(4)];
  return `${year - years}${rest === '-02-29' ? '-02-28' : rest}`;
}

const offeredYears = [1, 2, 3] as const;

/** Prepares the history of a period: the last years, or from day to day. */
export function PeriodButton({ panel, label, isMain = false }: PeriodButtonProps) {
  const { t } = useTranslation('lab');
  const { bookDay } = useViewer();
  const [opened, setOpened] = useState(false);
  const [from, setFrom] = useState(panel.from ?? yearsBefore(bookDay, 2));
  const [to, setTo] = useState(panel.to ?? bookDay);
  const build = useBuildPanel();
  const isOrdered = from !== '' && to !== '' && from < to && to <= bookDay;
  const isChosen = (years: number) => to === bookDay && from === yearsBefore(bookDay, years);
  const start = () => {
    setOpened(false);
    // What nobody chose, the server chooses: two years, or less where usage is younger.
    const isUntouched = !panel.from && isChosen(2);
    carryOut(build, isUntouched ? {} : { from, to }, { onError: showProblem });
  };
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom" trapFocus withinPortal returnFocus width={320}>
      <Popover.Target>
        <Button
          size={isMain ? 'sm' : 'compact-sm'}
          variant={isMain ? 'filled' : 'default'}
          loading={build.isPending}
          aria-expanded={opened}
          onClick={() => setOpened((now) => !now)}
        >
          {label}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={12} ta="left">
          <Text fz="sm" c="dimmed">
            {t('period.help')}
          </Text>
          <Group gap={8}>
            {offeredYears.map((years) => (
              <Button
                key={years}
                size="compact-sm"
                variant={isChosen(years) ? 'light' : 'default'}
                aria-pressed={isChosen(years)}
                onClick={() => {
                  setFrom(yearsBefore(bookDay, years));
                  setTo(bookDay);
                }}
              >
                {t('period.years', { count: years })}
              </Button>
            ))}
          </Group>
          <Group gap={8} grow>
            <TextInput
              type="date"
              size="xs"
              label={t('period.from')}
              value={from}
              max={to}
              onChange={(event) => setFrom(event.currentTarget.value)}
            />
            <TextInput
              type="date"
              size="xs"
              label={t('period.to')}
              value={to}
              max={bookDay}
              onChange={(event) => setTo(event.currentTarget.value)}
            />
          </Group>
          <Button size="xs" disabled={!isOrdered} onClick={start}>
            {t('period.start')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}
