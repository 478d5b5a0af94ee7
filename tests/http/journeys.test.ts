// Journeys over HTTP: published, followed as accounts change, confirmed by the customer; kept on the account, where
// conditions find it; the same after a restart.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'journeys@example.com';
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

const words = (text: string) => ({ en: text, ja: text });
const condition = (field: string, operator: string, value: unknown) => ({ combinator: 'and', rules: [{ field, operator, value }] });
const map = (score: number) => ({
  name: words('First year'),
  stages: [
    { key: 'use', name: words('Use'), our_role: 'onboarding', milestones: [{ key: 'healthy', name: words('Healthy'), grace_days: 0, condition: condition('score', '>=', score) }] },
    { key: 'agree', name: words('Agree'), milestones: [{ key: 'goals', name: words('Goals'), confirmed_by_customer: true }] },
  ],
});
async function publish(score: number, key = 'first_year') {
  const draft = await admin.put(`/api/definitions/journey/${key}/draft`, map(score));
  expect(draft.status, draft.text).toBe(200);
  const published = await admin.post(`/api/definitions/journey/${key}/publish`, { why: 'test' });
  expect(published.status, published.text).toBe(200);
}
const journey = async () => (await get('/api/journeys')).items.find((item: any) => item.key === 'first_year');
const accountsWith = async (rule: object) =>
  (await get(`/api/book?limit=1000&columns=score&filter=${encodeURIComponent(JSON.stringify(rule))}`)).items as any[];

test('a faulty map is refused with the path of every fault', async () => {
  const broken = map(60);
  broken.stages[0]!.milestones[0]!.condition = condition('no_such_field', '=', 1);
  const answer = await admin.put('/api/definitions/journey/broken/draft', broken);
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].field).toContain('stages[0].milestones[0].condition');
});

test('accounts stand where the data puts them, and the book knows it', async () => {
  const healthy = await accountsWith(condition('score', '>=', 60));
  expect(healthy.length).toBeGreaterThan(0);
  await publish(60);
  await vi.waitFor(async () => expect((await journey())?.stages[1].total.accounts).toBe(healthy.length), { timeout: 20_000, interval: 200 });
  const found = await journey();
  expect(found.stages[1].total.proven).toBe(healthy.length);
  expect(found.total.accounts).toBe((await get('/api/book?limit=1')).total);
  const lines = await get('/api/journeys/first_year/accounts?stage=agree&limit=1000');
  expect(lines.total).toBe(healthy.length);
  await vi.waitFor(
    async () => expect((await accountsWith(condition('attribute.journey_stage', '=', 'first_year.agree'))).length).toBe(healthy.length),
    { timeout: 20_000, interval: 300 },
  );
});

test('what the customer confirms moves the account, is told apart, and survives a kill', async () => {
  const account = (await get('/api/journeys/first_year/accounts?stage=agree&limit=1')).items[0].account_id;
  const byData = await admin.put(`/api/accounts/${account}/journey/milestones/healthy`, { confirmed: true });
  expect(byData.status).toBe(409);
  const confirmed = await admin.put(`/api/accounts/${account}/journey/milestones/goals`, { confirmed: true, words: 'Agreed on the phone' });
  expect(confirmed.status, confirmed.text).toBe(200);
  expect(confirmed.body.position).toMatchObject({ stage: '$arrived', basis: 'confirmed', confirmed: '$arrived', proven: 'agree' });
  const felt = await admin.post(`/api/accounts/${account}/journey/feelings`, { feeling: 5, words: 'Proud' });
  expect(felt.status).toBe(200);
  await server.kill();
  server = await startServer({ data });
  admin = await signedIn();
  const after = await get(`/api/accounts/${account}/journey`);
  expect(after.position.stage).toBe('$arrived');
  expect(after.events[0]).toMatchObject({ kind: 'confirmed', milestone: 'goals', words: 'Agreed on the phone' });
  expect(after.feelings[0]).toMatchObject({ feeling: 5, stage: 'agree' });
});

test('set back by hand, an account stays back', async () => {
  const account = (await get('/api/journeys/first_year/accounts?stage=agree&limit=1')).items[0].account_id;
  const back = await admin.put(`/api/accounts/${account}/journey/assumption`, { stage: 'use', why: 'They begin again' });
  expect(back.body.position).toMatchObject({ stage: 'use', assumed: 'use', proven: 'agree' });
  const refused = await admin.put(`/api/accounts/${account}/journey/assumption`, { stage: 'nowhere' });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0].field).toBe('stage');
  const free = await admin.put(`/api/accounts/${account}/journey/assumption`, { stage: null });
  expect(free.body.position.stage).toBe('agree');
});

test('a draft tells where it would put the book', async () => {
  const preview = await admin.post('/api/journeys/preview', map(0));
  expect(preview.status, preview.text).toBe(200);
  expect(preview.body.stages.map((stage: any) => stage.stage)).toEqual(['use', 'agree', '$arrived']);
  const scored = await accountsWith(condition('score', 'notNull', null));
  expect(preview.body.stages[1].accounts).toBe(scored.length);
});

test('the passage says whom nobody saw set out', async () => {
  const passage = await get('/api/journeys/first_year/passage');
  expect(passage.unseen).toBeGreaterThan(0);
  expect(passage.all.accounts + passage.unseen).toBe((await journey()).total.accounts);
});

test('the past that history tells is on the accounts as well', async () => {
  const shown = async () => {
    const { items } = await get('/api/book?limit=1000&columns=attribute.journey,attribute.journey_stage_since,attribute.journey_stuck');
    return new Map(items.map((row: any) => [row.id, [row.attributes.journey, row.attributes.journey_stage_since, row.attributes.journey_stuck]]));
  };
  const allAreOn = (wanted?: string) =>
    vi.waitFor(async () => expect([...(await shown()).values()].every(([key]: any) => (key ?? undefined) === wanted)).toBe(true), { timeout: 20_000, interval: 200 });
  expect((await admin.delete('/api/definitions/journey/first_year?why=test')).status).toBeLessThan(300);
  await allAreOn(undefined);
  await publish(60, 'anew');
  await allAreOn('anew');

  const past = await vi.waitFor(
    async () => {
      const answer = await admin.post('/api/journeys/anew/past');
      expect(answer.status, answer.text).toBe(200);
      expect(answer.body.state).toBe('done');
      return answer.body;
    },
    { timeout: 40_000, interval: 200 },
  );
  expect(past.accounts).toBeGreaterThan(0);
  const { items } = await get('/api/journeys/anew/accounts?limit=1000');
  expect(new Set(items.map((item: any) => item.since)).size).toBeGreaterThan(1);
  const known = new Map(items.map((item: any) => [item.account_id, ['anew', item.since, item.is_stuck]]));
  await vi.waitFor(async () => expect(await shown()).toEqual(known), { timeout: 20_000, interval: 200 });
}, 120_000);
