import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useCallback, useState } from 'react';
import { getJson } from '../../api/json';
import type { LatestEvent } from '../../api/intake';
import { useLive } from '../../lib/live/use-live';

/** So many are kept; older ones are on the pages of their accounts. */
export const mostLatest = 500;
/** So many the server is asked for at first. */
const firstLatest = 200;

/** Newest first, each once. */
export function mergeLatest(news: readonly LatestEvent[], known: readonly LatestEvent[]): LatestEvent[] {
  const byNumber = new Map<number, LatestEvent>();
  for (const event of [...known, ...news]) byNumber.set(event.event_no, event);
  return [...byNumber.values()].sort((a, b) => b.event_no - a.event_no).slice(0, mostLatest);
}

const latestKey = ['intake', 'latest'] as const;

interface LatestAnswer {
  items: LatestEvent[];
}

/** The newest events of all sources, following live until it is paused; what comes meanwhile is counted. */
export function useLatest() {
  const client = useQueryClient();
  const [isPaused, setPaused] = useState(false);
  const [held, setHeld] = useState<LatestEvent[]>([]);
  const fetched = useQuery({
    queryKey: latestKey,
    queryFn: async ({ signal }) => {
      const answer = await getJson<LatestAnswer>('/api/intake/latest', { limit: firstLatest }, signal);
      const known = client.getQueryData<LatestAnswer>(latestKey);
      return { items: mergeLatest(answer.items, known?.items ?? []) };
    },
  });
  const take = useCallback(
    (news: readonly LatestEvent[]) =>
      client.setQueryData<LatestAnswer>(latestKey, (known) => ({ items: mergeLatest(news, known?.items ?? []) })),
    [client],
  );
  useLive({
    intake: ({ latest }) => {
      if (latest.length === 0) return;
      if (isPaused) setHeld((before) => mergeLatest(latest, before));
      else take(latest);
    },
    onGap: () => {
      if (!isPaused) void client.invalidateQueries({ queryKey: latestKey });
    },
  });
  const resume = () => {
    take(held);
    setHeld([]);
    setPaused(false);
    void client.invalidateQueries({ queryKey: latestKey });
  };
  return {
    events: fetched.data?.items,
    error: fetched.error,
    retry: () => void fetched.refetch(),
    isPaused,
    heldCount: held.length,
    pause: () => setPaused(true),
    resume,
  };
}
