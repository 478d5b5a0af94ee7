// Success plans over HTTP, against the real binary: agreed, changed by several people at once, read as they were,
// put back, and made up for after a kill.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'plans@example.com';
let server: Server;
let admin: Client;

async function signedIn() {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '30', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

async function get(path: string): Promise<any> {
  const answer = await admin.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
async function post(path: string, body: unknown = {}): Promise<any> {
  const answer = await admin.post(path, body);
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

// Accounts without a living plan, with somebody to ask.
let free: { id: number; contact: number }[] = [];
async function freeAccount() {
  if (free.length === 0) {
    const taken = new Set((await get('/api/plans?limit=1000')).items.map((item: any) => item.account_id));
    for (const account of (await get('/api/book?limit=1000')).items as any[]) {
      if (taken.has(account.id)) continue;
      const contacts = (await get(`/api/accounts/${account.id}/contacts`)).items as any[];
      if (contacts.length > 0) free.push({ id: account.id, contact: contacts[0].id });
    }
  }
  return free.shift()!;
}

const goal = (more: object = {}) => ({
  op: 'put',
  kind: 'goal',
  item: {
    key: 'calls',
    name: { ja: '問い合わせ削減' },
    criterion: { en: 'At most 80 a month' },
    kind: 'figure',
    direction: 'down',
    baseline: 120,
    target: 80,
    start: '2026-07-01',
    due: '2026-12-31',
    value: { amount_minor: 365_000, per: 'year', how: { en: '40 calls' } },
    ...more,
  },
});
const action = (key: string, more: object = {}) => ({ op: 'put', kind: 'action', item: { key, name: { en: key }, ...more } });
const change = (id: number, base_version: number, operations: unknown[]) => admin.post(`/api/plans/${id}/changes`, { base_version, operations });

async function newPlan(operations: unknown[] = [goal(), action('prepare', { due: '2026-11-01' })]) {
  const account = await freeAccount();
  const plan = await post('/api/plans', { account_id: account.id, blank: true });
  const changed = await change(plan.id, 1, operations);
  expect(changed.status, changed.text).toBe(200);
  return { account, plan: changed.body };
}

test('the demo has plans in all states, with wins', async () => {
  const list = await get('/api/plans?state=all&limit=1000');
  const states = new Set(list.items.map((item: any) => item.state));
  expect([...states].sort()).toEqual(expect.arrayContaining(['active', 'draft', 'sent']));
  expect(list.sums.goals_achieved).toBeGreaterThan(0);
  expect(list.sums.value.amount_minor).toBeGreaterThan(0);
  expect(list.sums.plans).toBe(list.total);
  const living = await get('/api/plans?limit=1000');
  expect(list.sums.without_plan).toBe((await get('/api/book?limit=1')).total - living.total);
  const wins = await get('/api/wins');
  expect(wins.items.some((win: any) => win.kind === 'goal')).toBe(true);
});

test('a plan is agreed goal by goal, and the customer is asked again where the agreement reads otherwise', async () => {
  const { account, plan } = await newPlan();
  const sent = await post(`/api/plans/${plan.id}/send`, { contact_ids: [account.contact] });
  expect(sent).toMatchObject({ state: 'sent', waits_for_confirmation: true });
  expect(sent.goals[0]).toMatchObject({ confirmation: 'asked', is_changed_since_sent: false });
  const wordless = await admin.post(`/api/plans/${plan.id}/confirmations`, { goal: 'calls', contact_id: account.contact, verdict: 'commented' });
  expect(wordless.status).toBe(400);
  const confirmed = await post(`/api/plans/${plan.id}/confirmations`, { goal: 'calls', contact_id: account.contact, verdict: 'confirmed' });
  expect(confirmed).toMatchObject({ state: 'active', waits_for_confirmation: false });
  expect(confirmed.document.goals[0].stage).toBe('accepted');
  expect(confirmed.confirmations[0]).toMatchObject({ how: 'told_us', verdict: 'confirmed', version: sent.version });
  const raised = await change(plan.id, confirmed.version, [goal({ target: 60 })]);
  expect(raised.body.sent.has_newer).toBe(true);
  const again = await post(`/api/plans/${plan.id}/send`, { contact_ids: [account.contact] });
  expect(again.goals[0].confirmation).toBe('asked');
  const second = await admin.post('/api/plans', { account_id: account.id });
  expect(second.status).toBe(409);
  expect(second.body.errors[0]).toMatchObject({ field: 'plan_id', message: String(plan.id) });
});

test('different fields of one item, changed by two at once, are both there; the same field is a conflict', async () => {
  const { plan } = await newPlan();
  const both = await Promise.all([
    change(plan.id, plan.version, [action('prepare', { done_on: '2026-09-30' })]),
    change(plan.id, plan.version, [action('prepare', { due: '2026-11-15', done_on: null })]),
    change(plan.id, plan.version, [goal({ due: '2027-01-31' })]),
  ]);
  expect(both.map((answer) => answer.status)).toEqual([200, 200, 200]);
  const after = await get(`/api/plans/${plan.id}`);
  expect(after.document.actions[0]).toMatchObject({ done_on: '2026-09-30', due: '2026-11-15' });
  expect(after.document.goals[0].due).toBe('2027-01-31');
  const racing = await Promise.all([70, 71, 72, 73, 74].map((target) => change(plan.id, after.version, [goal({ due: '2027-01-31', target })])));
  expect(racing.filter((answer) => answer.status === 200)).toHaveLength(1);
  const refused = racing.filter((answer) => answer.status === 409);
  expect(refused).toHaveLength(4);
  expect(refused[0]!.body.errors[0].field).toBe('operations[0].item.target');
});

test('every version stays, can be read by day, and put back', async () => {
  const { plan } = await newPlan();
  await change(plan.id, plan.version, [goal({ target: 50 }), { op: 'remove', kind: 'action', key: 'prepare' }]);
  const versions = await get(`/api/plans/${plan.id}/versions`);
  expect(versions.total).toBe(3);
  expect(versions.items[0].changes.map((each: any) => `${each.change} ${each.kind} ${each.key}`)).toEqual(['changed goal calls', 'removed action prepare']);
  expect(versions.items[0].changes[0].words.en).toContain('target: 80 → 50');
  const stale = await admin.post(`/api/plans/${plan.id}/versions/2/restore`, { base_version: 2 });
  expect(stale.status).toBe(409);
  const back = await post(`/api/plans/${plan.id}/versions/2/restore`, { base_version: 3 });
  expect(back.version).toBe(4);
  expect(back.document).toEqual(plan.document);
  expect((await get(`/api/plans/${plan.id}/versions/3`)).document.goals[0].target).toBe(50);
  expect((await admin.get(`/api/plans/${plan.id}?as_of=2026-01-01`)).status).toBe(404);
  expect((await get(`/api/accounts/${plan.account_id}/plans?as_of=2026-01-01`)).total).toBe(0);
  expect((await get(`/api/accounts/${plan.account_id}/plans`)).total).toBe(1);
  const refused = await admin.get(`/api/accounts/${plan.account_id}/plans?as_of=soon`);
  expect(refused.body.errors[0].field).toBe('as_of');
});

test('bad input is refused with the path of each fault, and changes nothing', async () => {
  const { plan } = await newPlan();
  const nasty: [unknown[], string][] = [
    [[], 'operations'],
    [[null], 'operations[0]'],
    [[{ op: 'explode' }], 'operations[0].op'],
    [[{ op: 'put', kind: 'goal', item: null }], 'operations[0].item'],
    [[{ op: 'put', kind: 'goal', item: {} }], 'operations[0].item.key'],
    [[goal({ key: '../x' })], 'operations[0].item.key'],
    [[goal({ target: 'many' })], 'operations[0].item.target'],
    [[goal({ target: 1e300 })], 'operations[0].item.target'],
    [[goal({ target: 200 })], 'operations[0].item.target'],
    [[goal({ due: '2026-02-30' })], 'operations[0].item.due'],
    [[goal({ due: '9999999-01-01' })], 'operations[0].item.due'],
    [[goal({ start: '2027-01-01' })], 'operations[0].item.due'],
    [[goal({ name: { en: 'x'.repeat(301) } })], 'operations[0].item.name'],
    [[goal({ name: { fr: 'x' } })], 'operations[0].item.name'],
    [[goal({ theirs: -1 })], 'operations[0].item.theirs'],
    [[goal({ theirs: 1.5 })], 'operations[0].item.theirs'],
    [[goal({ surprise: 1 })], 'operations[0].item.surprise'],
    [[goal({ override: { status: 'achieved' } })], 'operations[0].item.override.why'],
    [[goal({ value: { per: 'year' } })], 'operations[0].item.value.amount_minor'],
    [[action('a', { depends_on: ['a'] })], 'operations[0].item.depends_on'],
    [[action('a', { depends_on: ['b'] }), action('b', { depends_on: ['a'] })], 'operations[0].item.depends_on'],
    [[action('a', { goal: 'nothing' })], 'operations[0].item.goal'],
    [[action('a', { owner: { side: 'theirs', user: 1 } })], 'operations[0].item.owner.user'],
    [[action('a', { owner: { side: 'theirs' }, internal: true })], 'operations[0].item.internal'],
    [[{ op: 'remove', kind: 'risk', key: 'nothing' }], 'operations[0].key'],
    [[{ op: 'set_head', head: { name: {} } }], 'operations[0].head.name'],
    [Array.from({ length: 201 }, () => goal()), 'operations'],
    [Array.from({ length: 60 }, (_, index) => goal({ key: `g${index}` })), 'goals'],
  ];
  for (const [operations, field] of nasty) {
    const answer = await change(plan.id, plan.version, operations);
    expect([answer.status, answer.body.errors?.map((each: any) => each.field)], JSON.stringify(operations).slice(0, 200)).toEqual([
      400,
      expect.arrayContaining([field]),
    ]);
  }
  for (const body of ['', '[]', '{', '"x"', '{"base_version": "1", "operations": {}}', '{"base_version": 1e99, "operations": []}', '\u0000']) {
    const answer = await admin.request('POST', `/api/plans/${plan.id}/changes`, body);
    expect(answer.status, body).toBe(400);
  }
  for (const [path, body] of [
    ['readings', { goal: 'calls', value: 1, day: '2999-01-01' }],
    ['readings', { goal: 'calls', value: 'x' }],
    ['reviews', { why: '' }],
    ['send', { contact_ids: [999_999_999] }],
    ['send', { contact_ids: ['x'] }],
    ['comments', { words: ' ' }],
    ['offers', { to_version: 1, take: [{ kind: 'x' }] }],
  ] as const) {
    expect((await admin.post(`/api/plans/${plan.id}/${path}`, body)).status, path).toBe(400);
  }
  for (const path of ['/api/plans/1', '/api/plans/x', '/api/plans/99999999999999999999', `/api/plans/${plan.id}/versions/99`]) {
    expect((await admin.get(path)).status, path).toBe(404);
  }
  for (const query of ['scope=us', 'state=odd', 'late=maybe', 'status=fine', 'limit=-1']) {
    expect((await admin.get(`/api/plans?${query}`)).status, query).toBe(400);
  }
  expect((await get(`/api/plans/${plan.id}`)).version).toBe(plan.version);
});

test('a goal that is reached becomes one win, also where the server is killed in between', async () => {
  const { account, plan } = await newPlan([goal({ due: '2026-10-31' })]);
  const wins = async () => (await get(`/api/wins?kind=goal&account=${account.id}`)).items as any[];
  const reading = admin.post(`/api/plans/${plan.id}/readings`, { goal: 'calls', value: 75 });
  expect((await reading).status).toBe(200);
  await server.kill();
  for (let times = 0; times < 2; times += 1) {
    server = await startServer({ data });
    admin = await signedIn();
    await vi.waitFor(async () => expect(await wins()).toHaveLength(1), { timeout: 30_000, interval: 200 });
    await server.kill();
  }
  server = await startServer({ data });
  admin = await signedIn();
  const reached = await get(`/api/plans/${plan.id}`);
  expect(reached.goals[0]).toMatchObject({ status: 'achieved', progress: 1, counts_as_success: false, missing_for_success: ['closed'] });
  expect(reached.document.goals[0].stage).toBe('delivered');
  expect(reached.values).toHaveLength(1);
  expect(await wins()).toHaveLength(1);
  const written = await admin.put(`/api/plans/${plan.id}/values/calls`, { story: 'They answer faster.', shared: true });
  expect(written.status, written.text).toBe(200);
  expect((await admin.put(`/api/plans/${plan.id}/values/nothing`, { story: 'x', shared: true })).status).toBe(404);
  const value = await get(`/api/accounts/${account.id}/value`);
  expect(value.items[0]).toMatchObject({ goal: 'calls', story: 'They answer faster.', shared: true, per: 'year' });
  expect(value.arr.amount_minor).toBeGreaterThanOrEqual(0);
});

test('lists find what needs somebody, and the book knows it', async () => {
  const { account, plan } = await newPlan([goal()]);
  const stalled = await get('/api/plans?no_next_step=true&limit=1000');
  expect(stalled.items.map((item: any) => item.id)).toContain(plan.id);
  const filter = encodeURIComponent(JSON.stringify({ combinator: 'and', rules: [{ field: 'attribute.plan_has_next_step', operator: '=', value: false }] }));
  await vi.waitFor(
    async () => expect((await get(`/api/book?limit=1000&columns=score&filter=${filter}`)).items.map((item: any) => item.id)).toContain(account.id),
    { timeout: 20_000, interval: 300 },
  );
  const found = await get(`/api/plans?q=${encodeURIComponent(stalled.items.find((item: any) => item.id === plan.id).account_name)}`);
  expect(found.items.map((item: any) => item.id)).toContain(plan.id);
});
