// `kill -9` at any moment, many times, under load: every acknowledged event is there, once, and every figure made from
// the events is the one that a machine without crashes would show.
import { cpSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { binary, freshFolder, type Server, startServer, webFolder } from '../support/banso.ts';
import { Client, password, setUp } from '../support/client.ts';
import { eventually, eventsTotal, newAccount, Source } from '../support/intake.ts';
import { expectStoredOnce, pause, Producers } from '../support/producers.ts';
import { spawn } from 'node:child_process';

const all = process.env.BANSO_TEST_SLOW === '1';
const kills = all ? 50 : 5;
const accountNames = ['acme', 'globex', 'initech', 'umbrella'];
const daysAgo = (days: number) => new Date(Date.now() - days * 86_400_000).toISOString();
const between = (low: number, high: number) => low + Math.floor(Math.random() * (high - low + 1));

const firstOfAccount = 30; // events of each account before the crashes begin

// A server that is killed and started again on the same data, at addresses that change.
class Crashing {
  private constructor(
    public server: Server,
    readonly admin: Client,
  ) {}

  static async make(): Promise<Crashing> {
    const data = freshFolder();
    const server = await startServer({ data });
    return new Crashing(server, await setUp(server.url, { timezone: 'UTC' }));
  }

  async killAndStart(): Promise<void> {
    await this.server.kill();
    await this.start();
  }

  async start(): Promise<void> {
    this.server = await startServer({ data: this.server.data });
    Object.assign(this.admin, { url: this.server.url });
  }

  // Started and killed before it is ready, or just then.
  async killWhileStarting(after_ms: number): Promise<void> {
    await this.server.kill();
    const child = spawn(binary, ['--data', this.server.data, 'serve', '--port', '0', '--web', webFolder], { stdio: 'ignore' });
    const ended = new Promise((done) => child.on('close', done));
    await pause(after_ms);
    child.kill('SIGKILL');
    await ended;
    await this.start();
  }

  async remove(): Promise<void> {
    await this.server.stop();
    rmSync(this.server.data, { recursive: true, force: true });
  }
}

async function accountsIn(admin: Client): Promise<Map<string, number>> {
  const accounts = new Map<string, number>();
  for (const name of accountNames) accounts.set(name, await newAccount(admin, name));
  return accounts;
}

// Times of computing differ between two runs; nothing else may.
function withoutComputingTimes(value: any): any {
  if (Array.isArray(value)) return value.map(withoutComputingTimes);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .filter(([key]) => key !== 'computed_at')
      .map(([key, inner]) => [key, withoutComputingTimes(inner)]),
  );
}

// Everything that is made from events: daily facts, people, scores with their measures.
async function figuresOf(admin: Client, accounts: Map<string, number>): Promise<any> {
  const figures: any = {};
  for (const [name, id] of accounts) {
    figures[name] = {
      usage: (await admin.get(`/api/accounts/${id}/usage`)).body,
      people: (await admin.get(`/api/accounts/${id}/people?limit=1000`)).body,
      health: (await admin.get(`/api/accounts/${id}/health`)).body,
    };
  }
  return withoutComputingTimes(figures);
}

// The figures of the same records and events with everything derived thrown away and made anew.
async function figuresOfRebuild(data: string, accounts: Map<string, number>): Promise<any> {
  const copy = freshFolder();
  cpSync(data, copy, { recursive: true });
  for (const file of readdirSync(copy).filter((name) => name.startsWith('mart.'))) rmSync(join(copy, file), { recursive: true });
  const server = await startServer({ data: copy });
  const admin = new Client(server.url);
  expect((await admin.post('/api/session', { email: 'admin@example.com', password })).status).toBe(200);
  await settled(admin, accounts);
  const figures = await figuresOf(admin, accounts);
  await server.stop();
  rmSync(copy, { recursive: true, force: true });
  return figures;
}

// Facts and scores have caught up with the events.
async function settled(admin: Client, accounts: Map<string, number>): Promise<void> {
  let before = '';
  await eventually(
    async () => {
      const usage = await Promise.all([...accounts.values()].map((id) => admin.get(`/api/accounts/${id}/health`)));
      const evaluation = (await admin.get('/api/evaluation')).body;
      const now = JSON.stringify([usage.map((answer) => answer.body), evaluation.computed_at]);
      const same = now === before && !evaluation.running;
      before = now;
      await pause(500);
      return same;
    },
    (same) => same,
    60,
  );
}

// Until a person publishes definitions they follow the data, so that a rebuild may choose others. A person does.
async function publishDefinitions(admin: Client, source: Source, accounts: Map<string, number>): Promise<void> {
  for (const name of accounts.keys()) {
    const days = Array.from({ length: firstOfAccount }, (_, n) => n);
    const calls = days.map((n) => ({ type: 'track', userId: `first-${name}`, event: `Feature ${n % 5}`, timestamp: daysAgo(n), context: { groupId: name } }));
    expect((await source.batch(calls)).status).toBe(200);
  }
  const path = '/api/definitions/scorecard/health';
  const card = await eventually(
    () => admin.get(path),
    (answer) => answer.body.body?.groups?.some((group: any) => group.key === 'adoption'),
  );
  expect(card.status, card.text).toBe(200);
  const body = { ...card.body.body, name: { en: 'Our score', ja: '自社スコア' } };
  expect((await admin.put(`${path}/draft`, body)).status).toBe(200);
  expect((await admin.post(`${path}/publish`, { why: 'Test' })).status).toBe(200);
}

test(`${kills} kills under load lose nothing, double nothing and leave no wrong figure`, { timeout: 1_800_000 }, async () => {
  const crashing = await Crashing.make();
  const accounts = await accountsIn(crashing.admin);
  const source = await Source.make(crashing.server, crashing.admin, 'Product');
  await publishDefinitions(crashing.admin, source, accounts);
  const producers = new Producers(() => crashing.server, source.key, {
    producers: 6,
    callsOfBatch: () => between(1, 60),
    accounts: accountNames,
    pause_ms: all ? 40 : 10,
    oldestDays: 45,
  }).start();
  for (let kill = 0; kill < kills; kill += 1) {
    await pause(between(50, 1200));
    if (kill % 3 === 2) await crashing.killWhileStarting(between(0, 400));
    else await crashing.killAndStart();
  }
  await pause(300);
  await producers.stop();

  expect(producers.unexpected).toEqual([]);
  expect(producers.acknowledged).toBeGreaterThan(kills * 100);
  await expectStoredOnce(crashing.admin, producers, accounts, { before: firstOfAccount });
  await settled(crashing.admin, accounts);
  const figures = await figuresOf(crashing.admin, accounts);
  const shown = Object.values<any>(figures).flatMap((figure) => figure.usage.features.map((feature: any) => feature.events));
  expect(shown.reduce((sum, events) => sum + events, 0)).toBe(producers.acknowledged + firstOfAccount * accounts.size);
  await crashing.server.stop();
  expect(await figuresOfRebuild(crashing.server.data, accounts)).toEqual(figures);
  rmSync(crashing.server.data, { recursive: true, force: true });
});

test('what was acknowledged by the very last answer before a kill is there', { timeout: 120_000 }, async () => {
  const crashing = await Crashing.make();
  const account = await newAccount(crashing.admin, 'last-answer');
  const source = await Source.make(crashing.server, crashing.admin, 'Product');
  for (let round = 1; round <= 3; round += 1) {
    const reply = await new Source(crashing.server, source.id, source.key).batch(
      Array.from({ length: 100 }, (_, n) => ({ type: 'track', userId: 'u', event: 'Clicked', context: { groupId: 'last-answer' }, properties: { n } })),
    );
    await crashing.server.kill(); // nobody sends it again, and no call has an id of its own
    expect(reply.status).toBe(200);
    await crashing.start();
    expect(await eventually(() => eventsTotal(crashing.admin, account), (total) => total >= round * 100)).toBe(round * 100);
  }
  await pause(500);
  expect(await eventsTotal(crashing.admin, account)).toBe(300);
  await crashing.remove();
});

test('an import of a large log that is killed goes on where it stopped, beside events that keep coming', { timeout: 300_000 }, async () => {
  const rows = all ? 1_500_000 : 300_000;
  const crashing = await Crashing.make();
  const { admin } = crashing;
  const accounts = await accountsIn(admin);
  const imported = await newAccount(admin, 'imported');
  const source = await Source.make(crashing.server, admin, 'Product');
  const start_ms = Date.now() - 40 * 86_400_000;
  const lines = Array.from({ length: rows }, (_, n) => `imported,u${n % 500},login,${new Date(start_ms + n * 1000).toISOString()}`);
  const bytes = new TextEncoder().encode(`account,user,event,occurred_at\n${lines.join('\n')}\n`);
  const upload = (await admin.post('/api/uploads', { name: 'log.csv', size_bytes: bytes.length })).body;
  for (let part = 0; part * upload.part_bytes < bytes.length; part += 1) {
    const sent = await admin.put(`/api/uploads/${upload.id}/parts/${part}`, bytes.subarray(part * upload.part_bytes, (part + 1) * upload.part_bytes));
    expect(sent.status, sent.text).toBe(204);
  }
  const made = (await admin.post('/api/imports', { upload_id: upload.id, kind: 'events' })).body;

  const producers = new Producers(() => crashing.server, source.key, { producers: 2, callsOfBatch: () => 20, accounts: accountNames, pause_ms: 10 }).start();
  let state = 'mapping';
  for (let kill = 0; state !== 'done' && kill < 60; kill += 1) {
    await admin.post(`/api/imports/${made.id}/run`); // refused while it goes on by itself
    const end = Date.now() + (kill < (all ? 10 : 2) ? between(100, 700) : 60_000);
    while (Date.now() < end && state !== 'done') {
      await pause(50);
      state = (await admin.get(`/api/imports/${made.id}`)).body.state;
    }
    if (state !== 'done') {
      await crashing.killAndStart();
      state = (await admin.get(`/api/imports/${made.id}`)).body.state;
    }
  }
  await producers.stop();
  expect(state).toBe('done');
  expect(await eventually(() => eventsTotal(admin, imported), (total) => total >= rows)).toBe(rows);
  await expectStoredOnce(admin, producers, accounts);
  await crashing.remove();
});
