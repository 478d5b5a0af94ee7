// From an event to a score on the page: within a second or two while others come in, late ones in the past they belong
// to, and none lost when the process dies right after its answer.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, type Server, startServer } from '../support/banso.ts';
import { Client, password, setUp } from '../support/client.ts';

const data = freshFolder();
const day_ms = 86_400_000;
let server: Server;
let admin: Client;
let key: string;
const accounts: Record<string, number> = {};

const names = ['acme', 'globex', 'initech', 'umbrella'];

async function track(account: string, user: string, at: number = Date.now()): Promise<void> {
  const response = await fetch(`${server.url}/v1/track`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    body: JSON.stringify({ userId: user, event: 'report_exported', timestamp: new Date(at).toISOString(), context: { groupId: account } }),
  });
  expect(response.status).toBe(200);
}

const row = async (account: string): Promise<any> => (await admin.get(`/api/book?ids=${accounts[account]}`)).body.items[0];
const evaluation = async (): Promise<any> => (await admin.get('/api/evaluation')).body;

async function until<T>(read: () => Promise<T>, holds: (value: T) => boolean, within_ms: number): Promise<T> {
  const deadline = Date.now() + within_ms;
  for (;;) {
    const value = await read();
    if (holds(value)) return value;
    expect(Date.now(), `still ${JSON.stringify(value)}`).toBeLessThan(deadline);
    await new Promise((wait) => setTimeout(wait, 20));
  }
}

async function signInAgain(): Promise<Client> {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
  return client;
}

beforeAll(async () => {
  server = await startServer({ data });
  admin = await setUp(server.url, { timezone: 'UTC' });
  for (const name of names) accounts[name] = (await admin.post('/api/accounts', { external_id: name, name })).body.id;
  key = (await admin.post('/api/sources', { name: 'Product' })).body.write_key;
  for (const name of names) {
    for (let days = 1; days <= 40; days += 3) await track(name, `u${days % 4}`, Date.now() - days * day_ms);
  }
  const users = async () => (await admin.get(`/api/accounts/${accounts.umbrella}/usage`)).body.active_users_28d?.at(-1);
  await until(users, (found) => found === 4, 10_000);
  expect((await admin.post('/api/evaluation', {})).status).toBe(202);
  await until(evaluation, (status) => !status.running && status.computed_at !== null && status.waiting === 0, 30_000);
  for (const name of names) {
    // Scored, too: the starter scorecard follows usage that comes account by account.
    await until(() => row(name), (found) => found.active_users_28d === 4 && found.score !== null, 10_000);
  }
}, 90_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

test('an event changes the score of its account within two seconds', async () => {
  const before = await row('acme');
  const other = await row('globex');
  for (const user of ['new-1', 'new-2', 'new-3']) await track('acme', user);
  const after = await until(() => row('acme'), (found) => found.active_users_28d === before.active_users_28d + 3, 2000);
  expect(after.last_activity_day).toBe(new Date().toISOString().slice(0, 10));
  expect(after.sparkline.slice(0, -1)).toEqual(before.sparkline.slice(0, -1));
  expect(await row('globex')).toEqual(other);
  const status = await evaluation();
  expect(status.lag_samples).toBeGreaterThan(0);
  expect(status.lag_ms_p50).toBeLessThanOrEqual(status.lag_ms_p99);
  expect(status.lag_ms_p99).toBeGreaterThan(0);
});

test('a late event counts on the day it belongs to', async () => {
  const day = new Date(Date.now() - 20 * day_ms).toISOString().slice(0, 10);
  const events = async () => {
    const usage = (await admin.get(`/api/accounts/${accounts.globex}/usage?from=${day}&to=${day}`)).body;
    return usage.events.at(-1);
  };
  const before = await events();
  const score = await row('globex');
  await track('globex', 'came late', Date.parse(`${day}T12:00:00Z`));
  await until(events, (count) => count === before + 1, 3000);
  await until(() => row('globex'), (found) => found.active_users_28d === score.active_users_28d + 1, 3000);
});

test('what was acknowledged right before the process died is scored by the next one', async () => {
  const before = await row('initech');
  await track('initech', 'last words');
  await server.kill();
  server = await startServer({ data });
  admin = await signInAgain();
  await until(() => row('initech'), (found) => found?.active_users_28d === before.active_users_28d + 1, 20_000);
  // And what was scored, but not written yet, is there after the next one.
  await track('umbrella', 'scored');
  const umbrella = await until(() => row('umbrella'), (found) => found.active_users_28d === 5, 5000);
  await server.kill();
  server = await startServer({ data });
  admin = await signInAgain();
  const again = await until(() => row('umbrella'), (found) => found?.active_users_28d === 5 && found.score !== null, 20_000);
  expect(again.score).toBe(umbrella.score);
}, 60_000);

test('a server that stops in order begins with what it showed', async () => {
  await track('acme', 'before stopping');
  const shown = await until(() => row('acme'), (found) => found.active_users_28d === 8, 5000);
  await until(evaluation, (status) => status.waiting === 0, 5000);
  await server.stop();
  server = await startServer({ data });
  admin = await signInAgain();
  expect(await row('acme')).toEqual(shown);
}, 60_000);
