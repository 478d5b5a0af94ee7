import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { hasSharedData, type Server, sharedData, startServer } from '../support/banso.ts';
import { type Client, setUp, signIn } from '../support/client.ts';

let server: Server;
let admin: Client;
let key: string;
let acme: number;

// Calls come from a vendor's product: no cookies, only the key.
async function call(path: string, body: unknown, headers: Record<string, string> = {}) {
  const response = await fetch(server.url + path, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}`,
      ...headers,
    },
    body: body instanceof Uint8Array ? (body as BodyInit) : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, body: await response.json() };
}

async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const value = await read();
    if (holds(value) || attempt === 50) return value;
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'UTC' });
  acme = (await admin.post('/api/accounts', { external_id: 'acme', name: 'Acme', domains: ['acme.example'] })).body.id;
  const made = await admin.post('/api/sources', { name: 'Product' });
  expect(made.status).toBe(201);
  key = made.body.write_key;
});
afterAll(() => server.stop());

test('a call shows on the page of its account', async () => {
  const sent = await call('/v1/track', {
    userId: 'u-1',
    event: 'report_exported',
    messageId: 'm-1',
    context: { groupId: 'acme' },
    properties: { rows: 3 },
  });
  expect(sent).toMatchObject({ status: 200, body: { success: true } });
  expect(sent.headers.get('access-control-allow-origin')).toBe('*');
  await call('/v1/track', { userId: 'u-1', event: 'report_exported', messageId: 'm-1', context: { groupId: 'acme' } });
  const usage = await eventually(
    () => admin.get(`/api/accounts/${acme}/usage`),
    (answer) => answer.body.features.length > 0,
  );
  expect(usage.body.features).toMatchObject([{ key: 'report_exported', name: { en: 'Report exported' }, events: 1, users: 1 }]);
  expect(usage.body.active_users_28d.at(-1)).toBe(1);
  const rows = await admin.get(`/api/accounts/${acme}/events?user_key=u-1`);
  expect(rows.body).toMatchObject({ total: 1, items: [{ event: 'report_exported', properties: { rows: 3 }, source: 'Product' }] });
  expect((await admin.get(`/api/accounts/${acme}/people`)).body.items[0]).toMatchObject({ user_key: 'u-1', events_28d: 1 });
});

test('packed batches, bad items named, good ones kept', async () => {
  const batch = {
    batch: [
      { type: 'page', userId: 'someone@acme.example', name: 'Home' },
      { type: 'track', userId: 'u-2' },
    ],
  };
  const sent = await call('/v1/batch', gzipSync(JSON.stringify(batch)), { 'content-encoding': 'gzip' });
  expect(sent).toMatchObject({ status: 200, body: { success: true, rejected: [{ field: 'batch[1].event' }] } });
  const rows = await eventually(
    () => admin.get(`/api/accounts/${acme}/events?user_key=someone@acme.example`),
    (answer) => answer.body.total > 0,
  );
  expect(rows.body.items).toMatchObject([{ kind: 'page', event: 'Home' }]);
  expect((await call('/v1/track', { userId: 'u-2' })).status).toBe(400);
  expect((await call('/v1/track', { userId: 'u', event: 'x' }, { authorization: 'Basic bm9wZTo=' })).status).toBe(401);
  expect((await call('/v1/track', { userId: 'u', event: 'x', properties: { text: 'x'.repeat(40_000) } })).status).toBe(413);
});

test('an event that names an unknown account waits until that account is made', async () => {
  await call('/v1/track', { userId: 'u-9', event: 'waits', context: { groupId: 'globex' } });
  const waiting = await eventually(
    () => admin.get('/api/unmatched-events'),
    (answer) => answer.body.items.length > 0,
  );
  expect(waiting.body.items).toMatchObject([{ group_key: 'globex', events: 1 }]);
  const globex = (await admin.post('/api/accounts', { external_id: 'globex', name: 'Globex' })).body.id;
  const rows = await eventually(
    () => admin.get(`/api/accounts/${globex}/events`),
    (answer) => answer.body.total > 0,
  );
  expect(rows.body.items).toMatchObject([{ event: 'waits', user_key: 'u-9' }]);
});

test('the catalogue is changed by leaders, sources by administrators', async () => {
  const leader = await signIn(admin, 'leader');
  const reader = await signIn(admin, 'read_only');
  const feature = (await reader.get('/api/features')).body.items.find((item: any) => item.key === 'report_exported');
  const change = { name: { en: 'Export', ja: '書き出し' }, module: 'Reports' };
  expect((await reader.patch(`/api/features/${feature.id}`, change)).status).toBe(403);
  expect((await leader.patch(`/api/features/${feature.id}`, change)).body).toMatchObject(change);
  expect((await leader.get('/api/sources')).status).toBe(403);
  const [source] = (await admin.get('/api/sources')).body.items;
  expect(source).toMatchObject({ name: 'Product', key_hint: key.slice(0, 7), disabled: false });
  const before = key;
  key = (await admin.post(`/api/sources/${source.id}/rotate-key`)).body.write_key;
  expect((await call('/v1/track', { userId: 'u-1', event: 'x' })).status).toBe(200);
  expect((await call('/v1/track', { userId: 'u-1', event: 'x', writeKey: before }, { authorization: '' })).status).toBe(401);
});

test('events survive a restart, once each', async () => {
  const before = (await admin.get(`/api/accounts/${acme}/events`)).body.total;
  await call('/v1/track', { userId: 'u-1', event: 'kept', messageId: 'm-kept', context: { groupId: 'acme' } });
  await server.kill();
  server = await startServer({ data: server.data });
  Object.assign(admin, { url: server.url });
  await call('/v1/track', { userId: 'u-1', event: 'kept', messageId: 'm-kept', context: { groupId: 'acme' } });
  const total = async () => (await admin.get(`/api/accounts/${acme}/events`)).body.total;
  expect(await eventually(total, (count) => count === before + 1)).toBe(before + 1);
});

test.skipIf(!hasSharedData)("what Segment's Go client sends is taken", async () => {
  const folder = join(sharedData, 'segment/calls');
  for (const file of readdirSync(folder)) {
    const sent = await call('/v1/batch', JSON.parse(readFileSync(join(folder, file), 'utf8')));
    expect(sent, file).toMatchObject({ status: 200, body: { success: true } });
  }
});

test('a change of the time zone moves events to their new days at once', async () => {
  const late = (await admin.post('/api/accounts', { external_id: 'late', name: 'Late' })).body.id;
  const occurred = new Date(Date.now() - 3 * 86_400_000);
  occurred.setUTCHours(20, 0, 0, 0);
  await call('/v1/track', { userId: 'u', event: 'seen', context: { groupId: 'late' }, timestamp: occurred.toISOString() });
  const lastDay = async () => (await admin.get(`/api/accounts/${late}/usage`)).body.features[0]?.last_day;
  const utcDay = occurred.toISOString().slice(0, 10);
  expect(await eventually(lastDay, (day) => day === utcDay)).toBe(utcDay);
  await admin.patch('/api/workspace', { timezone: 'Asia/Tokyo' });
  const tokyoDay = new Date(occurred.getTime() + 9 * 3_600_000).toISOString().slice(0, 10);
  expect(await eventually(lastDay, (day) => day === tokyoDay)).toBe(tokyoDay);
  await admin.patch('/api/workspace', { timezone: 'UTC' });
});
