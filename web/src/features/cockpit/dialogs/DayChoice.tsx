import { Button, Group, Text } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { useTranslation } from 'react-i18next';
import { DayInput } from '../../../components/contracts/DayInput';
import type { Day } from '../../../lib/format/date';
import { useFormat, useLanguage, useViewer } from '../../../lib/viewer';
import { businessDaysAfter, freeDaysAhead } from '../business-days';

interface DayChoiceProps {
  label: string;
  value: Day | null;
  onChange: (day: Day | null) => void;
  clearable?: boolean;
}

const offers = [1, 3, 5, 10, 20] as const;

/** A day by business days from today, or from the calendar; a day on which nobody works is named as such. */
export function DayChoice({ label, value, onChange, clearable = false }: DayChoiceProps) {
  const { t } = useTranslation('cockpit');
  const format = useFormat();
  const language = useLanguage();
  const { bookDay } = useViewer();
  const { data: free } = useQuery(freeDaysAhead(bookDay));
  const chosenFree = value ? free?.get(value) : undefined;
  return (
    <div>
      <DayInput
        label={label}
        clearable={clearable}
        minDate={bookDay}
        value={value}
        onChange={(next) => onChange(next ? next.slice(0, 10) : null)}
      />
      <Group gap={6} mt={8}>
        {free &&
          offers.map((count, index) => {
            const day = businessDaysAfter(bookDay, count, free);
            return (
              <Button
                key={count}
                size="compact-xs"
                variant="default"
                data-autofocus={index === 0 || undefined}
                aria-pressed={day === value}
                title={format.day(day)}
                onClick={() => onChange(day)}
              >
                {t('dialog.businessDays', { count })}
              </Button>
            );
          })}
      </Group>
      {value && (
        <Text fz="xs" c="dimmed" mt={6}>
          {format.day(value)} · {format.relativeDay(value)}
          {chosenFree && ` · ${chosenFree.name?.[language] ?? t(`dialog.free.${chosenFree.kind}`)}`}
        </Text>
      )}
    </div>
  );
}
