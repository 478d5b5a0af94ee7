import { UnstyledButton } from '@mantine/core';
import { Link } from '@tanstack/react-router';
import type { ReactNode } from 'react';
import sharedClasses from '../Account.module.css';
import { useOpenPanel } from '../use-account-address';

interface CauseLinkProps {
  measure: string | null;
  /** Instead of a measure: a child account. */
  account?: { id: number } | null;
  children: ReactNode;
}

/** Down to what a figure owes to: the rows of a measure, or the page of a child account. */
export function CauseLink({ measure, account, children }: CauseLinkProps) {
  const open = useOpenPanel();
  if (account)
    return (
      <Link
        className={sharedClasses.walk}
        to="/accounts/$accountId"
        params={{ accountId: String(account.id) }}
        search={{}}
      >
        {children}
      </Link>
    );
  if (measure === null) return <>{children}</>;
  return (
    <UnstyledButton className={sharedClasses.walk} onClick={() => open({ kind: 'measure', key: measure })}>
      {children}
    </UnstyledButton>
  );
}
