// Shadow mode: a draft is scored live beside the published scorecard, and what it says is what it does once published.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, signIn } from '../support/client.ts';

const data = freshFolder();
const accounts = 40;
let server: Server;
let admin: Client;

async function signedIn(): Promise<Client> {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email: 'shadow@example.com', password })).status).toBe(200);
  return client;
}

async function draftHeavy(group: number): Promise<void> {
  const body = (await admin.get('/api/definitions/scorecard/health')).body.body;
  body.groups.forEach((each: any, index: number) => (each.weight = index === group ? 100 : 1));
  expect((await admin.put('/api/definitions/scorecard/health/draft', body)).status).toBe(200);
}

const turn = (on: boolean) => admin.put('/api/lab/shadow', { scorecard: 'health', on });
async function only(): Promise<any> {
  const answer = await admin.get('/api/lab/shadow');
  expect(answer.status, answer.text).toBe(200);
  expect(answer.body).toHaveLength(1);
  return answer.body[0];
}
const running = (more: (shadow: any) => void = () => {}) =>
  vi.waitFor(
    async () => {
      const shadow = await only();
      expect(shadow.state).toBe('running');
      more(shadow);
      return shadow;
    },
    { timeout: 60_000, interval: 200 },
  );
const levelsOf = (shadow: any, side: 'draft' | 'published') => Object.fromEntries(shadow.levels.map((each: any) => [each.level, each[`accounts_${side}`]]));
async function bookLevels(): Promise<Record<string, number>> {
  const { levels } = (await admin.get('/api/book/summary')).body;
  return Object.fromEntries(Object.entries<any>(levels).map(([level, { count }]) => [level, count]));
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', String(accounts), '--months', '6', '--seed', '7']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'shadow@example.com', '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
  await vi.waitFor(async () => expect((await admin.get('/api/evaluation')).body).toMatchObject({ running: false, release: expect.any(Number) }), { timeout: 60_000, interval: 200 });
}, 300_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

test('needs a draft, and a leader', async () => {
  expect((await admin.get('/api/lab/shadow')).body).toEqual([]);
  const refused = await turn(true);
  expect(refused.status).toBe(409);
  const csm = await signIn(admin, 'csm');
  expect((await csm.put('/api/lab/shadow', { scorecard: 'health', on: true })).status).toBe(403);
});

test('scores every account under the draft, and names who is at another level', async () => {
  await draftHeavy(1);
  expect((await turn(true)).status).toBe(200);
  const shadow = await running();
  const sum = (side: 'draft' | 'published') => Object.values<number>(levelsOf(shadow, side)).reduce((total, each) => total + each, 0);
  expect(shadow.accounts).toBe((await admin.get('/api/book/summary')).body.accounts);
  expect(sum('draft')).toBe(shadow.accounts);
  expect(sum('published')).toBe(shadow.accounts);
  expect(shadow).toMatchObject({ started_by: 'Admin', restarts: 0, error: null, ended_at: null });
  expect(shadow.differing).toBeGreaterThan(0);
  expect(shadow.moved_total).toBe(shadow.differing);
  for (const each of shadow.moved) expect(each.level_after).not.toBe(each.level_before);
  expect(shadow.days).toEqual([expect.objectContaining({ differing: shadow.differing, accounts: shadow.accounts })]);
  // Nobody else sees anything of it.
  expect(levelsOf(shadow, 'published')).toMatchObject(Object.fromEntries(Object.entries(await bookLevels()).filter(([level]) => level !== 'none')));
}, 90_000);

test('follows what changes while it runs', async () => {
  const before = (await only()).cost.accounts_scored;
  const row = (await admin.get('/api/book?limit=1&sort=name')).body.items[0];
  expect((await admin.post(`/api/accounts/${row.id}/health/override`, { level: 'critical', reason: 'test' })).status).toBe(200);
  const shadow = await running((each) => expect(each.cost.accounts_scored).toBeGreaterThan(before));
  expect(shadow.cost.accounts_scored - before).toBeLessThan(accounts); // only what changed
  // A level that a person set holds under every scorecard.
  expect(shadow.moved.find((each: any) => each.id === row.id)).toBeUndefined();
  expect((await admin.delete(`/api/accounts/${row.id}/health/override`)).status).toBe(200);
  await running((each) => expect(each.cost.accounts_scored).toBeGreaterThan(shadow.cost.accounts_scored));
}, 60_000);

test('is there again after a restart', async () => {
  const before = await running();
  await server.stop();
  server = await startServer({ data });
  admin = await signedIn();
  const after = await running((each) => expect(each.accounts).toBe(before.accounts));
  expect(after).toMatchObject({ since: before.since, differing: before.differing, restarts: 0 });
  expect(levelsOf(after, 'draft')).toEqual(levelsOf(before, 'draft'));
}, 90_000);

test('begins anew where the draft changes', async () => {
  const before = await only();
  await draftHeavy(0);
  const after = await running((each) => expect(each.restarts).toBe(1));
  expect(after.since > before.since).toBe(true);
  expect(after.started_at).toBe(before.started_at);
  expect(after.days).toHaveLength(1);
}, 60_000);

test('ends when the draft is published, which then does what it said', async () => {
  const before = await running();
  expect((await admin.post('/api/definitions/scorecard/health/publish', { why: 'as seen in shadow' })).status).toBe(200);
  await vi.waitFor(async () => expect(await only()).toMatchObject({ state: 'ended', ended_because: 'published', since: null }), { timeout: 20_000, interval: 200 });
  const promised = Object.fromEntries(Object.entries<number>(levelsOf(before, 'draft')).filter(([level]) => level !== 'null'));
  await vi.waitFor(async () => expect(await bookLevels()).toMatchObject(promised), { timeout: 60_000, interval: 200 });
  expect((await only()).days).toHaveLength(1); // what was counted stays to be read
}, 90_000);

test('is stopped by hand, and ends with a draft that is discarded', async () => {
  await draftHeavy(2);
  expect((await turn(true)).body[0]).toMatchObject({ restarts: 0 });
  expect((await turn(false)).body[0]).toMatchObject({ state: 'ended', ended_because: 'stopped' });
  expect((await turn(true)).body[0].ended_at).toBeNull();
  expect((await admin.delete('/api/definitions/scorecard/health/draft')).status).toBeLessThan(300);
  await vi.waitFor(async () => expect(await only()).toMatchObject({ state: 'ended', ended_because: 'discarded' }), { timeout: 20_000, interval: 200 });
}, 60_000);
