import { useQueries } from '@tanstack/react-query';
import { getJson } from '../../api/json';
import { useAsOf } from '../../lib/as-of';
import type { TwoLanguages } from '../../lib/language';
import type { HomeAccount } from './home';

interface ChangePart {
  delta: number;
  sentence: TwoLanguages;
}

interface HealthAnswer {
  change_28d: { parts: ChangePart[] } | null;
}

/** Of what moved a score, the part that moved it furthest in the direction it went. */
export function strongestPart(parts: readonly ChangePart[], direction: 'up' | 'down'): ChangePart | undefined {
  const sign = direction === 'up' ? 1 : -1;
  return parts.filter(({ delta }) => delta * sign > 0).toSorted((a, b) => sign * (b.delta - a.delta))[0];
}

/** For each account the sentence that says what moved its score most; nothing while it is being fetched. */
export function useChangeReasons(accounts: readonly HomeAccount[], direction: 'up' | 'down') {
  const { asOf } = useAsOf();
  return useQueries({
    queries: accounts.map(({ id }) => ({
      queryKey: ['home', 'change', id, asOf ?? null],
      queryFn: ({ signal }: { signal: AbortSignal }) =>
        getJson<HealthAnswer>(`/api/accounts/${id}/health`, { as_of: asOf }, signal),
      staleTime: 5 * 60_000,
    })),
    combine: (results) => results.map(({ data }) => strongestPart(data?.change_28d?.parts ?? [], direction)?.sentence),
  });
}
