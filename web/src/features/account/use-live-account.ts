import { useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { plansKey } from '../../api/plans';
import { collector } from '../../lib/live/collect';
import { useLive } from '../../lib/live/use-live';
import { accountKey, type Subject } from './requests';

const refresh_ms = 3_000;

/**
 * Follows one account: what is on the page is read anew when something of it or of its plans changed. The past does
 * not change.
 */
export function useLiveAccount({ id, asOf }: Subject) {
  const client = useQueryClient();
  const [changes] = useState(() =>
    collector<string>(refresh_ms, (ids) => {
      for (const each of ids) void client.invalidateQueries({ queryKey: accountKey(each) });
    }),
  );
  useEffect(() => changes.stop, [changes]);
  useLive(
    {
      plans: ({ accounts }) => {
        if (accounts.includes(Number(id))) void client.invalidateQueries({ queryKey: plansKey });
      },
      book: ({ accounts }) => {
        // An empty list: so many changed that they are not named.
        if (accounts.length === 0 || accounts.includes(Number(id))) changes.add([id]);
      },
      onGap: () => {
        changes.add([id]);
        void client.invalidateQueries({ queryKey: plansKey });
      },
    },
    asOf === undefined,
  );
}
