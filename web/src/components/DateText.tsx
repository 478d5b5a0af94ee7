import { Tooltip } from '@mantine/core';
import { dayOf, isDay } from '../lib/format/date';
import { useFormat, useViewer } from '../lib/viewer';

interface DateTextProps {
  /** A day ("2026-11-21") or an instant ("2026-11-21T00:05:00Z", shown in the viewer's zone). */
  value: string | null | undefined;
  /** relative: "3日前" with the date in the tooltip; absolute: the reverse; both: "2026年11月21日(土) · 3日前". */
  form?: 'relative' | 'absolute' | 'both';
}

/** A date in both its forms. */
export function DateText({ value, form = 'relative' }: DateTextProps) {
  const format = useFormat();
  const { timeZone } = useViewer();
  if (!value) return <span>–</span>;
  const day = isDay(value) ? value : dayOf(value, timeZone);
  const absolute = isDay(value) ? format.day(value) : format.instant(value);
  const relative = format.relativeDay(day);
  const style = { whiteSpace: 'nowrap' } as const;
  if (form === 'both') {
    return (
      <time dateTime={value} style={style}>
        {absolute} · {relative}
      </time>
    );
  }
  return (
    <Tooltip label={form === 'relative' ? absolute : relative}>
      <time dateTime={value} style={style}>
        {form === 'relative' ? relative : format.dayShort(day)}
      </time>
    </Tooltip>
  );
}
