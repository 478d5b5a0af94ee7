// Every answer of the API that is only read, on the demo, where there is something to read: the client compares each with the contract.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';
import { operations } from '../support/contract.ts';
import { eventually } from '../support/intake.ts';

const data = freshFolder();
let server: Server;
let admin: Client;

// What the demo has none of. The tests of these have their own.
const absent = [/^\/api\/(segments|journeys)\/\{key\}/, /^\/api\/(jobs|assignments|imports|outreach\/mails|portal\/documents)\/\{id\}/, /restatements$/];
// A stream, which does not end.
const endless = ['/api/live'];

const months = 'from=2026-04-01&to=2026-10-01';
const needed: Record<string, string> = {
  '/api/renewals/calendar/free-days': months,
  '/api/revenue/window': 'start=2026-04-01&end=2026-10-01',
  '/api/revenue/movements': 'month=2026-04-01',
  '/api/revenue/movements.csv': 'month=2026-04-01',
  '/api/revenue/rules/compare': `left=banso&right=banso&${months}`,
};

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '60', '--months', '24', '--seed', '5', '--until', '2026-10-02']);
  expect(demo.code, demo.stderr).toBe(0);
  const user = ['user', 'add', '--name', 'Admin', '--email', 'admin@example.com', '--role', 'admin'];
  const added = await run(['--data', data, ...user], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
  // Wins are looked for after the start.
  const wins = await eventually(async () => (await admin.get('/api/wins')).body.total, (total) => total > 0, 60);
  expect(wins).toBeGreaterThan(0);
}, 240_000);
afterAll(async () => {
  await server?.stop();
  rmSync(data, { recursive: true, force: true });
});

async function first(path: string, field: string): Promise<string> {
  const [item] = (await admin.get(path)).body.items;
  expect(item, `${path} is empty`).toBeDefined();
  return String(item[field]);
}

const account = () => first('/api/book?limit=1&sort=-arr', 'id');
const measure = async () => {
  const { items } = (await admin.get('/api/book/fields')).body;
  return items.find(({ key }: { key: string }) => key.startsWith('measure.')).key.slice('measure.'.length);
};

// Something of the demo for each place of a path, by what stands before it.
const places: [string, () => Promise<string>][] = [
  ['accounts/{id}', account],
  ['features/{id}', () => first('/api/features', 'id')],
  ['measures/{key}', measure],
  ['handovers/{id}', () => first('/api/handovers', 'id')],
  ['calls/{id}', () => first('/api/calls?scope=all', 'id')],
  ['tasks/{id}', () => first('/api/tasks?scope=all&state=all', 'id')],
  ['contacts/{id}', async () => first(`/api/accounts/${await account()}/contacts`, 'id')],
  ['signals/{key}', () => first('/api/signals', 'key')],
  ['playbooks/{key}', () => first('/api/proof/playbooks', 'key')],
  ['runs/{id}', () => first('/api/runs', 'id')],
  ['wins/{id}', () => first('/api/wins', 'id')],
  ['renewals/{id}', () => first('/api/renewals', 'id')],
  ['plans/{id}', () => first('/api/plans', 'id')],
  ['versions/{version}', async () => '1'],
];

async function filledIn(path: string): Promise<string> {
  let filled = path.replace('{kind}/{key}', 'scorecard/health');
  for (const [place, find] of places) {
    if (filled.includes(place)) filled = filled.replace(place, `${place.split('/')[0]}/${await find()}`);
  }
  if (path === '/api/contacts/{id}/outreach') filled += `?account=${await account()}`;
  return needed[path] ? `${filled}?${needed[path]}` : filled;
}

const asked = operations()
  .filter(({ method, path }) => method === 'GET' && path.startsWith('/api/'))
  .filter(({ path }) => !endless.includes(path) && !absent.some((pattern) => pattern.test(path)));

test.each(asked)('$path', async ({ path }) => {
  const filled = await filledIn(path);
  const answer = await admin.get(filled);
  expect(answer.status, `${filled}: ${answer.text.slice(0, 300)}`).toBe(200);
});
