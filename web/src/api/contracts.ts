// The contracts of an account, and adding, changing and removing them: shown at once, taken back where the server
// refuses. The account's page and the revenue room both use them.
import { queryOptions, useMutation, useQueryClient, type QueryClient } from '@tanstack/react-query';
import type { Day } from '../lib/format/date';
import type { MoneyAmount } from '../lib/format/money';
import { getJson, queryText, sendJson } from './json';

export interface Subscription {
  id: number;
  external_id: string | null;
  product: string;
  plan: string | null;
  seats: number | null;
  amount: MoneyAmount;
  billing_period_months: number;
  /** A month, in the reporting currency; null where the currency has no rate. */
  mrr: MoneyAmount | null;
  start: Day;
  /** Exclusive; null while it has no agreed end. */
  end: Day | null;
  auto_renewal: boolean;
  notice_days: number | null;
  status: 'active' | 'future' | 'ended';
  /** Per billing period, taken off the amount already. */
  discount: MoneyAmount | null;
  is_trial: boolean;
  /** Since when an invoice is unpaid. */
  past_due_from: Day | null;
  /** When notice was given. */
  cancelled_on: Day | null;
  /** External id of the contract that this one continues on another account. */
  transferred_from: string | null;
}

export interface SubscriptionTotals {
  mrr: MoneyAmount | null;
  arr: MoneyAmount | null;
  seats: number | null;
  next_renewal_day: Day | null;
  notice_deadline: Day | null;
}

export interface Subscriptions {
  items: Subscription[];
  totals: SubscriptionTotals;
}

/** What a person can say about a contract. */
export const contractFields = [
  'product',
  'plan',
  'seats',
  'amount',
  'billing_period_months',
  'start',
  'end',
  'auto_renewal',
  'notice_days',
  'discount',
  'is_trial',
  'past_due_from',
  'cancelled_on',
  'transferred_from',
] as const;
export type ContractTerms = Pick<Subscription, (typeof contractFields)[number]>;

/** Absent leaves, null clears. */
export type ContractPatch = Partial<ContractTerms> & { why?: string };

export interface Rate {
  currency: string;
  /** Null: every month without a rate of its own. */
  month: Day | null;
  rate: string;
}

export interface Rates {
  reporting_currency: string;
  items: Rate[];
}

/** Contracts of the account as known on a day; part of what its page keeps, so that they are read anew together. */
export const contractsQuery = ({ id, asOf }: { id: string; asOf: Day | undefined }) =>
  queryOptions({
    queryKey: ['accounts', id, '360', 'subscriptions', asOf ?? null],
    queryFn: ({ signal }) => getJson<Subscriptions>(`/api/accounts/${id}/subscriptions`, { as_of: asOf }, signal),
  });

export const productsQuery = queryOptions({
  queryKey: ['products'],
  queryFn: ({ signal }) => getJson<{ items: { id: number; name: string }[] }>('/api/products', {}, signal),
  select: ({ items }) => items,
});

export const ratesQuery = queryOptions({
  queryKey: ['revenue', 'rates'],
  queryFn: ({ signal }) => getJson<Rates>('/api/rates', {}, signal),
});

/** The patch that takes `patch` back. */
export function inversePatch(before: Subscription, patch: ContractPatch): ContractPatch {
  return Object.fromEntries(
    contractFields.filter((field) => patch[field] !== undefined).map((field) => [field, before[field]]),
  );
}

/** Everything that has to be said to make a removed contract again. */
export function wholePatch(contract: Subscription): ContractPatch & { external_id?: string } {
  return {
    ...Object.fromEntries(contractFields.map((field) => [field, contract[field]])),
    ...(contract.external_id !== null && { external_id: contract.external_id }),
  };
}

export function patchedContract(contract: Subscription, patch: ContractPatch): Subscription {
  const terms = Object.fromEntries(
    contractFields.filter((field) => patch[field] !== undefined).map((field) => [field, patch[field]]),
  );
  return { ...contract, ...terms };
}

/** Changed accounts are scored again by the server within about a second. */
const rescoring_ms = 1500;

/** Contracts are behind the account, the book, renewals and revenue alike. */
function readAgain(client: QueryClient) {
  void client.invalidateQueries();
  setTimeout(() => {
    for (const key of ['accounts', 'book', 'home']) void client.invalidateQueries({ queryKey: [key] });
  }, rescoring_ms);
}

/** Stands in the list until the server has given the contract its id. */
const provisional: Subscription = {
  id: 0,
  external_id: null,
  product: '',
  plan: null,
  seats: null,
  amount: { amount_minor: 0, currency: 'JPY' },
  billing_period_months: 1,
  mrr: null,
  start: '',
  end: null,
  auto_renewal: false,
  notice_days: null,
  status: 'active',
  discount: null,
  is_trial: false,
  past_due_from: null,
  cancelled_on: null,
  transferred_from: null,
};

interface Change {
  id: number;
  patch: ContractPatch;
}

interface Removal {
  id: number;
  why?: string;
}

export function useContractDeeds(accountId: string) {
  const client = useQueryClient();
  const { queryKey } = contractsQuery({ id: accountId, asOf: undefined });

  /** Shows the list as it will be; gives it as it was, to go back to. */
  const showAtOnce = async (change: (items: Subscription[]) => Subscription[]) => {
    await client.cancelQueries({ queryKey });
    const before = client.getQueryData(queryKey);
    if (before) client.setQueryData(queryKey, { ...before, items: change(before.items) });
    return { before };
  };
  const takeBack = (_error: unknown, _what: unknown, kept: { before?: Subscriptions } | undefined) => {
    if (kept?.before) client.setQueryData(queryKey, kept.before);
  };
  const onSettled = () => readAgain(client);

  return {
    /** The server knows an equal contract by product and start: adding it again would change that one. */
    add: useMutation({
      mutationFn: (patch: ContractPatch & { external_id?: string }) =>
        sendJson<{ id: number }>('POST', `/api/accounts/${accountId}/subscriptions`, patch),
      onMutate: (patch) => showAtOnce((items) => [...items, patchedContract(provisional, patch)]),
      onError: takeBack,
      onSettled,
    }),
    change: useMutation({
      mutationFn: ({ id, patch }: Change) => sendJson<{ id: number }>('PATCH', `/api/subscriptions/${id}`, patch),
      onMutate: ({ id, patch }) =>
        showAtOnce((items) => items.map((item) => (item.id === id ? patchedContract(item, patch) : item))),
      onError: takeBack,
      onSettled,
    }),
    remove: useMutation({
      mutationFn: ({ id, why }: Removal) => sendJson<void>('DELETE', `/api/subscriptions/${id}${queryText({ why })}`),
      onMutate: ({ id }) => showAtOnce((items) => items.filter((item) => item.id !== id)),
      onError: takeBack,
      onSettled,
    }),
  };
}
