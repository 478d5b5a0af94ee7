import classes from './Lab.module.css';
import type { Interval } from './types';

interface IntervalBarProps {
  interval: Interval | null;
  /** What the track shows from its left to its right end. */
  from?: number;
  to?: number;
  /** A mark across the track: where chance lies. */
  mark?: number;
  tone?: 'main' | 'quiet';
}

/** A figure as a dot with its interval as a bar; the words stand beside it. */
export function IntervalBar({ interval, from = 0.3, to = 1, mark = 0.5, tone = 'main' }: IntervalBarProps) {
  const place = (value: number) => Math.min(100, Math.max(0, ((value - from) / (to - from)) * 100));
  return (
    <span className={classes.interval} data-tone={tone} aria-hidden>
      <i className={classes.chance} style={{ left: `${place(mark)}%` }} />
      {interval && (
        <>
          <i
            className={classes.range}
            style={{
              left: `${place(interval.low)}%`,
              width: `${Math.max(0.5, place(interval.high) - place(interval.low))}%`,
            }}
          />
          <i className={classes.dot} style={{ left: `${place(interval.value)}%` }} />
        </>
      )}
    </span>
  );
}
