// Signals over HTTP: a rule fires once when an account enters, its call closes when it leaves; nothing is lost or doubled
// when the process dies; the noise budget, feedback, starter rules and the replay over history.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'signals@example.com';
let server: Server;
let admin: Client;

async function signedIn() {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '60', '--months', '24', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
}, 240_000);
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
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const all = (...rules: object[]) => ({ combinator: 'and', rules });
const inPhase = (phase: string) => all({ field: 'phase', operator: '=', value: phase });

function body(key: string, condition: object, more: object = {}) {
  return {
    name: { en: `Rule ${key}`, ja: `ルール${key}` },
    kind: 'risk',
    severity: 'medium',
    condition,
    cooldown_days: 0,
    explanation: { en: 'Phase is {phase}, before {phase.before}.', ja: 'フェーズは{phase}です。' },
    call: { role: 'csm', due_business_days: 3, hours_estimate: 2 },
    ...more,
  };
}
async function define(key: string, rule: object) {
  const draft = await admin.put(`/api/definitions/signal_rule/${key}/draft`, rule);
  if (draft.status !== 200) return draft;
  const published = await admin.post(`/api/definitions/signal_rule/${key}/publish`, { why: 'test' });
  // Who is in it at first is found before anybody changes.
  await vi.waitFor(async () => expect((await get(`/api/signals/${key}`)).accounts).not.toBeNull(), { timeout: 15_000 });
  return published;
}
const move = async (account: number, phase: string) =>
  expect((await admin.patch(`/api/accounts/${account}`, { phase })).status).toBe(200);
const calls = async (account: number, key: string) =>
  (await get(`/api/accounts/${account}/calls?limit=100`)).items.filter((call: any) => call.reason === `signal:${key}`) as any[];
async function callsWhen(account: number, key: string, holds: (found: any[]) => boolean) {
  return vi.waitFor(async () => {
    const found = await calls(account, key);
    expect(holds(found), JSON.stringify(found.map(({ status, outcome }) => ({ status, outcome })))).toBe(true);
    return found;
  }, { timeout: 15_000 });
}
const isOpen = (call: any) => call.status !== 'closed';
const settled = () => new Promise((resolve) => setTimeout(resolve, 1500));

test('fires on entering, once, and the call closes when the account leaves', async () => {
  const [one, other] = (await get('/api/book?limit=2&sort=-arr')).items;
  await move(other.id, 'waiting_room');
  await vi.waitFor(async () => expect((await get(`/api/book?ids=${other.id}`)).items[0].phase).toBe('waiting_room'), { timeout: 10_000 });
  expect((await define('waiting', body('waiting', inPhase('waiting_room')))).status).toBe(200);

  const started = performance.now();
  await move(one.id, 'waiting_room');
  const [call] = await callsWhen(one.id, 'waiting', (found) => found.length === 1);
  console.info(`change to call: ${Math.round(performance.now() - started)} ms`);
  expect(call).toMatchObject({ status: 'open', kind: 'risk', severity: 'medium', source: 'signal' });
  expect(call.explanation.en).toMatch(/^Phase is waiting_room, before .+\.$/);

  // It stays: nothing more, whatever else changes. And the one that was there at first is left in peace.
  expect((await admin.patch(`/api/accounts/${one.id}`, { industry: 'other' })).status).toBe(200);
  await settled();
  expect(await calls(one.id, 'waiting')).toHaveLength(1);
  expect(await calls(other.id, 'waiting')).toHaveLength(0);

  await move(one.id, 'adoption');
  const [closed] = await callsWhen(one.id, 'waiting', (found) => found.length === 1 && !isOpen(found[0]));
  expect(closed.outcome).toBe('withdrawn');
  // Both come (again).
  await move(other.id, 'adoption');
  await settled();
  await move(one.id, 'waiting_room');
  await move(other.id, 'waiting_room');
  await callsWhen(one.id, 'waiting', (found) => found.filter(isOpen).length === 1 && found.length === 2);
  await callsWhen(other.id, 'waiting', (found) => found.filter(isOpen).length === 1);

  const own = await get(`/api/accounts/${one.id}/signals`);
  expect(own.now.map(({ rule }: any) => rule)).toContain('waiting');
  const mine = own.firings.items.filter((firing: any) => firing.rule === 'waiting');
  expect(mine).toHaveLength(2);
  expect(mine[0]).toMatchObject({ state: 'opened', left: null, rule_version: 1 });
  expect(mine[1].left).not.toBeNull();
  expect(mine[0].evidence[0]).toMatchObject({ field: 'phase', value: { en: 'waiting_room' } });
});

test('what a killed process had begun is finished once after the restart', async () => {
  const accounts = (await get('/api/book?limit=12&offset=10&sort=-arr')).items as any[];
  expect((await define('crash', body('crash', inPhase('crash_phase')))).status).toBe(200);
  for (const [round, account] of accounts.slice(0, 4).entries()) {
    await move(account.id, 'crash_phase');
    await new Promise((resolve) => setTimeout(resolve, round * 90));
    await server.kill();
    server = await startServer({ data });
    admin = await signedIn();
  }
  for (const account of accounts.slice(0, 4)) await callsWhen(account.id, 'crash', (found) => found.length === 1 && isOpen(found[0]));
  await settled();
  for (const account of accounts.slice(0, 4)) expect(await calls(account.id, 'crash')).toHaveLength(1);
  const { items } = await get('/api/signals/crash/firings');
  expect(items.filter((firing: any) => firing.state === 'opened')).toHaveLength(4);
  // And leaving is not forgotten either.
  await move(accounts[0].id, 'adoption');
  await server.kill();
  server = await startServer({ data });
  admin = await signedIn();
  await callsWhen(accounts[0].id, 'crash', (found) => found.length === 1 && !isOpen(found[0]));
}, 240_000);

test('the budget holds back what is worth least, says so, and lets it through on request', async () => {
  const answer = await admin.put('/api/signals/settings', { calls_per_person_week: 1 });
  expect(answer.status, answer.text).toBe(200);
  const book = (await get('/api/book?limit=1000&sort=-arr')).items as any[];
  const owner = book.find((row) => row.owner && book.filter((each) => each.owner?.id === row.owner.id).length > 4)?.owner;
  expect(owner).toBeTruthy();
  const own = book.filter((row) => row.owner?.id === owner.id).slice(-3);
  expect((await define('noise', body('noise', inPhase('noisy'), { severity: 'low' }))).status).toBe(200);
  for (const account of own) await move(account.id, 'noisy');
  const held = await vi.waitFor(async () => {
    const list = await get(`/api/signals/held?owner=${owner.id}&limit=100`);
    const found = list.items.filter((item: any) => item.rule === 'noise');
    expect(found.length).toBeGreaterThanOrEqual(2);
    return found as any[];
  }, { timeout: 15_000 });
  expect(held[0].why.ja).toContain('今週の上限');
  expect(held.map(({ expected_value }) => expected_value.amount_minor)).toEqual(
    held.map(({ expected_value }) => expected_value.amount_minor).toSorted((a, b) => b - a));
  const { call } = await post(`/api/signals/held/${held[0].id}/release`);
  expect((await get(`/api/calls/${call}`)).call?.id ?? call).toBe(call);
  await callsWhen(held[0].account_id, 'noise', (found) => found.some((each) => each.id === call));
  // A critical one is never held back.
  expect((await define('alarm', body('alarm', inPhase('alarming'), { severity: 'critical' }))).status).toBe(200);
  await move(own[0].id, 'alarming');
  await callsWhen(own[0].id, 'alarm', (found) => found.length === 1);
  // Whoever leaves while held back is forgotten.
  await move(held.at(-1).account_id, 'adoption');
  await vi.waitFor(async () => {
    const { items } = await get(`/api/signals/noise/firings?state=expired`);
    expect(items.map(({ account_id }: any) => account_id)).toContain(held.at(-1).account_id);
  }, { timeout: 15_000 });
  expect((await admin.put('/api/signals/settings', { calls_per_person_week: 0 })).status).toBe(400);
  expect((await admin.put('/api/signals/settings', { calls_per_person_week: null })).status).toBe(200);
});

test('feedback counts on the rule and lowers its rank', async () => {
  const before = await get('/api/signals/crash');
  const { items } = await get('/api/signals/crash/firings?state=opened');
  const call = items.find((firing: any) => firing.left === null).call;
  await post(`/api/calls/${call}/feedback`, { verdict: 'not_useful', why: 'We know already' });
  const after = await vi.waitFor(async () => {
    const found = await get('/api/signals/crash');
    expect(found.feedback.not_useful).toBe(1);
    return found;
  }, { timeout: 15_000 });
  expect(after.precision).toBeLessThan(before.precision);
  expect(after.not_useful_why).toEqual([{ call, account_id: expect.any(Number), why: 'We know already' }]);
});

test('faults are named by their path, and a rule that is off does nothing', async () => {
  const refused = await admin.put('/api/definitions/signal_rule/broken/draft', body('broken', all({ field: 'colour', operator: '=', value: 1 })));
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('condition.rules[0].field');
  const [, , , account] = (await get('/api/book?limit=4')).items;
  const draft = await admin.put('/api/definitions/signal_rule/off/draft', body('off', inPhase('off_phase'), { enabled: false }));
  expect(draft.status).toBe(200);
  expect((await admin.post('/api/definitions/signal_rule/off/publish', { why: 'test' })).status).toBe(200);
  await move(account.id, 'off_phase');
  await settled();
  expect(await calls(account.id, 'off')).toHaveLength(0);
});

test('a preview says who is in it now, with the words as they would be written', async () => {
  const rule = body('low', all({ field: 'score', operator: '<', value: 60 }), { explanation: { en: 'Score {score}', ja: 'スコア{score}' } });
  const found = await post('/api/signals/preview', { rule });
  const filter = encodeURIComponent(JSON.stringify(rule.condition));
  expect(found.accounts).toBe((await get(`/api/book?limit=1&filter=${filter}`)).total);
  expect(found.sample[0].explanation.en).toMatch(/^Score \d/);
  expect(found.entering).toBeNull();
});

async function replay(rule: object, more: object = {}) {
  return vi.waitFor(async () => {
    const answer = await admin.post('/api/signals/replay', { rule, ...more });
    expect([200, 202], answer.text).toContain(answer.status);
    expect(answer.status).toBe(200);
    return answer.body as any;
  }, { timeout: 120_000, interval: 500 });
}

test('a replay over history tells how often, on whom, how early and how often in vain', async () => {
  const rule = body('low', all({ field: 'score', operator: '<', value: 50 }, { field: 'arr', operator: '>', value: 0 }), {
    explanation: { en: 'Score {score}', ja: 'スコア{score}' }, cooldown_days: 28, fires_on_existing: true });
  const found = await replay(rule, { horizon_days: 180, limit: 1000 });
  const { result } = found;
  console.info('replay', found.elapsed_ms, JSON.stringify({ ...result, weeks: result.weeks.length }));
  expect(result.firings).toBeGreaterThan(0);
  expect(result.right + result.false_alarms + result.undecided).toBe(result.firings);
  expect(result.weeks.reduce((sum: number, week: any) => sum + week.fired, 0)).toBe(result.firings);
  expect(result.caught + result.missed).toBe(result.churns);
  expect(found.list.total).toBe(result.firings);
  // Never twice within the cooldown, and never again without leaving.
  const byAccount = new Map<number, any[]>();
  for (const item of found.list.items) byAccount.set(item.account_id, [item, ...(byAccount.get(item.account_id) ?? [])]);
  for (const items of byAccount.values()) {
    for (const [i, item] of items.entries()) {
      if (i === 0) continue;
      expect((Date.parse(item.day) - Date.parse(items[i - 1].day)) / 86_400_000).toBeGreaterThanOrEqual(28);
      expect(items[i - 1].left <= item.day).toBe(true);
    }
  }
  for (const item of found.list.items.filter(({ outcome }: any) => outcome === 'right')) {
    expect(item.days_before).toBe((Date.parse(item.churned) - Date.parse(item.day)) / 86_400_000);
    expect(item.days_before).toBeLessThanOrEqual(180);
  }
  // The last week of history is today.
  const now = await post('/api/signals/preview', { rule });
  expect(result.in_condition_at_end).toBe(now.accounts);

  const missed = await replay(rule, { horizon_days: 180, list: 'missed', limit: 1000 });
  expect(missed.list.total).toBe(result.missed);
  // A field whose past is not kept is left out by name.
  const named = await replay({ ...rule, condition: all({ field: 'score', operator: '<', value: 50 }, { field: 'name', operator: 'contains', value: 'a' }) });
  expect(named.without_history).toEqual([{ field: 'name', name: expect.anything() }]);
  const refused = await admin.post('/api/signals/replay', { rule: { ...rule, condition: all({ field: 'name', operator: 'contains', value: 'a' }) } });
  expect(refused.status).toBe(400);
  // Beside what is published.
  expect((await define('low', { ...rule, cooldown_days: 90 })).status).toBe(200);
  const compared = await replay(rule, { key: 'low' });
  expect(compared.published.firings).toBeLessThanOrEqual(compared.result.firings);
}, 200_000);

test('starter rules are offered where their data are, and can be added', async () => {
  const { items } = await get('/api/signals/starters');
  expect(items.length).toBeGreaterThan(35);
  const added = items.filter((item: any) => item.added);
  expect(added.length).toBeGreaterThan(5); // by the demo
  const open = items.find((item: any) => item.key === 'feature_falling');
  expect(open).toMatchObject({ rule: null, parameters: [{ key: 'feature', kind: 'feature', default: null }, { key: 'percent', default: 20 }] });
  const feature = open.parameters[0].choices[0].value;
  const answer = await post('/api/signals/starters', { items: [{ starter: 'feature_falling', key: 'falling_1', parameters: { feature, percent: 35 } }] });
  expect(answer.rules).toEqual(['falling_1']);
  expect(answer.measures).toHaveLength(1);
  const draft = await get('/api/definitions/signal_rule/falling_1');
  expect(JSON.stringify(draft.draft_body)).toContain('-35');
  expect((await admin.post('/api/signals/starters', { items: [{ starter: 'feature_falling' }] })).status).toBe(400);
  // The demo's rules have opened calls.
  const list = await get('/api/signals');
  expect(list.items.filter((item: any) => item.open_calls > 0).length).toBeGreaterThan(2);
  expect(list.items.every((item: any) => item.fault === null)).toBe(true);
});
