import { Button, Popover, Stack, Text } from '@mantine/core';
import { DatePicker } from '@mantine/dates';
import { IconHistory } from '@tabler/icons-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useAsOf } from '../../lib/as-of';
import { useFormat, useViewer } from '../../lib/viewer';
import classes from './Shell.module.css';

/** Chooses the day as known on which every page is shown. */
export function AsOfControl() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const { bookDay, bookDayFixed } = useViewer();
  const { day, isPast, setAsOf } = useAsOf();
  const [opened, setOpened] = useState(false);
  const choose = (chosen: string | null) => {
    setAsOf(chosen ?? undefined);
    setOpened(false);
  };
  const text = isPast || bookDayFixed ? t('asOf.on', { day: format.dayShort(day) }) : t('asOf.now');
  return (
    <Popover opened={opened} onChange={setOpened} position="bottom-end" trapFocus withinPortal returnFocus>
      <Popover.Target>
        <Button
          variant={isPast ? 'default' : 'subtle'}
          color="gray"
          size="compact-md"
          fz={13}
          leftSection={<IconHistory size={16} stroke={1.6} />}
          onClick={() => setOpened((now) => !now)}
          aria-label={t('asOf.label', { current: text })}
        >
          {text}
        </Button>
      </Popover.Target>
      <Popover.Dropdown>
        <Stack gap={8}>
          <Text fz="sm" c="dimmed" maw={260}>
            {t('asOf.help')}
          </Text>
          <DatePicker
            size="sm"
            hideOutsideDates
            value={day}
            defaultDate={day}
            maxDate={bookDay}
            onChange={choose}
            getDayProps={(date) => ({ 'aria-label': format.day(date) })}
          />
          <Button variant="default" size="xs" disabled={!isPast} onClick={() => choose(null)}>
            {t('asOf.back')}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

/** Nobody should mistake the past for today. */
export function AsOfBanner() {
  const { t } = useTranslation('app');
  const format = useFormat();
  const { day, isPast, setAsOf } = useAsOf();
  if (!isPast) return null;
  return (
    <div className={classes.banner} role="status">
      <span>{t('asOf.banner', { day: format.day(day), relative: format.relativeDay(day) })}</span>
      <Button variant="default" size="compact-xs" onClick={() => setAsOf(undefined)}>
        {t('asOf.back')}
      </Button>
    </div>
  );
}
