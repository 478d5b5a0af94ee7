// The primary starts PostgreSQL and one worker per core; each worker serves with connections of its own.
import cluster from 'node:cluster';
import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import Fastify from 'fastify';
import pg from 'pg';
import { columnsOf } from './batch.mjs';
import { startPostgres } from './postgres.mjs';

const connectionsInAll = 8;
const longestBatch_bytes = 500 * 1024;

const table = `
  CREATE TABLE IF NOT EXISTS event (
    event_no BIGINT GENERATED ALWAYS AS IDENTITY,
    source_id BIGINT NOT NULL,
    message_id TEXT NOT NULL,
    occurred_at TIMESTAMPTZ NOT NULL,
    received_at TIMESTAMPTZ NOT NULL,
    group_key TEXT NOT NULL,
    user_id TEXT NOT NULL,
    anonymous_id TEXT NOT NULL,
    kind SMALLINT NOT NULL,
    name TEXT NOT NULL,
    properties TEXT NOT NULL,
    UNIQUE (source_id, message_id)
  )`;

const insert = {
  name: 'insert-batch',
  text: `
    INSERT INTO event (source_id, message_id, occurred_at, received_at, group_key, user_id, anonymous_id, kind, name, properties)
    SELECT $1, message_id, to_timestamp(occurred_ms / 1000.0), to_timestamp($2::float8 / 1000.0), group_key, user_id, anonymous_id, kind, name, properties
    FROM unnest($3::text[], $4::float8[], $5::text[], $6::text[], $7::text[], $8::smallint[], $9::text[], $10::text[])
      AS batch (message_id, occurred_ms, group_key, user_id, anonymous_id, kind, name, properties)
    ON CONFLICT (source_id, message_id) DO NOTHING`,
};

async function serve({ connection, workers, writeKey }) {
  const pool = new pg.Pool({ ...connection, max: Math.max(1, Math.ceil(connectionsInAll / workers)) });
  const sources = new Map([[`Basic ${Buffer.from(`${writeKey}:`).toString('base64')}`, 1]]);
  const app = Fastify({ bodyLimit: longestBatch_bytes, keepAliveTimeout: 60_000 });

  app.post('/v1/batch', async (request, reply) => {
    const source = sources.get(request.headers.authorization);
    if (source === undefined) return reply.code(401).send({ success: false });
    if (!Array.isArray(request.body?.batch)) return reply.code(400).send({ success: false, field: 'batch' });
    const receivedAt = Date.now();
    const { columns, rejected } = columnsOf(request.body, receivedAt);
    if (columns[0].length > 0) await pool.query({ ...insert, values: [source, receivedAt, ...columns] });
    return rejected.length === 0 ? { success: true } : { success: true, rejected };
  });
  app.get('/count', async () => ({ events: Number((await pool.query('SELECT count(*) FROM event')).rows[0].count) }));

  await app.listen({ host: '127.0.0.1', port: 0 });
  process.send({ port: app.server.address().port });
}

async function lead() {
  const { values } = parseArgs({ options: { folder: { type: 'string' }, 'write-key': { type: 'string', default: 'bench' }, workers: { type: 'string' } } });
  const postgres = await startPostgres(values.folder);
  const client = new pg.Client(postgres.connection);
  await client.connect();
  await client.query(table);
  await client.end();
  const workers = Number(values.workers ?? availableParallelism());
  const forked = Array.from({ length: workers }, () => cluster.fork());
  const stop = () => {
    for (const worker of forked) worker.kill();
    postgres.stop();
    process.exit(0);
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
  const ports = await Promise.all(
    forked.map(
      (worker) =>
        new Promise((told) => {
          worker.once('message', ({ port }) => told(port));
          worker.send({ connection: postgres.connection, workers, writeKey: values['write-key'] });
        }),
    ),
  );
  console.log(`listening on http://localhost:${ports[0]} `);
}

if (cluster.isPrimary) await lead();
else process.once('message', (settings) => serve(settings));
