// Files of past events, sent in pieces with a write key: resumed, stored once, whatever happens in between.
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { gzipSync, zstdCompressSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, root, type Server, startServer } from '../support/banso.ts';
import { Client, setUp } from '../support/client.ts';

type Json = Record<string, any>;

const pause = (milliseconds: number) => new Promise((wait) => setTimeout(wait, milliseconds));
const sha256 = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');

// An engineer's script: a write key, and nothing else.
class Sender {
  constructor(
    private readonly url: string,
    private readonly key: string,
  ) {}

  async call(method: string, path: string, body?: Uint8Array | Json) {
    const raw = body instanceof Uint8Array;
    const answer = await fetch(this.url + path, {
      method,
      headers: {
        authorization: `Basic ${Buffer.from(`${this.key}:`).toString('base64')}`,
        'content-type': raw ? 'application/octet-stream' : 'application/json',
      },
      body: body === undefined ? undefined : raw ? (body as BodyInit) : JSON.stringify(body),
    });
    const text = await answer.text();
    return { status: answer.status, headers: answer.headers, body: (text ? JSON.parse(text) : {}) as Json };
  }

  async send(key: string, file: Uint8Array, options: Json = {}, pieceBytes = 1 << 20): Promise<Json> {
    const begun = await this.call('POST', '/v1/uploads', { key, format: 'ndjson', ...options });
    expect(begun.status, JSON.stringify(begun.body)).toBe(201);
    for (let at = 0; at < file.length; at += pieceBytes) {
      const piece = await this.call('PUT', `/v1/uploads/${key}?offset=${at}`, file.subarray(at, at + pieceBytes));
      expect(piece.status, JSON.stringify(piece.body)).toBe(200);
    }
    const complete = await this.call('POST', `/v1/uploads/${key}/complete`, { bytes: file.length, sha256: sha256(file) });
    expect(complete.status, JSON.stringify(complete.body)).toBe(202);
    return this.ended(key);
  }

  async ended(key: string, seconds = 90): Promise<Json> {
    for (let i = 0; i < seconds * 10; i += 1) {
      const { body } = await this.call('GET', `/v1/uploads/${key}`);
      if (body.state === 'done' || body.state === 'failed') return body;
      await pause(100);
    }
    throw new Error(`the upload ${key} did not end`);
  }
}

let server: Server;
let admin: Client;
let sender: Sender;

async function makeSender(client: Client, url: string): Promise<{ sender: Sender; source: number; writeKey: string }> {
  const made = await client.post('/api/sources', { name: `File ${Math.random()}` });
  expect(made.status, made.text).toBe(201);
  return { sender: new Sender(url, made.body.write_key), source: made.body.id, writeKey: made.body.write_key };
}

async function eventsOf(client: Client, source: number): Promise<number> {
  const all = await client.get('/api/sources');
  return all.body.items.find((each: Json) => each.id === source).events;
}

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url);
  ({ sender } = await makeSender(admin, server.url));
});
afterAll(() => server.stop());

const now = Date.now();
const at = (daysAgo: number) => new Date(now - daysAgo * 86_400_000).toISOString();

function lines(count: number, from = 0, daysAgo = 30): Buffer {
  let text = '';
  for (let i = from; i < from + count; i += 1) {
    text += `${JSON.stringify({ type: 'track', event: `did_${i % 7}`, userId: `u${i % 100}`, timestamp: at(daysAgo), properties: { number: i, plan: 'pro' } })}\n`;
  }
  return Buffer.from(text);
}

const table = [
  'event,type,user_id,group_id,timestamp,message_id,email,name,properties.seats,properties.note',
  `opened,track,u1,acme,${at(20)},m-1,a@example.com,Aiko,12,"a ""quoted"", cell`,
  'over two lines"',
  `Pricing,page,u2,acme,2026-01-31 10:00:00,m-2,,,,0042`,
  `,identify,u3,,${at(20)},m-3,c@example.com,Chiyo,3,`,
  '',
].join('\n');

describe('every format and compression', () => {
  const packed: [string, (file: Buffer) => Uint8Array][] = [
    ['none', (file) => file],
    ['gzip', (file) => gzipSync(file)],
    ['zstd', (file) => zstdCompressSync(file)],
  ];
  test.each(packed)('NDJSON, %s', async (compression, pack) => {
    const { sender: own, source } = await makeSender(admin, server.url);
    const file = Buffer.concat([lines(6000), Buffer.from('\n  \n{"type":"group","userId":"u1","groupId":"g1","traits":{"name":"Acme"}}\nnot json\n{"type":"track","userId":"u1"}\n')]);
    const ended = await own.send(`lines-${compression}`, pack(file), { compression });
    expect(ended).toMatchObject({ state: 'done', rows_read: 6003, rows_accepted: 6001, rows_duplicate: 0, rows_refused: 2, progress: 1 });
    expect(ended.refused).toMatchObject([{ row: 6004 }, { row: 6005, field: 'event' }]);
    expect(await eventsOf(admin, source)).toBe(6001);
  });

  test.each(packed)('CSV, %s', async (compression, pack) => {
    const { sender: own, source } = await makeSender(admin, server.url);
    const ended = await own.send(`table-${compression}`, pack(Buffer.from(table)), { format: 'csv', compression });
    expect(ended, JSON.stringify(ended)).toMatchObject({ state: 'done', rows_read: 3, rows_accepted: 3, rows_refused: 0 });
    expect(await eventsOf(admin, source)).toBe(3);
    const waiting = (await admin.get('/api/unmatched-events?limit=1000')).body.items.filter((each: Json) => each.source_id === source);
    expect(waiting.map((each: Json) => each.group_key)).toContain('acme');
  });

  test('Parquet', async () => {
    const { sender: own, source } = await makeSender(admin, server.url);
    const ended = await own.send('table-parquet', parquet(`SELECT 'did' AS event, 'u' || (i % 50) AS "user", 'acme' AS group_id,
      TIMESTAMPTZ '2026-03-01 10:00:00+09' + INTERVAL (i) SECOND AS timestamp, i AS "properties.number", [i] AS "properties.list", 'x' AS internal
      FROM range(10000) AS t(i)`), { format: 'parquet', mapping: { user: 'user_id', internal: 'ignore' } });
    expect(ended, JSON.stringify(ended)).toMatchObject({ state: 'done', rows_read: 10_000, rows_accepted: 10_000 });
    expect(await eventsOf(admin, source)).toBe(10_000);
  });

  test('columns that mean nothing, or are missing, are named', async () => {
    const unknown = await sender.send('unknown-column', Buffer.from('event,user_id,colour\na,u1,red\n'), { format: 'csv' });
    expect(unknown).toMatchObject({ state: 'failed', rows_accepted: 0 });
    expect(unknown.message.en).toContain('"colour"');
    const missing = await sender.send('missing-column', Buffer.from('event,email\na,x@example.com\n'), { format: 'csv' });
    expect(missing.message.en).toContain('user_id');
    const uneven = await sender.send('uneven', Buffer.from('event,user_id\na,u1\na,u1,x\na,"u1\nb,u2\n'), { format: 'csv' });
    expect(uneven, JSON.stringify(uneven)).toMatchObject({ state: 'done', rows_accepted: 2, rows_refused: 2 });
  });

  test('history of ten years comes in, and no more', async () => {
    const file = Buffer.concat([lines(1, 0, 3000), lines(1, 0, 4000), lines(1, 0, -3)]);
    const ended = await sender.send('history', file);
    expect(ended).toMatchObject({ rows_accepted: 1, rows_refused: 2 });
    expect(ended.refused.map((each: Json) => each.field)).toEqual(['timestamp', 'timestamp']);
  });
});

// Written by the DuckDB that the server brings along, through its Node.js binding.
function parquet(select: string): Buffer {
  const file = join(mkdtempSync(join(tmpdir(), 'banso-parquet-')), 'rows.parquet');
  const script = `
    const duckdb = require(${JSON.stringify(join(root, 'tools/parts/node_modules/@duckdb/node-bindings-linux-x64/duckdb.node'))});
    (async () => {
      const database = await duckdb.open(':memory:');
      const connection = await duckdb.connect(database);
      await duckdb.query(connection, process.argv[1]);
    })().catch((error) => { console.error(error); process.exit(1); });`;
  const done = spawnSync(process.execPath, ['-e', script, `COPY (${select}) TO '${file}' (FORMAT parquet)`]);
  if (!existsSync(file)) throw new Error(`DuckDB wrote no file: ${done.stderr}`);
  return readFileSync(file);
}

describe('resuming', () => {
  test('goes on where it stopped, and says where that is', async () => {
    const file = lines(2000);
    const half = file.length >> 1;
    expect((await sender.call('POST', '/v1/uploads', { key: 'halves', format: 'ndjson' })).status).toBe(201);
    expect((await sender.call('PUT', '/v1/uploads/halves?offset=0', file.subarray(0, half))).body.received_bytes).toBe(half);
    const wrong = await sender.call('PUT', '/v1/uploads/halves?offset=0', file.subarray(0, half));
    expect(wrong.status).toBe(409);
    expect(wrong.headers.get('upload-offset')).toBe(String(half));
    const again = await sender.call('POST', '/v1/uploads', { key: 'halves', format: 'ndjson' });
    expect(again).toMatchObject({ status: 200, body: { received_bytes: half, state: 'receiving' } });
    expect((await sender.call('POST', '/v1/uploads', { key: 'halves', format: 'csv' })).status).toBe(409);
    expect((await sender.call('POST', '/v1/uploads/halves/complete', { bytes: file.length })).status).toBe(409);
    expect((await sender.call('PUT', `/v1/uploads/halves?offset=${half}`, file.subarray(half))).status).toBe(200);
    expect((await sender.call('POST', '/v1/uploads/halves/complete', {})).status).toBe(202);
    expect(await sender.ended('halves')).toMatchObject({ rows_accepted: 2000, rows_duplicate: 0 });
    expect((await sender.call('PUT', '/v1/uploads/halves?offset=0', file)).status).toBe(409);
    // Complete once more: the same answer, nothing twice.
    expect((await sender.call('POST', '/v1/uploads/halves/complete', {})).body).toMatchObject({ state: 'done', rows_accepted: 2000 });
  });

  test('counts a row with an id of its own once, whichever file it comes in', async () => {
    const { sender: own, source } = await makeSender(admin, server.url);
    const row = (i: number) => `{"type":"track","event":"e","userId":"u","messageId":"id-${i}","timestamp":"${at(3)}"}\n`;
    expect(await own.send('first', Buffer.from(row(1) + row(2)))).toMatchObject({ rows_accepted: 2, rows_duplicate: 0 });
    expect(await own.send('second', Buffer.from(row(2) + row(3) + row(3)))).toMatchObject({ rows_accepted: 1, rows_duplicate: 2 });
    expect(await eventsOf(admin, source)).toBe(3);
  });

  test('survives kill -9 at any moment: every row is there, once, and the figures say so', async () => {
    const data = freshFolder();
    let victim = await startServer({ data });
    const client = await setUp(victim.url);
    const { source, writeKey } = await makeSender(client, victim.url);
    let own = new Sender(victim.url, writeKey);
    const rows = 120_000;
    const file = gzipSync(lines(rows));
    await own.call('POST', '/v1/uploads', { key: 'big', format: 'ndjson', compression: 'gzip' });
    // Killed while it is sent ...
    await own.call('PUT', '/v1/uploads/big?offset=0', file.subarray(0, 200_000));
    await victim.kill();
    victim = await startServer({ data });
    own = new Sender(victim.url, writeKey);
    const received = (await own.call('GET', '/v1/uploads/big')).body.received_bytes;
    expect(received).toBe(Math.min(200_000, file.length));
    await own.call('PUT', `/v1/uploads/big?offset=${received}`, file.subarray(received));
    expect((await own.call('POST', '/v1/uploads/big/complete', { bytes: file.length, sha256: sha256(file) })).status).toBe(202);
    // ... and while it is read, again and again.
    let killed = 0;
    for (let round = 0; round < 4; round += 1) {
      await pause(250 + round * 200);
      const { body } = await own.call('GET', '/v1/uploads/big');
      if (body.state !== 'processing') break;
      await victim.kill();
      killed += 1;
      victim = await startServer({ data });
      own = new Sender(victim.url, writeKey);
    }
    expect(killed).toBeGreaterThan(0);
    const ended = await own.ended('big');
    expect(ended, JSON.stringify(ended)).toMatchObject({ state: 'done', rows_read: rows, rows_accepted: rows, rows_duplicate: 0, rows_refused: 0 });
    const again = new Client(victim.url);
    await again.post('/api/session', { email: 'admin@example.com', password: 'correct horse battery' });
    expect(await eventsOf(again, source)).toBe(rows);
    await victim.stop();
  }, 180_000);
});

describe('hostile files', () => {
  test('a file that was cut off or damaged stores what could be read, and says what is wrong', async () => {
    const packed = gzipSync(lines(20_000));
    const cut = await sender.send('cut', packed.subarray(0, packed.length - 100), { compression: 'gzip' });
    expect(cut.state).toBe('failed');
    expect(cut.message.en).toMatch(/damaged or cut off/);
    expect(cut.rows_accepted).toBeGreaterThan(0);
    // The sender mends it under the same key: what is there already counts once.
    const { sender: own, source } = await makeSender(admin, server.url);
    await own.send('mended', packed.subarray(0, packed.length - 100), { compression: 'gzip' });
    const mended = await own.send('mended', packed, { compression: 'gzip' });
    expect(mended.rows_accepted + mended.rows_duplicate).toBe(20_000);
    expect(await eventsOf(admin, source)).toBe(20_000);
    const lying = await sender.send('lying', lines(10), { compression: 'zstd' });
    expect(lying.message.en).toContain('compression');
    const noParquet = await sender.send('no-parquet', lines(10), { format: 'parquet' });
    expect(noParquet.message.en).toContain('Parquet');
    expect(noParquet.message.en).not.toContain(server.data);
  });

  test('a line of 10 MB costs one row', async () => {
    const long = Buffer.from(`{"type":"track","event":"e","userId":"u","properties":{"x":"${'x'.repeat(10 << 20)}"}}\n`);
    const ended = await sender.send('long', Buffer.concat([lines(5), long, lines(5, 5)]));
    expect(ended).toMatchObject({ state: 'done', rows_accepted: 10, rows_refused: 1 });
    expect(ended.refused[0]).toMatchObject({ row: 6 });
  });

  test('a zip bomb is stopped, and memory stays bounded', async () => {
    const zeros = Buffer.alloc(64 << 20, '0');
    const bomb = gzipSync(Buffer.concat(Array.from({ length: 8 }, () => zeros)));
    const ended = await sender.send('bomb', bomb, { compression: 'gzip' });
    expect(ended.state).toBe('failed');
    expect(ended.message.en).toContain('400 times');
    const text = await (await fetch(`${server.url}/metrics`)).text();
    expect(Number(/^process_resident_memory_bytes (\S+)/m.exec(text)![1])).toBeLessThan(1 << 30);
  });

  test('a wrong checksum stores nothing', async () => {
    await sender.call('POST', '/v1/uploads', { key: 'checksum', format: 'ndjson' });
    await sender.call('PUT', '/v1/uploads/checksum?offset=0', lines(10));
    await sender.call('POST', '/v1/uploads/checksum/complete', { sha256: '0'.repeat(64) });
    expect(await sender.ended('checksum')).toMatchObject({ state: 'failed', rows_accepted: 0 });
  });

  test('only a source may send, and only to its own uploads', async () => {
    const nobody = new Sender(server.url, 'bw_wrong');
    expect((await nobody.call('POST', '/v1/uploads', { key: 'x', format: 'ndjson' })).status).toBe(401);
    expect((await nobody.call('PUT', '/v1/uploads/x?offset=0', Buffer.alloc(16 << 20))).status).toBe(401);
    const { sender: other } = await makeSender(admin, server.url);
    expect((await other.call('GET', '/v1/uploads/halves')).status).toBe(404);
    const large = await sender.call('PUT', '/v1/uploads/halves?offset=0', Buffer.alloc((16 << 20) + 1)).catch(() => ({ status: 413 }));
    expect(large.status).toBe(413);
    for (const body of [{}, { key: '../x', format: 'ndjson' }, { key: 'k', format: 'xml' }, { key: 'k', format: 'parquet', compression: 'gzip' }]) {
      expect((await sender.call('POST', '/v1/uploads', body)).status, JSON.stringify(body)).toBe(400);
    }
  });
});
