// What the charts of the Lab have in common.
import type { useFormat } from '../../lib/viewer';

type Format = ReturnType<typeof useFormat>;

/** 0 % to 100 %, with its name below where it has one. */
export function shareAxis(format: Format, name?: string) {
  return {
    type: 'value',
    min: 0,
    max: 1,
    interval: 0.25,
    axisLabel: { formatter: (value: number) => format.percent(value, 0) },
    ...(name && below(name)),
  };
}

/** An axis' name under its middle, where it does not stand in the way of the last label. */
export function below(name: string) {
  return { name, nameLocation: 'middle', nameGap: 26 };
}

/** Vertical whiskers as one line that is lifted between them: [place, low], [place, high], nothing. */
export function whiskers(intervals: readonly ({ low: number; high: number } | null)[]): [number, number | null][] {
  return intervals.flatMap((interval, at): [number, number | null][] =>
    interval
      ? [
          [at, interval.low],
          [at, interval.high],
          [at, null],
        ]
      : [],
  );
}
