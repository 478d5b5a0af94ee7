// A plan for the tests in the browser, made through the server's own routes.
import { expect, type APIRequestContext } from '@playwright/test';
import { csrfHeaders } from './intake/product';

const words = (ja: string, en: string) => ({ ja, en });

interface Line {
  id: number;
  state: string;
}

/** The account of largest ARR, with people, that has no living plan. */
export async function accountWithoutPlan(request: APIRequestContext): Promise<{ id: number; name: string }> {
  const { items } = (await (await request.get('/api/book?limit=60&sort=-arr')).json()) as { items: { id: number; name: string }[] };
  for (const account of items) {
    const plans = (await (await request.get(`/api/accounts/${account.id}/plans`)).json()) as { items: Line[] };
    if (plans.items.some(({ state }) => state !== 'closed')) continue;
    const contacts = (await (await request.get(`/api/accounts/${account.id}/contacts`)).json()) as { items: { left_day: string | null }[] };
    if (contacts.items.some(({ left_day }) => left_day === null)) return account;
  }
  throw new Error('every account of the demo has a plan already');
}

const day = (from: string, days: number) => new Date(Date.parse(`${from}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

/** Two goals, three actions that wait for each other, and a milestone. */
export async function makePlan(request: APIRequestContext): Promise<{ id: number; today: string; account: { id: number; name: string } }> {
  const account = await accountWithoutPlan(request);
  const headers = await csrfHeaders(request);
  const created = await request.post('/api/plans', { data: { account_id: account.id, blank: true, name: words('経理の効率化', 'A faster close') }, headers });
  expect(created.ok(), await created.text()).toBe(true);
  const plan = (await created.json()) as { id: number; version: number; as_of: string };
  const today = plan.as_of;
  const put = (kind: string, item: object) => ({ op: 'put', kind, item });
  const owner = (side: string, role: string) => ({ side, role, user: null, contact: null });
  const changed = await request.post(`/api/plans/${plan.id}/changes`, {
    headers,
    data: {
      base_version: plan.version,
      operations: [
        { op: 'set_head', head: { purpose: words('月次締めを早めたい', 'They want to close earlier') } },
        put('goal', {
          key: 'close',
          name: words('月次締めを5営業日以内に', 'Close within 5 business days'),
          criterion: words('3か月続けて5営業日以内に完了', 'At most 5 business days for three months in a row'),
          kind: 'figure',
          unit: words('営業日', 'business days'),
          direction: 'down',
          baseline: 9,
          target: 5,
          start: day(today, -60),
          due: day(today, 60),
        }),
        put('goal', {
          key: 'audit',
          name: words('監査で指摘ゼロ', 'No findings in the audit'),
          criterion: words('監査報告書に指摘がない', 'The report names no finding'),
          kind: 'yes_no',
          due: day(today, 90),
        }),
        put('action', { key: 'map', name: words('業務を洗い出す', 'Map the work'), goal: 'close', owner: owner('theirs', 'champion'), start: day(today, 1), due: day(today, 10) }),
        put('action', { key: 'rules', name: words('ルールを設定する', 'Set the rules up'), goal: 'close', owner: owner('ours', 'csm'), start: day(today, 11), due: day(today, 20), depends_on: ['map'] }),
        put('action', { key: 'check', name: words('結果を確認する', 'Check the results'), goal: 'close', owner: owner('theirs', 'champion'), start: day(today, 21), due: day(today, 30), depends_on: ['rules'] }),
        put('milestone', { key: 'live', name: words('全拠点で稼働', 'Live at all sites'), goal: 'close', due: day(today, 40) }),
      ],
    },
  });
  expect(changed.ok(), await changed.text()).toBe(true);
  return { id: plan.id, today, account };
}

/** Takes the plan away from the account again, so that the next test may make one. */
export async function closePlan(request: APIRequestContext, id: number) {
  const closed = await request.post(`/api/plans/${id}/close`, { data: { why: '' }, headers: await csrfHeaders(request) });
  expect(closed.ok(), await closed.text()).toBe(true);
}

let shown: Promise<string> | undefined;

/** The address of one plan for pictures; made once. */
export function planToShow(search: string) {
  return async (request: APIRequestContext): Promise<string> => {
    shown ??= makePlan(request).then(({ id }) => `/plans/${id}`);
    return (await shown) + search;
  };
}
