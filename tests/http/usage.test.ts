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

test('refused calls wait in the quarantine, and can be mended, replayed and discarded', async () => {
  const bad = { type: 'track', userId: 'q-1', messageId: 'q-m', context: { groupId: 'acme' } };
  const old = { type: 'track', userId: 'q-1', event: 'old', timestamp: '2020-01-01T00:00:00Z' };
  const sent = await call('/v1/batch', { batch: [bad, old, { type: 'track', userId: 'q-1', event: 'fine' }] });
  expect(sent.body).toMatchObject({ success: true, accepted: 1, rejected: [{ field: 'batch[0].event' }, { field: 'batch[1].timestamp' }] });
  const mine = (items: any[]) => items.filter((item) => item.call?.userId === 'q-1');
  const waiting = await eventually(
    () => admin.get('/api/intake/quarantine'),
    (answer) => mine(answer.body.items).length === 2,
  );
  const items = mine(waiting.body.items);
  const missing = items.find((item) => item.reason === 'missing');
  expect(missing).toMatchObject({ field: 'event', source: 'Product', message: { ja: 'この項目は必須です。' } });
  expect(items.find((item) => item.reason === 'too_old')).toMatchObject({ field: 'timestamp' });
  expect(waiting.body.reasons).toContainEqual({ reason: 'too_old', count: 1 });

  const leader = await signIn(admin, 'leader');
  expect((await leader.post('/api/intake/quarantine/replay', {})).status).toBe(403);
  expect((await admin.post('/api/intake/quarantine/replay', { ids: [missing.id] })).body).toMatchObject({ replayed: 1, accepted: 0, still_refused: 1 });
  const mended = await admin.post(`/api/intake/quarantine/${missing.id}/replay`, { call: { ...bad, event: 'mended' } });
  expect(mended.body).toEqual({ replayed: 1, accepted: 1, duplicates: 0, still_refused: 0 });
  expect((await admin.get(`/api/accounts/${acme}/events?user_key=q-1`)).body.items).toMatchObject([{ event: 'mended' }]);
  expect((await admin.post(`/api/intake/quarantine/${missing.id}/replay`, { call: bad })).status).toBe(404);
  expect((await admin.post('/api/intake/quarantine/discard', { reason: 'too_old' })).body).toEqual({ discarded: 1 });
});

test('matches are told, assigned by hand to an account or to nobody, and undone', async () => {
  const source_id = (await admin.get('/api/sources')).body.items[0].id;
  await call('/v1/track', { userId: 'hand-1', event: 'by_hand' });
  const unmatched = () => admin.get('/api/unmatched-events?limit=1000');
  const waits = (answer: any) => answer.body.items.some((item: any) => item.user_key === 'hand-1');
  expect(waits(await eventually(unmatched, waits))).toBe(true);
  expect((await admin.post('/api/unmatched-events/assign', { source_id, user_key: 'hand-1', account_id: acme })).body).toEqual({ events: 1 });
  expect(waits(await unmatched())).toBe(false);
  const matches = async () => (await admin.get(`/api/event-matches?account_id=${acme}&limit=1000`)).body.items;
  const hand = (await matches()).find((item: any) => item.user_key === 'hand-1');
  expect(hand).toMatchObject({ matched_by: 'hand', events: 1, account_name: 'Acme', source: 'Product' });
  expect(hand.assigned_at).not.toBeNull();
  expect((await admin.post('/api/event-matches/undo', { source_id, user_key: 'hand-1' })).body).toEqual({ events: 1 });
  expect(waits(await unmatched())).toBe(true);
  const acmeGroup = (await matches()).find((item: any) => item.group_key === 'acme');
  expect(acmeGroup.matched_by).toBe('group_id');
  const undo = () => admin.post('/api/event-matches/undo', { source_id, group_key: 'acme' });
  expect((await undo()).body).toEqual({ events: acmeGroup.events }); // detached
  expect((await matches()).some((item: any) => item.group_key === 'acme')).toBe(false);
  expect((await undo()).body).toEqual({ events: acmeGroup.events }); // and back
  expect((await admin.post('/api/event-matches/undo', { source_id })).status).toBe(400);
});

test('mails send a pixel, browsers ask for settings and use short addresses', async () => {
  const pixel = (query: string) => fetch(`${server.url}/v1/pixel/track?${query}`);
  const data = Buffer.from(JSON.stringify({ writeKey: key, userId: 'px-1', event: 'mail_opened', context: { groupId: 'acme' } })).toString('base64url');
  const image = await pixel(`data=${data}`);
  expect(image.headers.get('content-type')).toBe('image/gif');
  const bytes = Buffer.from(await image.arrayBuffer());
  expect([bytes.length, bytes.subarray(0, 6).toString(), bytes.at(-1)]).toEqual([43, 'GIF89a', 0x3b]);
  await pixel(`writeKey=${key}&userId=px-1&event=mail_opened&properties.subject=Hello&context.groupId=acme`);
  expect((await pixel('data=bm90IGpzb24')).status).toBe(200);
  await fetch(`${server.url}/v1/t`, {
    method: 'POST',
    headers: { 'content-type': 'text/plain' },
    body: JSON.stringify({ writeKey: key, userId: 'px-1', event: 'beacon', context: { groupId: 'acme' } }),
  });
  const rows = await eventually(
    () => admin.get(`/api/accounts/${acme}/events?user_key=px-1`),
    (answer) => answer.body.total === 3,
  );
  expect(rows.body.items.map((row: any) => row.event).sort()).toEqual(['beacon', 'mail_opened', 'mail_opened']);
  const settings = await fetch(`${server.url}/v1/projects/${key}/settings`);
  expect((await settings.json()).integrations['Segment.io']).toMatchObject({ apiKey: key });
  expect((await fetch(`${server.url}/v1/projects/bw_no/settings`)).status).toBe(401);
});
