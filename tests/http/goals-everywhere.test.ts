// Goals are used everywhere: what plans keep on accounts is a measure of the scorecard, a column of the book and a field
// of segments; whoever looks is told at once.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'goals@example.com';
const soon = { timeout: 20_000, interval: 300 };
let server: Server;
let admin: Client;

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '30', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', { email, password })).status).toBe(200);
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
async function publish(kind: string, key: string, body: object) {
  const draft = await admin.put(`/api/definitions/${kind}/${key}/draft`, body);
  expect(draft.status, draft.text).toBe(200);
  const published = await admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'test' });
  expect(published.status, published.text).toBe(200);
}
const text = (words: string) => ({ en: words, ja: words });
const behind = { combinator: 'and', rules: [{ field: 'attribute.goals_behind', operator: '>=', value: 1 }] };
const cellsOf = async (account: number) =>
  (await get('/api/book?limit=1000&columns=score,attribute.plan_state,attribute.goals_behind,segments')).items.find((row: any) => row.id === account);

async function planOfSomebody(): Promise<{ account: number; plan: any }> {
  const taken = new Set((await get('/api/plans?limit=1000')).items.map((item: any) => item.account_id));
  const account = (await get('/api/book?limit=1000')).items.find((row: any) => !taken.has(row.id)).id;
  const created = await admin.post('/api/plans', { account_id: account, blank: true });
  expect(created.status, created.text).toBe(201);
  return { account, plan: created.body };
}
// A goal that should have been reached in September, and was not.
const lateGoal = {
  op: 'put',
  kind: 'goal',
  item: { key: 'calls', name: text('Fewer calls'), criterion: text('80 a month'), kind: 'figure', direction: 'down', baseline: 120, target: 80, start: '2026-07-01', due: '2026-09-15' },
};

test('a goal that falls behind shows in the book, in a segment and in the score', async () => {
  const { account, plan } = await planOfSomebody();
  await vi.waitFor(async () => expect((await cellsOf(account)).attributes.plan_state).toBe('draft'), soon);
  await publish('segment', 'goals_behind', { name: text('Goals behind'), description: '', condition: behind });
  await publish('measure', 'goals_behind', {
    key: 'goals_behind',
    name: text('Goals behind'),
    source: 'attribute',
    aggregate: 'value',
    attribute: 'goals_behind',
    unit: 'count',
    better: 'lower',
  });
  const scorecard = (await get('/api/definitions/scorecard/health')).body;
  scorecard.groups[0].measures.push({ measure: 'goals_behind', weight: 50, missing: 'ignore', curve: { linear: [[0, 100], [1, 0]] } });
  await publish('scorecard', 'health', scorecard);
  await vi.waitFor(async () => expect((await get('/api/evaluation')).running).toBe(false), soon);
  const before = await cellsOf(account);
  expect(before.attributes.goals_behind).toBe(0);
  expect(before.segments).not.toContain('goals_behind');

  const changed = await admin.post(`/api/plans/${plan.id}/changes`, { base_version: 1, operations: [lateGoal] });
  expect(changed.status, changed.text).toBe(200);
  await vi.waitFor(async () => expect((await cellsOf(account)).attributes.goals_behind).toBe(1), soon);
  await vi.waitFor(async () => expect((await cellsOf(account)).segments).toContain('goals_behind'), soon);
  await vi.waitFor(async () => expect((await cellsOf(account)).score).toBeLessThan(before.score), soon);
  const inIt = await get('/api/segments/goals_behind/accounts?limit=1000');
  expect(inIt.items.map((item: any) => item.account_id ?? item.id)).toContain(account);
  const filtered = await get(`/api/book?limit=1000&columns=score&filter=${encodeURIComponent(JSON.stringify(behind))}`);
  expect(filtered.items.map((row: any) => row.id)).toContain(account);
});

test('whoever looks at plans is told whose changed', async () => {
  const { account, plan } = await planOfSomebody();
  const leaving = new AbortController();
  const stream = await fetch(`${server.url}/api/live?topics=plans`, { headers: { cookie: admin.cookie() }, signal: leaving.signal });
  expect(stream.status).toBe(200);
  const reader = stream.body!.pipeThrough(new TextDecoderStream()).getReader();
  const changed = await admin.post(`/api/plans/${plan.id}/changes`, { base_version: 1, operations: [lateGoal] });
  expect(changed.status, changed.text).toBe(200);
  let heard = '';
  while (!heard.includes(`"accounts":[${account}]`)) {
    const { value, done } = await reader.read();
    expect(done, heard).toBe(false);
    heard += value;
  }
  expect(heard).toContain('event: plans');
  leaving.abort();
}, 20_000);
