import { Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Day } from '../../../lib/format/date';
import { useFormat } from '../../../lib/viewer';
import { addMonths, monthOf, monthsBetween } from '../periods';

const offered_months = 36;

interface MonthSelectProps {
  month: Day;
  today: Day;
  /** Undefined is the present month, which moves on by itself. */
  onChange: (month: Day | undefined) => void;
}

export function MonthSelect({ month, today, onChange }: MonthSelectProps) {
  const { t } = useTranslation('revenue');
  const format = useFormat();
  const present = monthOf(today);
  const months = monthsBetween(addMonths(present, 1 - offered_months), present).toReversed();
  return (
    <Select
      w={140}
      size="xs"
      aria-label={t('executive.month')}
      allowDeselect={false}
      data={months.map((each) => ({ value: each, label: format.month(each) }))}
      value={monthOf(month)}
      onChange={(next) => next && onChange(next === present ? undefined : next)}
    />
  );
}
