// How the Lab writes its figures, and when it does not trust them.
import { useMemo } from 'react';
import { useFormat } from '../../lib/viewer';
import type { Interval, Judgement, Warning } from './types';

const untrusted: readonly Warning['code'][] = ['few_outcomes', 'no_outcomes'];

/** Too little happened for a figure to mean anything: it is shown grey, as an indication. */
export function isTrusted(warnings: readonly Warning[]): boolean {
  return !warnings.some(({ code }) => untrusted.includes(code));
}

/** Two figures whose intervals share values may as well be the same. */
export function areApart(one: Interval | null, other: Interval | null): boolean {
  return one !== null && other !== null && (one.low > other.high || one.high < other.low);
}

/** Surely worse than chance: the score says the opposite of what was asked of it. */
export function isReversed({ auc, warnings }: Pick<Judgement, 'auc' | 'warnings'>): boolean {
  return auc !== null && auc.high < 0.5 && isTrusted(warnings);
}

/** Two decimals always: "0.80" beside "0.78". */
function twoDecimals(value: number | null | undefined): string {
  return value == null ? '–' : value.toFixed(2).replace('-', '−');
}

export function useFigures() {
  const format = useFormat();
  return useMemo(
    () => ({
      auc: twoDecimals,
      correlation: twoDecimals,
      /** Of two areas: what is less than a thousandth is nothing. */
      difference: (value: number | null | undefined) =>
        value == null ? '–' : `${value <= -0.0005 ? '−' : value >= 0.0005 ? '+' : '±'}${Math.abs(value).toFixed(3)}`,
      aucRange: (interval: Interval | null | undefined) =>
        interval ? `${twoDecimals(interval.low)}–${twoDecimals(interval.high)}` : undefined,
      share: (value: number | null | undefined) => format.percent(value, value != null && value < 0.1 ? 1 : 0),
      shareRange: (interval: Interval | null | undefined) =>
        interval ? `${format.percent(interval.low, 0)}–${format.percent(interval.high, 0)}` : undefined,
      lift: (value: number | null | undefined) => (value == null ? '–' : value.toFixed(1)),
    }),
    [format],
  );
}

/** Where false alarms and hits stand at the chosen level, as a point of the ROC curve. */
export function rocPoint({ levels, at_level, sense }: Judgement): { false_rate: number; true_rate: number } | null {
  const at = levels.findIndex(({ level }) => level === at_level);
  if (at < 0) return null;
  const flagged = sense === 'good' ? levels.slice(0, at + 1) : levels.slice(at);
  const sum = (list: typeof levels, of: (level: (typeof levels)[number]) => number) =>
    list.reduce((total, each) => total + of(each), 0);
  const hits = sum(levels, ({ outcomes }) => outcomes);
  const others = sum(levels, ({ rows, outcomes }) => rows - outcomes);
  if (hits === 0 || others === 0) return null;
  return {
    true_rate: sum(flagged, ({ outcomes }) => outcomes) / hits,
    false_rate: sum(flagged, ({ rows, outcomes }) => rows - outcomes) / others,
  };
}
