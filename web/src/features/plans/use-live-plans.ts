import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { plansKey } from '../../api/plans';
import { collector } from '../../lib/live/collect';
import { useLive } from '../../lib/live/use-live';

const refresh_ms = 2_000;

/** Reads plans anew when somebody changed one: those of all accounts, or of one where it is known. */
export function useLivePlans(account?: number, enabled = true) {
  const client = useQueryClient();
  const [soon] = useState(() =>
    collector<'all'>(refresh_ms, () => void client.invalidateQueries({ queryKey: plansKey })),
  );
  useEffect(() => soon.stop, [soon]);
  useLive(
    {
      plans: ({ accounts }) => {
        if (account === undefined || accounts.includes(account)) soon.add(['all']);
      },
      onGap: () => soon.add(['all']),
    },
    enabled,
  );
}
