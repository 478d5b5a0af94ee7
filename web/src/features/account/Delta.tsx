import { useFormat } from '../../lib/viewer';
import classes from './Overview.module.css';

/** A relative change: +12%, −30%, and a dash where there was nothing to compare with. */
export function Delta({ ratio }: { ratio: number | null }) {
  const format = useFormat();
  if (ratio === null) return <>–</>;
  const percent = Math.round(ratio * 100);
  return (
    <span className={classes.delta} data-direction={Math.sign(percent)}>
      {format.change(percent)}%
    </span>
  );
}
