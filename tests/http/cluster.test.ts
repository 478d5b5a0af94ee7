// Several nodes on shared stores: nothing is lost or doubled when a node dies or a shard is away, and every node shows
// the same.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { Client, password, setUp } from '../support/client.ts';
import { canRunCluster, Cluster } from '../support/cluster.ts';
import { eventually, newAccount } from '../support/intake.ts';
import { expectStoredOnce, pause, Producers } from '../support/producers.ts';

const scored_s = 20;

let cluster: Cluster;
let admin: Client; // through the load balancer
let nodes: Client[]; // each node directly
const accounts = new Map<string, number>();

beforeAll(async () => {
  if (!canRunCluster) return;
  cluster = await Cluster.start();
  admin = await setUp(cluster.url, { timezone: 'UTC' });
  nodes = await Promise.all(
    cluster.nodeUrls.map(async (url) => {
      const client = new Client(url);
      expect((await client.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
      return client;
    }),
  );
}, 180_000);
afterAll(async () => {
  await cluster?.stop();
}, 180_000);

// Producers with a source and accounts of their own, on every shard.
async function producing(name: string): Promise<{ producers: Producers; own: Map<string, number> }> {
  const key = (await admin.post('/api/sources', { name })).body.write_key;
  const own = new Map<string, number>();
  for (let number = 1; number <= 4; number += 1) own.set(`${name}-${number}`, await newAccount(admin, `${name}-${number}`));
  for (const [account, id] of own) accounts.set(account, id);
  const settings = { producers: 4, callsOfBatch: () => 20, accounts: [...own.keys()], pause_ms: 10, oldestDays: 3 };
  return { producers: new Producers(() => cluster, key, settings).start(), own };
}

test.skipIf(!canRunCluster)('a node is killed under load: nothing is lost or doubled', async () => {
  const { producers, own } = await producing('node');
  await pause(1500);
  cluster.killNode(1);
  await pause(2500);
  cluster.startNode(1);
  await pause(2500);
  await producers.stop();
  expect(producers.acknowledged).toBeGreaterThan(1000);
  expect(producers.unexpected).toEqual([]);
  await expectStoredOnce(admin, producers, own);
}, 120_000);

test.skipIf(!canRunCluster)('a shard is away: clients hear 503 and retry, nothing is lost or doubled', async () => {
  const { producers, own } = await producing('shard');
  await pause(1000);
  cluster.shard('kill', 2);
  await pause(4000);
  cluster.shard('run', 2);
  await pause(3000);
  await producers.stop();
  expect(producers.unexpected).toEqual([]);
  expect(producers.statuses.get(503) ?? 0).toBeGreaterThan(0);
  expect(producers.refusals.every((refusal) => Number(refusal.retryAfter) > 0)).toBe(true);
  await expectStoredOnce(admin, producers, own);
}, 120_000);

test.skipIf(!canRunCluster)('every node shows the same events, usage and scores', async () => {
  for (const id of accounts.values()) {
    const shown = () =>
      Promise.all(
        nodes.map(async (node) => {
          const usage = (await node.get(`/api/accounts/${id}/usage`)).body;
          const events = (await node.get(`/api/accounts/${id}/events?limit=1`)).body;
          const health = (await node.get(`/api/accounts/${id}/health`)).body;
          return { features: usage.features, active: usage.active_users_28d, total: events.total, score: health.score };
        }),
      );
    const [first, second] = await eventually(shown, ([a, b]) => JSON.stringify(a) === JSON.stringify(b), scored_s);
    expect(first).toEqual(second);
    expect(first!.total).toBeGreaterThan(0);
  }
}, 120_000);

test.skipIf(!canRunCluster)('what is changed on one node reaches the other', async () => {
  const [first, second] = nodes as [Client, Client];
  const made = (await first.post('/api/accounts', { external_id: 'late', name: 'Late' })).body.id;
  expect((await second.get(`/api/accounts/${made}`)).status).toBe(200);
  const inBook = await eventually(
    () => second.get('/api/book?q=Late'),
    (answer) => answer.body.items?.some((item: any) => item.id === made),
    scored_s,
  );
  expect(inBook.body.items.map((item: any) => item.id)).toContain(made);
}, 60_000);

test.skipIf(!canRunCluster)('what a customer confirms on one node reaches the other, and then nothing more is written', async () => {
  const [first, second] = nodes as [Client, Client];
  const text = (words: string) => ({ en: words, ja: words });
  const milestone = { key: 'goals', name: text('Goals'), confirmed_by_customer: true };
  const stages = ['agree', 'use'].map((key) => ({ key, name: text(key), milestones: [{ ...milestone, key: `${key}_goals` }] }));
  expect((await first.put('/api/definitions/journey/shared/draft', { name: text('Shared'), stages })).status).toBe(200);
  expect((await first.post('/api/definitions/journey/shared/publish', { why: 'test' })).status).toBe(200);
  const account = await newAccount(first, 'on-a-journey');
  const stageOn = async (node: Client) => (await node.get(`/api/accounts/${account}/journey`)).body.position?.stage;
  const kept = async (node: Client) =>
    (await node.get('/api/book?limit=1000&columns=attribute.journey_stage')).body.items?.find((row: any) => row.id === account)?.attributes.journey_stage;
  const everywhere = async (stage: string) => {
    const seen = async () => Promise.all([...nodes.map(stageOn), ...nodes.map(kept)]);
    const wanted = [stage, stage, `shared.${stage}`, `shared.${stage}`];
    expect(await eventually(seen, (found) => JSON.stringify(found) === JSON.stringify(wanted), scored_s)).toEqual(wanted);
  };
  await everywhere('agree');
  const confirmed = await second.put(`/api/accounts/${account}/journey/milestones/agree_goals`, { confirmed: true, words: 'agreed' });
  expect(confirmed.status, confirmed.text).toBe(200);
  await everywhere('use');
  await pause(4000);
  const changes = async () => (await first.get(`/api/accounts/${account}/changes?limit=100`)).body;
  const before = await changes();
  await pause(6000);
  expect(await changes()).toEqual(before);
  await everywhere('use');
}, 120_000);
