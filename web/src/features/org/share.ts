import type { Capacity, Load } from './types';

/** The fullest of the limited figures against its limit, as the server counts it; null without limits. */
export function shareOf(load: Load, capacity: Capacity): number | null {
  const shares = [
    against(load.accounts, capacity.accounts),
    against(load.arr.amount_minor, capacity.arr_minor),
    against(load.effort, capacity.effort),
  ].filter((share) => share !== null);
  return shares.length === 0 ? null : Math.max(...shares);
}

function against(figure: number, limit: number | null): number | null {
  if (limit === null) return null;
  if (limit === 0) return figure > 0 ? 2 : 1;
  return figure / limit;
}
