import { useEffect, useRef, type ReactNode } from 'react';
import { useLanguage } from '../../lib/viewer';
import { useMe } from '../who';
import classes from './Ui.module.css';

interface PageProps {
  title: string;
  lead?: ReactNode;
  children: ReactNode;
  actions?: ReactNode;
}

/** Frame and head of a page. The heading takes the focus, so that a reader hears where the link has led. */
export function Page({ title, lead, children, actions }: PageProps) {
  const vendor = useMe().vendor.name[useLanguage()];
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = vendor === '' ? title : `${title} | ${vendor}`;
  }, [title, vendor]);
  useEffect(() => {
    heading.current?.focus({ preventScroll: true });
  }, []);
  return (
    <div className={classes.stack}>
      <header>
        <div className={classes.sectionHead} style={{ margin: 0 }}>
          <h1 ref={heading} tabIndex={-1}>
            {title}
          </h1>
          {actions}
        </div>
        {lead && <p className={classes.lead}>{lead}</p>}
      </header>
      {children}
    </div>
  );
}
