// How the intake shows: counters per source, the latest events, silence, and how features are used.
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';

let server: Server;
let admin: Client;
let key: string;
let source: number;
let acme: number;

async function send(calls: object[]): Promise<number> {
  const response = await fetch(`${server.url}/v1/batch`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${key}:`).toString('base64')}` },
    body: JSON.stringify({ batch: calls }),
  });
  return response.status;
}

async function eventually<T>(read: () => Promise<T>, holds: (value: T) => boolean): Promise<T> {
  for (let attempt = 0; ; attempt += 1) {
    const value = await read();
    if (holds(value) || attempt === 100) return value;
    await new Promise((wait) => setTimeout(wait, 100));
  }
}

const call = (event: string, userId: string, messageId: string, properties: object = {}, timestamp?: string) => ({
  type: 'track',
  event,
  userId,
  messageId,
  properties,
  context: { groupId: 'acme' },
  ...(timestamp && { timestamp }),
});

const standing = async () => (await admin.get('/api/intake')).body.sources.find(({ id }: { id: number }) => id === source);

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'UTC' });
  acme = (await admin.post('/api/accounts', { external_id: 'acme', name: 'Acme' })).body.id;
  const made = await admin.post('/api/sources', { name: 'Product' });
  ({ write_key: key, id: source } = made.body);
  expect(made.body.silent_after_minutes).toBeNull();
});
afterAll(() => server.stop());

test('counts what came in, per source and minute', async () => {
  const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000).toISOString();
  await send([
    call('exported', 'u-1', 'm-1', { rows: 12, format: 'csv', email: 'taro@acme.example' }),
    call('exported', 'u-2', 'm-2', { rows: 'many' }),
    call('printed', 'u-1', 'm-3', {}, twoDaysAgo),
    { type: 'track', userId: 'u-1' },
  ]);
  await send([call('exported', 'u-1', 'm-1')]);
  const found = await eventually(standing, ({ accepted, duplicates }) => accepted === 3 && duplicates === 1);
  expect(found).toMatchObject({ accepted: 3, duplicates: 1, late: 1, refused: 1, silent: false, silent_since: null });
  expect(found.minutes).toHaveLength(60);
  const sum = (name: string) =>
    found.minutes.reduce((total: number, minute: Record<string, number>) => total + minute[name], 0);
  expect(sum('accepted')).toBe(3);
  expect(sum('refused')).toBe(1);
  expect(found.last_received_at).not.toBeNull();
  const before = (await admin.get('/api/intake')).body.unknown_key_refusals;
  const unknown = await fetch(`${server.url}/v1/track`, { method: 'POST', body: '{"writeKey":"bw_no","userId":"a","event":"x"}' });
  expect(unknown.status).toBe(401);
  expect((await admin.get('/api/intake')).body.unknown_key_refusals).toBe(before + 1);
});

test('shows the latest events with their account', async () => {
  const { items } = (await admin.get(`/api/intake/latest?source_id=${source}&limit=2`)).body;
  expect(items).toHaveLength(2);
  expect(items[0]).toMatchObject({
    source: 'Product',
    event: 'printed',
    account_id: acme,
    account_name: 'Acme',
    matched_by: 'group_id',
    message_id: 'm-3',
  });
  expect((await admin.get('/api/intake/latest?source_id=1')).body.items).toEqual([]);
});

test('discovers properties, and how a feature is used', async () => {
  const features = await eventually(
    async () => (await admin.get('/api/features')).body.items,
    (items) => items.length === 2,
  );
  const exported = features.find((feature: { key: string }) => feature.key === 'exported');
  const properties = (await admin.get(`/api/features/${exported.id}/properties`)).body;
  expect(properties).toMatchObject({ observed_events: 2, is_estimated: false, more: 0 });
  expect(properties.items[0]).toMatchObject({ name: 'rows', type: 'mixed', events: 2, examples: ['12', 'many'] });
  expect(properties.items.find(({ name }: { name: string }) => name === 'email').examples).toEqual([]);

  const usage = await eventually(
    async () => (await admin.get(`/api/features/${exported.id}/usage`)).body,
    ({ accounts }) => accounts.length > 0,
  );
  expect(usage.days).toHaveLength(90);
  expect(usage.events.at(-1)).toBe(2);
  expect(usage.users.at(-1)).toBe(2);
  expect(usage.accounts).toEqual([{ id: acme, name: 'Acme', events: 2, users: 2 }]);
  expect((await admin.get(`/api/features/${exported.id}/usage?from=2020-01-01&to=2026-01-01`)).status).toBe(400);
  expect((await admin.get('/api/features/4711/usage')).status).toBe(404);

  const printed = features.find((feature: { key: string }) => feature.key === 'printed');
  const grouped = await admin.patch(`/api/features/${exported.id}`, { types: printed.types });
  expect(grouped.body.types).toHaveLength(2);
  const both = (await admin.get(`/api/features/${exported.id}/usage`)).body;
  expect(both.accounts).toEqual([{ id: acme, name: 'Acme', events: 3, users: 2 }]);
  const apart = await admin.patch(`/api/features/${exported.id}`, { separated_types: printed.types });
  expect(apart.body.types).toHaveLength(1);
  const again = (await admin.get('/api/features')).body.items;
  expect(again.find((feature: { id: number }) => feature.id === printed.id).types).toEqual(printed.types);
  expect((await admin.patch(`/api/features/${exported.id}`, { separated_types: exported.types })).status).toBe(400);
});

test('a source that sends more than it may is asked to come again later', async () => {
  const made = (await admin.post('/api/sources', { name: 'Runs wild' })).body;
  const send = (events: number) =>
    fetch(`${server.url}/v1/batch`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Basic ${Buffer.from(`${made.write_key}:`).toString('base64')}` },
      body: JSON.stringify({ batch: Array.from({ length: events }, () => ({ type: 'track', userId: 'u', event: 'Ran wild' })) }),
    });
  expect((await admin.patch(`/api/sources/${made.id}`, { most_events_per_second: 0 })).status).toBe(400);
  expect((await admin.patch(`/api/sources/${made.id}`, { most_events_per_second: 2 })).body.most_events_per_second).toBe(2);
  expect((await send(100)).status).toBe(200);
  const refused = await send(1);
  expect(refused.status).toBe(429);
  expect(Number(refused.headers.get('retry-after'))).toBeGreaterThan(0);
  expect((await admin.patch(`/api/sources/${made.id}`, { most_events_per_second: null })).body.most_events_per_second).toBeNull();
  expect((await send(1)).status).toBe(200);
});

test('a silence threshold can be set, and taken back', async () => {
  const set = await admin.patch(`/api/sources/${source}`, { silent_after_minutes: 30 });
  expect(set.body.silent_after_minutes).toBe(30);
  expect(await standing()).toMatchObject({ silent_after_minutes: 30, expected_gap_minutes: 30, silent: false });
  expect((await admin.patch(`/api/sources/${source}`, { silent_after_minutes: -1 })).status).toBe(400);
  expect((await admin.patch(`/api/sources/${source}`, { name: 'Product' })).body.silent_after_minutes).toBe(30);
  expect((await admin.patch(`/api/sources/${source}`, { silent_after_minutes: null })).body.silent_after_minutes).toBeNull();
  expect(await standing()).toMatchObject({ silent_after_minutes: null, expected_gap_minutes: null });
});
