import { SegmentedControl, Select } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Day } from '../../lib/format/date';
import { useAsOf } from '../../lib/as-of';
import { useFormat, useViewer } from '../../lib/viewer';
import { addMonths, monthOf, monthsBetween, rangeOf, ranges, type Range } from './periods';
import { grains, type Grain } from './types';

export interface PeriodAddress {
  range?: Range;
  from?: Day;
  to?: Day;
  grain?: Grain;
}

const offered_months = 72;

/** What an address says about the period, made whole. */
export function usePeriod({ range = 'last12', from, to, grain = 'month' }: PeriodAddress) {
  const { day } = useAsOf();
  const { fiscalYearStartMonth } = useViewer();
  const moving = rangeOf(range === 'custom' ? 'last12' : range, day, fiscalYearStartMonth);
  if (range !== 'custom') return { range, grain, ...moving };
  const chosen = { from: monthOf(from ?? moving.from), to: monthOf(to ?? moving.to) };
  // The wrong way round is put right rather than answered with nothing.
  return { range, grain, ...(chosen.from <= chosen.to ? chosen : { from: chosen.to, to: chosen.from }) };
}

interface PeriodChoiceProps {
  period: ReturnType<typeof usePeriod>;
  onChange: (period: PeriodAddress) => void;
}

/** From when to when, and in which steps. */
export function PeriodChoice({ period, onChange }: PeriodChoiceProps) {
  const { t } = useTranslation('revenue');
  const { range, from, to, grain } = period;
  return (
    <>
      <Select
        w={{ base: '100%', sm: 150 }}
        size="xs"
        label={t('choice.range')}
        allowDeselect={false}
        data={ranges.map((value) => ({ value, label: t(`range.${value}`) }))}
        value={range}
        onChange={(next) =>
          onChange(
            next === 'custom'
              ? { range: 'custom', from, to }
              : { range: next as Range, from: undefined, to: undefined },
          )
        }
      />
      {range === 'custom' && (
        <>
          <MonthChoice label={t('choice.from')} value={from} onChange={(month) => onChange({ from: month })} />
          <MonthChoice label={t('choice.to')} value={to} onChange={(month) => onChange({ to: month })} />
        </>
      )}
      <SegmentedControl
        size="xs"
        data-wide
        aria-label={t('choice.grain')}
        data={grains.map((value) => ({ value, label: t(`grain.${value}`) }))}
        value={grain}
        onChange={(next) => onChange({ grain: next === 'month' ? undefined : (next as Grain) })}
      />
    </>
  );
}

function MonthChoice({ label, value, onChange }: { label: string; value: Day; onChange: (month: Day) => void }) {
  const format = useFormat();
  const { day } = useAsOf();
  const present = monthOf(day);
  const months = monthsBetween(addMonths(present, 1 - offered_months), present).toReversed();
  const offered = months.includes(value) ? months : [value, ...months];
  return (
    <Select
      w={{ base: '100%', sm: 130 }}
      size="xs"
      label={label}
      allowDeselect={false}
      searchable
      data={offered.map((month) => ({ value: month, label: format.month(month) }))}
      value={value}
      onChange={(month) => month && onChange(month)}
    />
  );
}
