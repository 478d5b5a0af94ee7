import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import classes from './Home.module.css';
import type { HomeAccount } from './home';

interface AccountLineProps {
  account: HomeAccount;
  /** Below the name: why it is in the list. */
  detail?: ReactNode;
  /** At the right edge: the figures. */
  children: ReactNode;
}

/** One account in a list: the whole line leads to it. */
export function AccountLine({ account, detail, children }: AccountLineProps) {
  return (
    <li className={classes.line}>
      <div className={classes.lineTop}>
        <Link
          to="/accounts/$accountId"
          params={{ accountId: String(account.id) }}
          className={classes.lineName}
          title={account.name}
        >
          {account.name}
        </Link>
        <div className={classes.lineFigures}>{children}</div>
      </div>
      {detail && <div className={classes.lineDetail}>{detail}</div>}
    </li>
  );
}
