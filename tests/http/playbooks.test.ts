// Playbooks through the real binary: what is refused, what runs, and that each step happens once whatever is killed.
import { createHmac } from 'node:crypto';
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';
import { canRunCluster, Cluster } from '../support/cluster.ts';
import { eventually, newAccount } from '../support/intake.ts';
import { pause } from '../support/producers.ts';
import { Receiver } from '../support/receiver.ts';

const text = (word: string) => ({ en: word, ja: word });
const step = (key: string, kind: string, more: object) => ({ key, kind, name: text(key), ...more });
const rule = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });
const args = ['--allow-private-webhooks'];
const ended = ['done', 'goal', 'exited', 'stopped'];

let server: Server;
let admin: Client;
let receiver: Receiver;

beforeAll(async () => {
  receiver = await Receiver.start();
  server = await startServer({ args });
  admin = await setUp(server.url, { timezone: 'UTC' });
});
afterAll(async () => {
  await server.stop();
  await receiver.stop();
});

async function define(client: Client, key: string, steps: object[], more: object = {}) {
  const body = { name: text(key), start: { on: 'manual' }, steps, ...more };
  const draft = await client.put(`/api/definitions/playbook/${key}/draft`, body);
  expect(draft.status, draft.text).toBe(200);
  const published = await client.post(`/api/definitions/playbook/${key}/publish`, { why: 'test' });
  expect(published.status, published.text).toBe(200);
}

// The book knows a new account a moment later.
async function inBook(client: Client, id: number) {
  const rows = await eventually(
    async () => ((await client.get('/api/book?limit=1000')).body.items ?? []).map((row: any) => row.id),
    (ids) => ids.includes(id),
    30,
  );
  expect(rows).toContain(id);
}

// Those that the book does not know yet are started as soon as it does; gives the runs in the order of the accounts.
async function startFor(client: Client, key: string, accounts: number[]): Promise<number[]> {
  const runs = new Map<number, number>();
  const answer = await eventually(
    async () => {
      const given = await client.post(`/api/playbooks/${key}/start`, { accounts: accounts.filter((id) => !runs.has(id)) });
      for (const { account_id, run_id } of given.body.items ?? []) if (run_id) runs.set(account_id, run_id);
      return given;
    },
    () => runs.size === accounts.length,
    30,
  );
  expect(answer.status, answer.text).toBe(200);
  expect(runs.size, answer.text).toBe(accounts.length);
  return accounts.map((id) => runs.get(id)!);
}

const runOf = async (client: Client, id: number) => (await client.get(`/api/runs/${id}`)).body;
const untilState = (client: Client, id: number, states: string[], seconds = 20) =>
  eventually(
    () => runOf(client, id),
    (run) => states.includes(run.state),
    seconds,
  );

test('a body with faults is refused, and the check says where they are', async () => {
  const body = {
    name: text('broken'),
    start: { on: 'manual' },
    goal: rule('no_such_field', '=', 1),
    steps: [
      step('mail', 'email', { template: 'nowhere', to: { roles: ['champion'] }, next: 'round' }),
      step('round', 'task', { title: text('t'), next: 'mail' }),
      step('lost', 'end', { outcome: 'success' }),
    ],
  };
  const refused = await admin.put('/api/definitions/playbook/broken/draft', body);
  expect(refused.status).toBe(400);
  const checked = (await admin.post('/api/playbooks/check', { key: 'broken', body })).body;
  const fields = checked.faults.map((each: any) => each.field);
  expect(fields).toContain('steps[lost].key');
  expect(fields).toContain('steps[round].next');
  expect(fields.some((field: string) => field.startsWith('goal'))).toBe(true);
  expect(checked.edges).toContainEqual({ from: 'mail', to: 'round', port: 'next', label: text('') });
  const mended = { ...body, goal: null, steps: [{ ...body.steps[0], next: null }] };
  const needs = (await admin.post('/api/playbooks/check', { key: 'broken', body: mended })).body;
  expect(needs.faults.map((each: any) => each.field)).toEqual(['steps[mail].template']);
});

test('a run does its steps, says why, and a dry run does nothing', async () => {
  const account = await newAccount(admin, 'acme', { phase: 'adoption' });
  await inBook(admin, account);
  await define(admin, 'tell', [
    step('is_adopting', 'branch', {
      cases: [{ name: text('adopting'), condition: rule('phase', '=', 'adoption'), next: 'call' }],
      otherwise: null,
    }),
    step('call', 'webhook', { url: `${receiver.url}/tell`, body: '{"who":"{{account.name}}","phase":"{{phase}}"}', next: 'onward' }),
    step('onward', 'set_field', { field: 'phase', value: 'optimisation', next: null }),
  ]);
  const dry = await eventually(
    async () => (await admin.post('/api/playbooks/tell/dry-run', { account })).body,
    (value) => value.would_start === 1,
  );
  expect(dry.steps.map((each: any) => each.accounts)).toEqual([1, 1, 1]);
  expect(dry.trace.map((line: any) => line.code)).toContain('branch');
  expect((await admin.post('/api/playbooks/tell/dry-run', {})).body.accounts).toBeGreaterThan(0);
  expect(receiver.received).toHaveLength(0);

  const [id] = await startFor(admin, 'tell', [account]);
  const run = await untilState(admin, id!, ended);
  expect(run.state, JSON.stringify(run.trace)).toBe('done');
  expect(receiver.received.map((each) => each.body)).toEqual([{ who: 'acme', phase: 'adoption' }]);
  expect(run.steps.map((each: any) => `${each.step} ${each.state}`)).toEqual(['is_adopting done', 'call done', 'onward done']);
  expect(run.trace.find((line: any) => line.code === 'branch').words.en).toContain('Phase: adoption');
  expect((await admin.get(`/api/accounts/${account}`)).body.phase).toBe('optimisation');
  const again = (await admin.post('/api/playbooks/tell/start', { accounts: [account] })).body;
  expect(again.refused).toBe(1);
  const why = (await admin.get(`/api/playbooks/tell/accounts/${account}`)).body;
  expect(why.can_start).toBe(false);
  expect(why.not_started[0].code).toBe('never_again');
  const listed = (await admin.get('/api/playbooks')).body.items.find((each: any) => each.key === 'tell');
  expect(listed.counts.done).toBe(1);
});

test('what a receiver refuses is listed, and done once it is tried again', async () => {
  const account = await newAccount(admin, 'refused');
  await inBook(admin, account);
  receiver.status = 400;
  await admin.put('/api/playbook-secrets/hook_key', { value: 'k3y' });
  await admin.put('/api/playbook-secrets/hook_url', { value: `${receiver.url}/refused` });
  await define(admin, 'refused', [step('call', 'webhook', { url_secret: 'hook_url', secret: 'hook_key', next: null })]);
  const [id] = await startFor(admin, 'refused', [account]);
  expect((await untilState(admin, id!, ['failed'])).state).toBe('failed');
  const failed = (await admin.get('/api/runs/failed')).body;
  expect(failed.items.map((each: any) => each.id)).toEqual([id]);
  expect(failed.items[0].error.en).toContain('400');
  receiver.status = 200;
  expect((await admin.post(`/api/runs/${id}/retry`)).status).toBe(200);
  expect((await untilState(admin, id!, ended)).state).toBe('done');
  const calls = receiver.received.filter((each) => each.path === '/refused');
  expect(calls).toHaveLength(2);
  expect(calls[0]!.key).toBe(calls[1]!.key);
  const signed = createHmac('sha256', 'k3y').update(JSON.stringify(calls[1]!.body)).digest('hex');
  expect(calls[1]!.signature).toBe(`sha256=${signed}`);
  const secrets = await admin.get('/api/playbook-secrets');
  expect(secrets.body.items.map((each: any) => each.name)).toEqual(['hook_key', 'hook_url']);
  expect(secrets.text).not.toContain('k3y');
});

test('roles: csm starts and stops, leader defines, admin keeps secrets', async () => {
  const account = await newAccount(admin, 'roles');
  await inBook(admin, account);
  await define(admin, 'waits', [step('pause', 'wait', { days: 3, next: null })]);
  const [reader, csm, leader] = await Promise.all([signIn(admin, 'read_only'), signIn(admin, 'csm'), signIn(admin, 'leader')]);
  expect((await reader.post('/api/playbooks/waits/start', { accounts: [account] })).status).toBe(403);
  const [id] = await startFor(csm, 'waits', [account]);
  expect((await reader.get(`/api/runs/${id}`)).status).toBe(200);
  expect((await reader.post(`/api/runs/${id}/stop`, {})).status).toBe(403);
  expect((await csm.post(`/api/runs/${id}/move`, {})).status).toBe(403);
  expect((await leader.put('/api/playbook-secrets/x', { value: 'y' })).status).toBe(403);
  await define(leader, 'waits', [step('pause', 'wait', { days: 5, next: null })]);
  expect((await leader.post('/api/playbooks/waits/move', {})).body).toMatchObject({ version: 2, moved: 1, refused: 0 });
  expect((await csm.post(`/api/runs/${id}/stop`, { why: 'enough' })).body.state).toBe('stopped');
});

test('a call that names a playbook starts it, and its tasks move it on', async () => {
  const account = await newAccount(admin, 'called');
  await inBook(admin, account);
  await define(admin, 'care', [
    step('phone', 'task', { title: text('Phone {{account.name}}'), wait: true, next: 'told', skipped: null }),
    step('told', 'webhook', { url: `${receiver.url}/care`, next: null }),
  ]);
  await eventually(
    async () => (await admin.get(`/api/playbooks/care/accounts/${account}`)).status,
    (status) => status === 200, // the book has the account
    30,
  );
  const call = await admin.post('/api/calls', {
    account_id: account, kind: 'risk', severity: 'high', title: 'Use fell', explanation: 'It fell', playbook: 'care', due_business_days: 3,
  });
  expect(call.status, call.text).toBeLessThan(300);
  const runs = await eventually(
    async () => (await admin.get('/api/runs?playbook=care')).body.items,
    (items) => items.length === 1 && items[0].waiting_for === 'person',
    30,
  );
  expect(runs[0]).toMatchObject({ account_id: account, started_by: 'call', waiting_for: 'person' });
  const run = await runOf(admin, runs[0].id);
  const done = await admin.post(`/api/tasks/${run.steps[0].reference}/finish`, { state: 'done' });
  expect(done.status, done.text).toBe(200);
  expect((await untilState(admin, run.id, ended)).state).toBe('done');
  expect(receiver.received.filter((each) => each.path === '/care')).toHaveLength(1);
});

test('templates come as drafts with the mails they need', async () => {
  const { items } = (await admin.get('/api/playbooks/templates')).body;
  expect(items.map((each: any) => each.key)).toEqual([
    'onboarding', 'adoption_rescue', 'champion_change', 'renewal_120_90_60', 'executive_review', 'expansion', 'win_back',
  ]);
  const added = await admin.post('/api/playbooks/templates', { keys: items.map((each: any) => each.key) });
  expect(added.status, added.text).toBe(200);
  for (const item of items) expect(added.body.added).toContainEqual({ kind: 'playbook', key: item.key });
  for (const { kind, key } of added.body.added.filter((each: any) => each.kind === 'mail_template')) {
    expect((await admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'test' })).status, key).toBe(200);
  }
  for (const item of items) {
    const published = await admin.post(`/api/definitions/playbook/${item.key}/publish`, { why: 'test' });
    expect(published.status, published.text).toBe(200);
  }
  expect((await admin.post('/api/playbooks/templates', { keys: ['onboarding'] })).body.added).toEqual([]);
});

// What each of these runs is to call: one key per step.
const chain = (url: string) => [
  step('one', 'webhook', { url: `${url}/one`, next: 'mark' }),
  step('mark', 'set_field', { field: 'phase', value: 'adoption', next: 'two' }),
  step('two', 'webhook', { url: `${url}/two`, next: 'three' }),
  step('three', 'webhook', { url: `${url}/three`, next: null }),
];

async function expectEachOnce(client: Client, hooks: Receiver, runs: number[], most_repeated: number) {
  for (const id of runs) {
    // Every call is claimed, kept and recorded durably, one after the other: on two busy cores with a slow disk that takes a while.
    const run = await untilState(client, id, ended, 120);
    expect(run.state, JSON.stringify(run.trace.slice(-2))).toBe('done');
    expect(run.steps.map((each: any) => each.step)).toEqual(['one', 'mark', 'two', 'three']);
    expect(run.trace.filter((line: any) => line.code === 'effect')).toHaveLength(4);
  }
  const expected = runs.flatMap((id) => [`run:${id}:step:one:1`, `run:${id}:step:two:3`, `run:${id}:step:three:4`]);
  expect([...hooks.keys].sort()).toEqual(expected.sort());
  // Only what was on its way when the process died comes again, and it says the same under the same key.
  expect(hooks.received.length - hooks.keys.size).toBeLessThanOrEqual(most_repeated);
  const first = new Map<string, string>();
  for (const { key, body } of hooks.received) {
    expect(JSON.stringify(body)).toBe(first.get(key) ?? JSON.stringify(body));
    first.set(key, JSON.stringify(body));
  }
}

test('killed in mid-step many times: each step once', async () => {
  const [kills, customers] = process.env.BANSO_TEST_SLOW === '1' ? [40, 30] : [6, 16];
  const data = freshFolder();
  const hooks = await Receiver.start();
  hooks.mostDelay_ms = 120;
  let victim = await startServer({ data, args });
  const client = await setUp(victim.url, { timezone: 'UTC' });
  const accounts: number[] = [];
  for (let i = 0; i < customers; i += 1) accounts.push(await newAccount(client, `a${i}`, { phase: 'onboarding' }));
  await inBook(client, accounts.at(-1)!);
  await define(client, 'chain', chain(hooks.url));
  const runs = await startFor(client, 'chain', accounts);
  for (let i = 0; i < kills; i += 1) {
    await pause(100 + Math.random() * 500);
    await victim.kill();
    victim = await startServer({ data, args });
    Object.assign(client, { url: victim.url });
  }
  await expectEachOnce(client, hooks, runs, kills * 4); // four calls are claimed at a time
  await victim.stop();
  await hooks.stop();
  rmSync(data, { recursive: true, force: true });
}, 240_000);

test.skipIf(!canRunCluster)('two nodes, one killed in mid-step: each step once', async () => {
  process.env.BANSO_ALLOW_PRIVATE_WEBHOOKS = '1';
  const hooks = await Receiver.start();
  hooks.mostDelay_ms = 120;
  const cluster = await Cluster.start();
  try {
    const client = await setUp(cluster.url, { timezone: 'UTC' });
    const accounts: number[] = [];
    for (let i = 0; i < 20; i += 1) accounts.push(await newAccount(client, `a${i}`, { phase: 'onboarding' }));
    await define(client, 'chain', chain(hooks.url));
    for (const url of [...cluster.nodeUrls, cluster.url]) {
      Object.assign(client, { url }); // both nodes have the accounts in their books
      await inBook(client, accounts.at(-1)!);
    }
    const runs = await startFor(client, 'chain', accounts);
    await pause(400);
    cluster.killNode(1);
    await pause(1000);
    cluster.startNode(1);
    await expectEachOnce(client, hooks, runs, 4);
  } finally {
    await cluster.stop();
    await hooks.stop();
    delete process.env.BANSO_ALLOW_PRIVATE_WEBHOOKS;
  }
}, 300_000);
