import { useQuery } from '@tanstack/react-query';
import type { ReactNode } from 'react';
import { LanguageSwitch } from '../shell/LanguageSwitch';
import { Brand } from '../shell/Brand';
import classes from '../shell/Shell.module.css';
import { brandingQuery } from '../requests';

/** The frame of what is shown before anybody is logged in. */
export function Outside({ children }: { children: ReactNode }) {
  const { data: branding } = useQuery(brandingQuery);
  return (
    <div className={classes.accentTop}>
      <div className={classes.outside}>
        <header className={classes.outsideHead}>
          {branding ? <Brand branding={branding} /> : <span />}
          <LanguageSwitch />
        </header>
        <main className={classes.outsideMain}>{children}</main>
      </div>
    </div>
  );
}
