import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { usePanel } from '../../lib/use-panel';
import { panelAddress, type PanelContent } from './panel-address';
import type { PeriodChoice } from './search';
import type { Section } from './sections';
import type { TimelineKind } from './types';

const route = getRouteApi('/_shell/accounts/$accountId');

/** Which section, period and kinds are shown, as the address says, and how to show others. */
export function useAccountAddress() {
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const showSection = useCallback(
    (tab: Section) =>
      void navigate({
        search: (previous) => ({ ...previous, tab: tab === 'overview' ? undefined : tab, panel: undefined }),
      }),
    [navigate],
  );
  const showPeriod = useCallback(
    (period: PeriodChoice) => void navigate({ search: (previous) => ({ ...previous, period }), replace: true }),
    [navigate],
  );
  const showBeside = useCallback(
    (beside: string | undefined) => void navigate({ search: (previous) => ({ ...previous, beside }), replace: true }),
    [navigate],
  );
  const showKinds = useCallback(
    (kinds: readonly TimelineKind[]) =>
      void navigate({
        search: (previous) => ({ ...previous, kinds: kinds.length > 0 ? kinds.join(',') : undefined }),
        replace: true,
      }),
    [navigate],
  );
  return {
    section: search.tab ?? 'overview',
    period: search.period,
    beside: search.beside,
    kinds: search.kinds,
    showSection,
    showPeriod,
    showBeside,
    showKinds,
  };
}

/** Opens what stands behind a figure beside the page. */
export function useOpenPanel(): (content: PanelContent) => void {
  const { open } = usePanel();
  return useCallback((content) => open(panelAddress(content)), [open]);
}
