// A dry run as it is drawn on the graph.
import { wayId, type Decoration } from '../graph/decoration';
import type { DryRun } from '../types';

export function decorationOf({ steps, account }: DryRun): Decoration {
  const come = steps.filter(({ accounts }) => accounts > 0);
  const flows = new Map<string, number>();
  const litWays = new Set<string>();
  for (const { step, ports } of come)
    for (const { port, accounts } of ports)
      if (accounts > 0) {
        flows.set(wayId(step, port), accounts);
        litWays.add(wayId(step, port));
      }
  if (come[0]) litWays.add(wayId(null, 'next'));
  const lit = new Set(come.map(({ step }) => step));
  // For one account it is the way that matters, and not that there is one of it.
  if (account) return { lit, litWays };
  return { lit, litWays, flows, counts: new Map(come.map(({ step, accounts }) => [step, accounts])) };
}
