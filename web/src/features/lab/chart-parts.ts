// What the charts of the Lab have in common.
import type { useFormat } from '../../lib/viewer';

type Format = ReturnType<typeof useFormat>;

/** Where the plot lies: axes' labels inside the picture, room for the name below. */
export function plotArea({ top = 12, right = 20 }: { top?: number; right?: number } = {}) {
  const contain = { outerBoundsMode: 'same', outerBoundsContain: 'axisLabel' } as const;
  return { left: 8, right, top, bottom: 28, ...contain };
}

/** Says of a point on two axes what it means. */
export function pointTooltip(say: (x: number, y: number) => string) {
  return { trigger: 'item', formatter: ({ value: [x, y] }: { value: [number, number] }) => say(x, y) };
}

/** Says of a place on the axis what stands there. */
export function placeTooltip<Item>(items: readonly Item[], say: (item: Item) => string, pointer?: 'shadow') {
  return {
    trigger: 'axis',
    ...(pointer && { axisPointer: { type: pointer } }),
    formatter: (points: unknown) => {
      const [first] = points as { dataIndex: number }[];
      const item = first && items[first.dataIndex];
      return item === undefined ? '' : say(item);
    },
  };
}

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
