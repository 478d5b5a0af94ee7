import { Tooltip } from '@mantine/core';
import { formatRelativeInstant } from '../lib/format/date';
import { useNow } from '../lib/use-now';
import { useFormat } from '../lib/viewer';

interface InstantTextProps {
  value: string | null | undefined;
  /** relative: "3秒前" with the time in the tooltip; both: "2026年11月21日(土) 9:05 · 3秒前". */
  form?: 'relative' | 'both';
}

/** A moment of today, to the second; what counts days is `DateText`. */
export function InstantText({ value, form = 'relative' }: InstantTextProps) {
  const format = useFormat();
  const relative = useNow((now_ms) => formatRelativeInstant(value, now_ms, format.language));
  if (!value) return <span>–</span>;
  const style = { whiteSpace: 'nowrap' } as const;
  if (form === 'both') {
    return (
      <time dateTime={value}>
        {format.instant(value)} · {relative}
      </time>
    );
  }
  return (
    <Tooltip label={format.instantExact(value)}>
      <time dateTime={value} style={style}>
        {relative}
      </time>
    </Tooltip>
  );
}
