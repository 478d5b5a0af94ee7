// An installation moves from its embedded stores to servers: everything is there, nothing twice, and it can be repeated.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, setUp } from '../support/client.ts';
import { canRunCluster, Cluster } from '../support/cluster.ts';
import { eventsTotal, eventually, newAccount, Source } from '../support/intake.ts';

let cluster: Cluster;
let data: string;
let acme: number;

beforeAll(async () => {
  if (!canRunCluster) return;
  [cluster, data] = [await Cluster.start(0), freshFolder()];
}, 120_000);
afterAll(async () => {
  await cluster?.stop();
  if (data) rmSync(data, { recursive: true, force: true });
}, 180_000);

const migrate = () => run(['--data', data, 'migrate', '--to-records', cluster.records, '--to-events', cluster.events]);
const onServers = (folder: string) => startServer({ data: folder, args: ['--records', cluster.records, '--events', cluster.events] });

async function send(server: Server, key: string, from: number, count: number): Promise<void> {
  const source = new Source(server, 0, key);
  const calls = Array.from({ length: count }, (_, index) => ({
    type: 'track',
    userId: `u-${(from + index) % 7}`,
    event: `Feature ${index % 3}`,
    messageId: `m-${from + index}`,
    context: { groupId: index % 10 === 0 ? 'nobody' : 'acme' },
    timestamp: new Date(Date.now() - (index % 30) * 86_400_000).toISOString(),
  }));
  expect((await source.batch(calls)).status).toBe(200);
}

test.skipIf(!canRunCluster)('moves, compares, and moves the rest later', async () => {
  let server = await startServer({ data });
  const admin = await setUp(server.url, { timezone: 'UTC' });
  acme = await newAccount(admin, 'acme');
  const source = await Source.make(server, admin, 'Product');
  await send(server, source.key, 0, 500);
  await server.kill(); // what was acknowledged and not yet stored moves, too

  const first = await migrate();
  expect(first.stderr + first.stdout).toContain('every table compared equal');
  expect(first).toMatchObject({ code: 0 });
  expect(first.stdout).toMatch(/Events: 500 copied, 0 were there; 500 in all, counts and sums equal/);

  server = await startServer({ data });
  await send(server, source.key, 500, 100);
  await server.stop();
  const second = await migrate();
  expect(second.stdout).toMatch(/Events: 100 copied, 0 were there; 600 in all/);
  expect((await migrate()).stdout).toMatch(/Events: 0 copied, 0 were there; 600 in all/);
}, 120_000);

test.skipIf(!canRunCluster)('the servers show what the one machine showed, and are not written over any more', async () => {
  const before = await startServer({ data });
  const old = new Client(before.url);
  await old.post('/api/session', { email: 'admin@example.com', password });
  const figures = async (client: Client) => {
    const usage = (await client.get(`/api/accounts/${acme}/usage`)).body;
    return { features: usage.features, active: usage.active_users_28d, events: await eventsTotal(client, acme) };
  };
  const expected = await eventually(
    () => figures(old),
    (shown) => shown.events === 540 && shown.features.length === 3,
  );
  await before.stop();

  const home = freshFolder();
  const after = await onServers(home);
  const client = new Client(after.url);
  expect((await client.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
  expect(await eventually(() => figures(client), (shown) => JSON.stringify(shown) === JSON.stringify(expected))).toEqual(expected);
  const running = await migrate();
  expect(running).toMatchObject({ code: 2 });
  expect(running.stderr).toContain('A node is running');
  await newAccount(client, 'made-later');
  await after.stop();
  rmSync(home, { recursive: true, force: true });
  const refused = await migrate();
  expect(refused).toMatchObject({ code: 2 });
  expect(refused.stderr).toContain('People have worked with the target');
}, 120_000);
