import type { ReactNode } from 'react';
import classes from './Page.module.css';

interface PageProps {
  /** Takes exactly the height of the window, for a page whose table scrolls by itself. */
  fill?: boolean;
  /** Keeps forms and texts readable on wide screens. */
  narrow?: boolean;
  children: ReactNode;
}

/** The frame of a page's content. */
export function Page({ fill = false, narrow = false, children }: PageProps) {
  return (
    <div className={classes.page} data-fill={fill || undefined} data-narrow={narrow || undefined}>
      {children}
    </div>
  );
}
