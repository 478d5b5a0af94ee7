import { useQuery, useQueryClient } from '@tanstack/react-query';
import { intakeQuery } from '../../api/intake';
import { useLive } from '../../lib/live/use-live';
import { withNews } from './live-state';

/** What the stream does not carry (queue, lags, silence) is read anew this often. */
const refetch_ms = 10_000;

/** The sources and the queue, following live. */
export function useIntake() {
  const client = useQueryClient();
  useLive({
    intake: ({ sources }) => {
      const known = client.getQueryData(intakeQuery.queryKey);
      if (!known) return;
      client.setQueryData(intakeQuery.queryKey, withNews(known, sources, Date.now()));
      const ids = new Set(known.sources.map(({ id }) => id));
      if (sources.some(({ id }) => !ids.has(id))) void client.invalidateQueries({ queryKey: intakeQuery.queryKey });
    },
    onGap: () => void client.invalidateQueries({ queryKey: intakeQuery.queryKey }),
  });
  return useQuery({ ...intakeQuery, refetchInterval: refetch_ms });
}
