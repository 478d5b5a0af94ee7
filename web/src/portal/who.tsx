// Who looks at the portal, and what the vendor shows them.
import { createContext, use, type ReactNode } from 'react';
import type { Me } from './requests';

const MeContext = createContext<Me | null>(null);

export function MeProvider({ me, children }: { me: Me; children: ReactNode }) {
  return <MeContext value={me}>{children}</MeContext>;
}

export function useMe(): Me {
  const me = use(MeContext);
  if (!me) throw new Error('useMe is for pages behind the log-in');
  return me;
}

/** One of the vendor looks as this person would: everything can be read and nothing done. */
export function useIsViewed(): boolean {
  return use(MeContext)?.viewed_by != null;
}
