// The Health Lab over HTTP, judging by numbers of accounts that grow or fall, as goals that are achieved or fall behind.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import type { Client } from '../support/client.ts';
import { adminOf, expectSane, panelOf, signedIn } from '../support/lab.ts';

const data = freshFolder();
const dayBefore = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString().slice(0, 10);
let server: Server;
let client: Client;

const created = dayBefore(300);
const ids = Array.from({ length: 60 }, (_, number) => `N-${number + 1}`);

async function bringIn(kind: string, rows: string[], mapping?: object) {
  const table = join(data, `${kind}.csv`);
  writeFileSync(table, `${rows.join('\n')}\n`);
  const map = join(data, `${kind}.json`);
  if (mapping) writeFileSync(map, JSON.stringify(mapping));
  const done = await run(['--data', data, 'import', table, '--as', kind, ...(mapping ? ['--map', map] : [])]);
  expect(done.code, done.stdout + done.stderr).toBe(0);
}

// Of every account a number that is known since that day.
const number = (knownAt: string, value: (number: number) => number) =>
  bringIn('accounts', ['id,name,since,reached', ...ids.map((id, at) => `${id},Company ${id},${created},${value(at)}`)], {
    columns: { external_id: { column: 'id' }, name: { column: 'name' }, created_day: { column: 'since' } },
    attributes: { reached: { type: 'number', known_at: knownAt } },
  });

beforeAll(async () => {
  const made = await run(['--data', data, 'demo', '--accounts', '20', '--months', '12', '--seed', '3']);
  expect(made.code, made.stdout + made.stderr).toBe(0);
  await adminOf(data);
  await number(dayBefore(250), () => 2);
  await number(dayBefore(150), (at) => (at < 20 ? 3 : at < 30 ? 1 : 2));
  await bringIn('subscriptions', ['account,external_id,product,mrr,start', ...ids.map((id) => `${id},S-${id},Suite,10000,${created}`)]);
  server = await startServer({ data });
  client = await signedIn(server.url);
}, 300_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

test('numbers that grew or fell are outcomes, and a score is judged by them', async () => {
  const panel = await panelOf(client);
  const outcome = (key: string) => panel.outcomes.find((each: any) => each.key === key);
  const grew = outcome('attribute.reached+');
  const fell = outcome('attribute.reached-');
  expect(grew).toMatchObject({ accounts: 20, sense: null, attribute: { key: 'reached', choice: '+' } });
  expect(grew.attribute.choice_name.ja).toBe('増加');
  expect(fell).toMatchObject({ accounts: 10, sense: null, attribute: { key: 'reached', choice: '-' } });
  const refused = await client.post('/api/lab/judge', { scorecard: 'health', outcome: grew.key, lead_days: 60 });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0].field).toBe('sense');
  for (const [key, sense, accounts] of [[grew.key, 'good', 20], [fell.key, 'bad', 10]] as const) {
    const judged = await client.post('/api/lab/judge', { scorecard: 'health', outcome: key, sense, lead_days: 60 });
    expect(judged.status, judged.text).toBe(200);
    expectSane(judged.body);
    expect(judged.body).toMatchObject({ outcome: key, sense });
    expect(judged.body.outcomes).toBeGreaterThan(0);
    expect(judged.body.outcomes).toBeLessThanOrEqual(accounts);
  }
}, 120_000);
