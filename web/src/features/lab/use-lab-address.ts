import { getRouteApi } from '@tanstack/react-router';
import { useCallback } from 'react';
import { leadFrom, type LabTab } from './search';
import type { Tuning } from './tuning';
import type { LeadDays, Sense } from './types';

const route = getRouteApi('/_shell/lab');

interface Choice {
  scorecard: string;
  use: 'published' | 'draft';
  outcome: string;
  sense: Sense;
  lead: LeadDays;
  level: string;
  segment: string;
  tab: LabTab;
  tuned: Tuning;
}

export type Choices = { [Name in keyof Choice]?: Choice[Name] | undefined };

/** What was chosen, as the address says, and the way to choose otherwise. */
export function useLabAddress() {
  const { lead, ...search } = route.useSearch();
  const navigate = route.useNavigate();
  const choose = useCallback(
    (change: Choices, { replace = false }: { replace?: boolean } = {}) =>
      void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false }),
    [navigate],
  );
  return { ...search, lead: leadFrom(lead), choose };
}
