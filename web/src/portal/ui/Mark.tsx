import type { ReactNode } from 'react';
import classes from './Ui.module.css';

export type Tone = 'plain' | 'good' | 'mind' | 'bad';

/** A short word about a thing's state. */
export function Mark({ tone = 'plain', children }: { tone?: Tone; children: ReactNode }) {
  return (
    <span className={classes.mark} data-tone={tone}>
      {children}
    </span>
  );
}
