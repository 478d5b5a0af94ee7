import type { ReactNode } from 'react';
import classes from '../Overview.module.css';

/** A short titled part of what stands beside the overview. */
export function Step({ title, link, children }: { title: string; link?: ReactNode; children: ReactNode }) {
  return (
    <section>
      <div className={classes.stepHead}>
        <h2>{title}</h2>
        {link}
      </div>
      {children}
    </section>
  );
}
