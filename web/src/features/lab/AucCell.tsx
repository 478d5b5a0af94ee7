import { useFigures } from './figures';
import { IntervalBar } from './IntervalBar';
import classes from './Lab.module.css';
import type { Interval } from './types';

/** An AUC in a table: the figure, and its interval on the scale of all. */
export function AucCell({ interval }: { interval: Interval | null }) {
  const figures = useFigures();
  if (!interval) return '–';
  return (
    <span className={classes.cellBar} title={figures.aucRange(interval)}>
      <span className="tabular">{figures.auc(interval.value)}</span>
      <IntervalBar interval={interval} />
    </span>
  );
}
