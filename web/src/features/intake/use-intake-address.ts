import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import type { IntakeTab } from './search';

const route = getRouteApi('/_shell/intake');

type Narrowing = Partial<{ source: number; kind: string; account: number; q: string; reason: string }>;

/** Which tab is shown and how it is narrowed down, as the address says. */
export function useIntakeAddress() {
  const { tab = 'sources', ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const showTab = useCallback(
    (next: IntakeTab, narrowing: Narrowing = {}) =>
      void navigate({ search: { tab: next === 'sources' ? undefined : next, ...narrowing } }),
    [navigate],
  );
  const narrow = useCallback(
    (change: { [Name in keyof Narrowing]: Narrowing[Name] | undefined }) =>
      void navigate({ search: (before) => ({ ...before, ...change, panel: undefined }), replace: true }),
    [navigate],
  );
  return { ...search, tab, showTab, narrow };
}
