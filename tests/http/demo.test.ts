// The demo as somebody meets it who tries Banso: its parts must hang together.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'demo-test@example.com';
let server: Server;
let admin: Client;

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '40', '--months', '12', '--seed', '5']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], {
    input: `${password}\n`,
  });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', { email, password })).status).toBe(200);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

const hourInTokyo = (instant: string) => (new Date(instant).getUTCHours() + 9) % 24;

test('mails that playbooks sent are there, each from a step of a run of the same account', async () => {
  const { items } = (await admin.get('/api/outreach/mails?state=sent&limit=50')).body;
  expect(items.length).toBeGreaterThan(5);
  for (const mail of items) {
    expect(mail.subject).not.toContain('{{');
    expect(hourInTokyo(mail.sent_at), mail.sent_at).toBeGreaterThanOrEqual(9);
    expect(hourInTokyo(mail.sent_at), mail.sent_at).toBeLessThan(18);
    const [, id] = /^run:(\d+):step:/.exec(mail.source) ?? [];
    expect(id, mail.source).toBeDefined();
    const found = (await admin.get(`/api/runs/${id}`)).body;
    expect(found.account_id).toBe(mail.account_id);
    expect(new Date(mail.sent_at).getTime()).toBeGreaterThanOrEqual(new Date(found.started_at).getTime());
  }
});

test('some of them were answered, after they were sent', async () => {
  const { items } = (await admin.get('/api/outreach/mails?state=sent&limit=200')).body;
  const answered = items.filter(({ replied_at }: { replied_at: string | null }) => replied_at);
  expect(answered.length).toBeGreaterThan(0);
  for (const mail of answered) expect(mail.replied_at > mail.sent_at).toBe(true);
});

test('the journey has a past: accounts came to their stages in time, and customers confirmed and told how they feel', async () => {
  const { all, cohorts } = (await admin.get('/api/journeys/first_year/passage')).body;
  expect(all.accounts).toBeGreaterThan(0);
  expect(cohorts.length).toBeGreaterThan(1);
  const { items } = (await admin.get('/api/journeys/first_year/accounts?limit=50')).body;
  expect(items.some(({ days_in_stage }: { days_in_stage: number }) => days_in_stage > 60)).toBe(true);
  expect(items.some(({ basis }: { basis: string }) => basis === 'confirmed')).toBe(true);
});

test('the figures behind a call carry the unit of their measure', async () => {
  const { items } = (await admin.get('/api/calls?scope=all&limit=100')).body;
  const calls = await Promise.all(items.map(async ({ id }: { id: number }) => (await admin.get(`/api/calls/${id}`)).body));
  const shares = calls.flatMap(({ evidence }) => evidence).filter(({ field }) => /trend|utilisation/.test(field));
  expect(shares.length).toBeGreaterThan(0);
  for (const { value } of shares) for (const text of [value.en, value.ja]) expect(text).toMatch(/^-?[\d,.]+%$/);
});

test('some plans go as agreed and some do not', async () => {
  const { sums } = (await admin.get('/api/plans?limit=1')).body;
  expect(sums.goals_achieved).toBeGreaterThan(0);
  expect(sums.goals_behind).toBeGreaterThan(0);
  expect(sums.goals_behind).toBeLessThan(sums.goals_open / 2);
  expect(sums.late).toBeLessThan(sums.plans / 2);
});
