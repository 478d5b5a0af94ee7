// What Segment documents of its HTTP tracking API, sentence by sentence, without a client library in between.
import { gzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';
import { allEvents, type Call, eventsTotal, eventually, newAccount, type Reply, Source } from '../support/intake.ts';

let server: Server;
let admin: Client;
let source: Source;
let account: number;

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'UTC' });
  source = await Source.make(server, admin, 'Product');
  account = await newAccount(admin, 'acme');
});
afterAll(() => server.stop());

const minute_ms = 60_000;
const day_ms = 86_400_000;
const now = () => Date.now();
const iso = (time_ms: number) => new Date(time_ms).toISOString();
const kb = 1024;

let made = 0;
const track = (more: Partial<Call> = {}): Call => ({
  userId: 'u-1',
  event: 'Clicked',
  messageId: `api-${(made += 1)}`,
  context: { groupId: 'acme' },
  ...more,
});

// The row that a call became; undefined where none came within the time.
async function rowOf(call: Call, wait_s = 10): Promise<any> {
  const mark = call.event!;
  return eventually(
    async () => (await allEvents(admin, account)).find((row) => row.event === mark),
    (row) => row !== undefined,
    wait_s,
  );
}

const refusedFields = (reply: Reply): string[] =>
  [...(reply.body.errors ?? []), ...(reply.body.rejected ?? [])].map((item: { field: string }) => item.field);

describe('a key', () => {
  const without = { authorization: '' };
  test.each<[string, (key: string) => { headers: Record<string, string>; body: object }, number]>([
    ['as the user of basic authentication', (key) => ({ headers: { authorization: `Basic ${btoa(`${key}:`)}` }, body: {} }), 200],
    ['without the colon, as old clients send it', (key) => ({ headers: { authorization: `Basic ${btoa(key)}` }, body: {} }), 200],
    ['as writeKey in the body', (key) => ({ headers: without, body: { writeKey: key } }), 200],
    ['in both places', (key) => ({ headers: { authorization: `Basic ${btoa(`${key}:`)}` }, body: { writeKey: key } }), 200],
    ['that nobody has', () => ({ headers: without, body: { writeKey: 'nobody-has-this' } }), 401],
    ['that is missing', () => ({ headers: without, body: {} }), 401],
    ['that is no base64', () => ({ headers: { authorization: 'Basic %%%' }, body: {} }), 401],
  ])('%s', async (_name, make, status) => {
    const { headers, body } = make(source.key);
    const reply = await source.send('/v1/track', { ...track(), ...body }, headers);
    expect(reply.status, JSON.stringify(reply.body)).toBe(status);
  });

  test('of a batch may be in its body', async () => {
    expect((await source.send('/v1/batch', { batch: [{ type: 'track', ...track() }], writeKey: source.key }, without)).status).toBe(200);
  });

  test('of a source that was switched off is refused, and works again when it is on', async () => {
    const other = await Source.make(server, admin, 'Off and on');
    await admin.patch(`/api/sources/${other.id}`, { disabled: true });
    expect((await other.send('/v1/track', track())).status).toBe(403);
    await admin.patch(`/api/sources/${other.id}`, { disabled: false });
    expect((await other.send('/v1/track', track())).status).toBe(200);
  });
});

describe('the body', () => {
  test.each<[string, string | Uint8Array, Record<string, string>, number]>([
    ['as the client with text/plain sends it', JSON.stringify(track()), { 'content-type': 'text/plain' }, 200],
    ['packed with gzip', gzipSync(JSON.stringify(track())), { 'content-encoding': 'gzip' }, 200],
    ['damaged gzip', gzipSync(JSON.stringify(track())).subarray(0, 40), { 'content-encoding': 'gzip' }, 400],
    ['a packing nobody documented', JSON.stringify(track()), { 'content-encoding': 'br' }, 400],
    ['no JSON', '{"userId": ', {}, 400],
    ['a list instead of an object', '[]', {}, 400],
    ['empty', '', {}, 400],
    ['of bytes that are not UTF-8', new Uint8Array([0x7b, 0x22, 0x82, 0xa0, 0x22, 0x3a, 0x31, 0x7d]), {}, 400],
  ])('%s', async (_name, body, headers, status) => {
    const reply = await source.send('/v1/track', body, headers);
    expect(reply.status, JSON.stringify(reply.body)).toBe(status);
    if (status === 400) expect(reply.body.detail).toBeTruthy();
  });

  test('that says nothing wrong is answered as Segment does', async () => {
    expect((await source.send('/v1/track', track())).body).toEqual({ success: true, accepted: 1, rejected: [] });
  });
});

describe('sizes', () => {
  const padded = (bytes: number) => {
    const call = track({ properties: { text: '' } });
    return { ...call, properties: { text: 'x'.repeat(bytes - JSON.stringify(call).length) } };
  };
  const batchOf = (items: number, bytesEach: number) => ({ batch: Array.from({ length: items }, () => ({ type: 'track', ...padded(bytesEach - 16) })) });

  test('a call of 32 KB is taken, one byte more is not', async () => {
    expect(JSON.stringify(padded(32 * kb)).length).toBe(32 * kb);
    expect((await source.send('/v1/track', padded(32 * kb))).status).toBe(200);
    const refused = await source.send('/v1/track', padded(32 * kb + 1));
    expect(refused.status).toBe(413);
    expect(refused.body.detail).toContain('32 KB');
  });

  test('a batch of 500 KB is taken, a larger one is not, packed or plain', async () => {
    expect((await source.send('/v1/batch', batchOf(16, 31 * kb))).status).toBe(200);
    const refused = await source.send('/v1/batch', batchOf(17, 31 * kb));
    expect(refused.status).toBe(413);
    expect(refused.body.detail).toContain('500 KB');
    const packed = await source.send('/v1/batch', gzipSync(JSON.stringify(batchOf(17, 31 * kb))), { 'content-encoding': 'gzip' });
    expect([400, 413]).toContain(packed.status);
  });

  test('a call of a batch that is larger than 32 KB is refused alone', async () => {
    const good = track({ event: 'Beside a large one' });
    const reply = await source.batch([{ type: 'track', ...padded(33 * kb) }, { type: 'track', ...good }]);
    expect(reply.status).toBe(200);
    expect(refusedFields(reply)).toEqual(['batch[0]']);
    expect(await rowOf(good)).toBeDefined();
  });

  test('gigabytes packed into a small body are not opened', async () => {
    const bomb = gzipSync(Buffer.alloc(64 << 20));
    expect([400, 413]).toContain((await source.send('/v1/batch', bomb, { 'content-encoding': 'gzip' })).status);
  });
});

describe('messageId', () => {
  test('counts once a source, however it is repeated', async () => {
    const other = await Source.make(server, admin, 'Repeats');
    const call = track({ event: 'Repeated', messageId: 'the-same' });
    await other.send('/v1/track', call);
    await other.send('/v1/track', { ...call, userId: 'u-2' });
    await other.batch([{ type: 'track', ...call }, { type: 'track', ...call }]);
    await source.send('/v1/track', call); // of another source: another message
    const last = track({ event: 'After the repeats' });
    await other.send('/v1/track', last);
    expect(await rowOf(last)).toBeDefined();
    expect((await allEvents(admin, account)).filter((row) => row.event === 'Repeated')).toHaveLength(2);
  });

  test('that is missing makes every call one of its own', async () => {
    const call = track({ event: 'Without an id', messageId: undefined });
    await source.send('/v1/track', call);
    await source.batch([{ type: 'track', ...call }, { type: 'track', ...call }]);
    const found = await eventually(
      async () => (await allEvents(admin, account)).filter((row) => row.event === call.event),
      (rows) => rows.length >= 3,
    );
    expect(found).toHaveLength(3);
  });
});

describe('times', () => {
  // timestamp, sentAt and how long ago that was.
  test.each<[string, () => { timestamp?: string; sentAt?: string }, number]>([
    ['no timestamp: when it came', () => ({}), 0],
    ['a timestamp alone is believed', () => ({ timestamp: iso(now() - 3 * day_ms) }), 3 * day_ms],
    ['both right: when it was', () => ({ timestamp: iso(now() - 90 * minute_ms), sentAt: iso(now()) }), 90 * minute_ms],
    ['a clock two hours slow', () => ({ timestamp: iso(now() - 125 * minute_ms), sentAt: iso(now() - 120 * minute_ms) }), 5 * minute_ms],
    ['a clock ten years fast', () => ({ timestamp: iso(now() + 3650 * day_ms - 7 * minute_ms), sentAt: iso(now() + 3650 * day_ms) }), 7 * minute_ms],
    ['a clock of 1970', () => ({ timestamp: iso(10 * minute_ms), sentAt: iso(15 * minute_ms) }), 5 * minute_ms],
    ['an offset instead of Z', () => ({ timestamp: iso(now() - 2 * day_ms + 9 * 60 * minute_ms).replace('Z', '+09:00') }), 2 * day_ms],
    ['399 days ago', () => ({ timestamp: iso(now() - 399 * day_ms) }), 399 * day_ms],
  ])('%s', async (name, times, ago_ms) => {
    const call = track({ event: `At ${name}`, ...times() });
    const reply = await source.send('/v1/track', call);
    expect(reply.status, JSON.stringify(reply.body)).toBe(200);
    const row = await rowOf(call);
    expect(Math.abs(now() - ago_ms - Date.parse(row.at)), row.at).toBeLessThan(15_000);
  });

  test('sentAt of a batch corrects all its calls', async () => {
    const call = track({ event: 'In a batch of a slow clock', timestamp: iso(now() - 65 * minute_ms) });
    await source.batch([{ type: 'track', ...call }], { sentAt: iso(now() - 60 * minute_ms) });
    const row = await rowOf(call);
    expect(Math.abs(now() - 5 * minute_ms - Date.parse(row.at))).toBeLessThan(15_000);
  });

  test.each<[string, string]>([
    ['more than 400 days ago', iso(now() - 401 * day_ms)],
    ['more than a day in the future', iso(now() + 2 * day_ms)],
    ['no time at all', 'yesterday'],
  ])('%s is refused with the reason', async (_name, timestamp) => {
    const alone = await source.send('/v1/track', track({ timestamp }));
    expect(alone.status).toBe(400);
    expect(refusedFields(alone)).toEqual(['timestamp']);
    const beside = await source.batch([{ type: 'track', ...track() }, { type: 'track', ...track({ timestamp }) }]);
    expect(beside.status).toBe(200);
    expect(refusedFields(beside)).toEqual(['batch[1].timestamp']);
    expect(beside.body.rejected[0].message).toBeTruthy();
  });
});

describe('what a call must have', () => {
  test.each<[string, string, Call, string]>([
    ['track needs a name', '/v1/track', { userId: 'u' }, 'event'],
    ['track needs a person', '/v1/track', { event: 'x' }, 'userId'],
    ['page needs a person', '/v1/page', { name: 'Home' }, 'userId'],
    ['screen needs a person', '/v1/screen', { name: 'Home' }, 'userId'],
    ['identify needs a person', '/v1/identify', { traits: {} }, 'userId'],
    ['group needs a group', '/v1/group', { userId: 'u' }, 'groupId'],
    ['alias needs whom it was', '/v1/alias', { userId: 'u' }, 'previousId'],
    ['alias needs whom it is', '/v1/alias', { previousId: 'u' }, 'userId'],
    ['properties are an object', '/v1/track', { userId: 'u', event: 'x', properties: [1] }, 'properties'],
    ['ids are texts', '/v1/track', { userId: { id: 1 } as never, event: 'x' }, 'userId'],
    ['ids are short', '/v1/track', { userId: 'u'.repeat(256), event: 'x' }, 'userId'],
  ])('%s', async (_name, path, call, field) => {
    const alone = await source.send(path, call);
    expect(alone.status).toBe(400);
    expect(refusedFields(alone)).toContain(field);
    const batched = await source.batch([{ type: 'track', ...track() }, { ...call, type: path.slice('/v1/'.length) }]);
    expect(batched.status).toBe(200);
    expect(refusedFields(batched)).toContain(`batch[1].${field}`);
  });

  test('reasons come in the language that was asked for', async () => {
    const japanese = await source.send('/v1/track', { userId: 'u' }, { 'accept-language': 'ja' });
    expect(japanese.body.errors[0].message).toBe('この項目は必須です。');
  });

  test('a batch says for each call which it is; one that knows none is refused whole', async () => {
    expect(refusedFields(await source.batch([{ type: 'track', ...track() }, { ...track(), type: 'wave' }, track()]))).toEqual(['batch[1].type', 'batch[2].type']);
    expect((await source.batch([{ type: 'wave' }])).status).toBe(400);
    expect((await source.send('/v1/batch', { batch: 'calls' })).status).toBe(400);
    expect((await source.batch([])).status).toBe(200);
  });
});

describe('who it was', () => {
  test('a user id that is a number is that number', async () => {
    const call = track({ event: 'By a number', userId: 1234 as never });
    await source.send('/v1/track', call);
    expect(await rowOf(call)).toMatchObject({ user_key: '1234' });
  });

  test('a visitor is known by the anonymousId, and by the userId from the login on', async () => {
    const before = track({ event: 'As a visitor', userId: undefined, anonymousId: 'cookie-7' });
    await source.send('/v1/page', { anonymousId: 'cookie-7', name: 'As a visitor', context: { groupId: 'acme' } });
    expect(await rowOf(before)).toMatchObject({ user_key: 'anonymous:cookie-7' });
    await source.send('/v1/identify', { anonymousId: 'cookie-7', userId: 'u-7', context: { groupId: 'acme' } });
    const tied = await eventually(() => rowOf(before), (row) => row.user_key === 'u-7');
    expect(tied.user_key).toBe('u-7');
  });

  test('an alias makes two names one person', async () => {
    const call = track({ event: 'By the old name', userId: 'old-name' });
    await source.send('/v1/track', call);
    expect(await rowOf(call)).toBeDefined();
    await source.send('/v1/alias', { previousId: 'old-name', userId: 'new-name' });
    expect((await eventually(() => rowOf(call), (row) => row.user_key === 'new-name')).user_key).toBe('new-name');
  });

  test.each<[string, (call: Call) => Promise<unknown>]>([
    ['context.groupId of the call', (call) => source.send('/v1/track', call)],
    ['context of the batch', (call) => source.batch([{ type: 'track', ...call, context: undefined }], { context: { groupId: 'acme' } })],
    ['context of the call before that of the batch', (call) => source.batch([{ type: 'track', ...call }], { context: { groupId: 'elsewhere' } })],
  ])('the account is named by the %s', async (name, send) => {
    const call = track({ event: `Named by ${name}` });
    await send(call);
    expect(await rowOf(call)).toBeDefined();
  });

  test('integrations and fields that nobody documented change nothing', async () => {
    const call = track({ event: 'With integrations', integrations: { All: false, Mixpanel: true }, channel: 'server', version: 2, _metadata: { bundled: [] } });
    expect((await source.send('/v1/track', call)).body).toEqual({ success: true, accepted: 1, rejected: [] });
    expect(await rowOf(call)).toMatchObject({ properties: {} });
  });

  test('a page is called by its name, else by its category', async () => {
    await source.send('/v1/page', { userId: 'u-1', category: 'Documentation', context: { groupId: 'acme' } });
    expect(await rowOf({ event: 'Documentation' })).toMatchObject({ kind: 'page' });
  });
});

describe('browsers', () => {
  // The last two are those that Segment's client for browsers adds when it packs and when it tries again.
  const asked = ['authorization', 'content-type', 'content-encoding', 'x-retry-count'];
  const asks = (path: string, headers: string) =>
    fetch(server.url + path, {
      method: 'OPTIONS',
      headers: { origin: 'https://product.example', 'access-control-request-method': 'POST', 'access-control-request-headers': headers },
    });

  const words = ['track', 'page', 'screen', 'identify', 'group', 'alias', 'batch', 'import', 't', 'p', 's', 'i', 'g', 'a', 'b'];
  test.each(words.map((word) => `/v1/${word}`))('may call %s from any origin', async (path) => {
    const answer = await asks(path, asked.join(','));
    expect([200, 204]).toContain(answer.status);
    expect(answer.headers.get('access-control-allow-origin')).toBe('*');
    expect(answer.headers.get('access-control-allow-methods')).toContain('POST');
    const allowed = (answer.headers.get('access-control-allow-headers') ?? '').toLowerCase();
    for (const header of asked) expect(allowed).toContain(header);
  });

  test('may read refusals too', async () => {
    const refused = await source.send('/v1/track', {}, { origin: 'https://product.example' });
    expect(refused.status).toBe(400);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
  });

  test('may not call the rest of the API from elsewhere', async () => {
    expect((await asks('/api/book', 'content-type')).headers.get('access-control-allow-origin')).toBeNull();
  });
});

test('nothing of all this was stored twice', async () => {
  const rows = await allEvents(admin, account);
  expect(rows.length).toBe(await eventsTotal(admin, account));
});
