// Server-sent events and figures for monitoring, from the real server.
import { request as httpRequest } from 'node:http';
import { connect } from 'node:net';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';

let server: Server;
let admin: Client;
beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url);
});
afterAll(() => server.stop());

const port = () => Number(new URL(server.url).port);
const pause = (milliseconds: number) => new Promise((wait) => setTimeout(wait, milliseconds));

async function until<T>(look: () => T | undefined | false, seconds = 10): Promise<T> {
  for (let i = 0; i < seconds * 50; i += 1) {
    const found = look();
    if (found) return found;
    await pause(20);
  }
  throw new Error('it did not happen in time');
}

interface Listener {
  status: number;
  text: string;
  ended: boolean;
  close(): void;
}

function listen(cookie: string, topics: string): Promise<Listener> {
  return new Promise((done, failed) => {
    const sent = httpRequest(`${server.url}/api/live?topics=${topics}`, { headers: { cookie }, agent: false }, (answer) => {
      const listener: Listener = { status: answer.statusCode!, text: '', ended: false, close: () => sent.destroy() };
      answer.setEncoding('utf8').on('data', (piece: string) => (listener.text += piece));
      answer.on('close', () => (listener.ended = true));
      answer.on('error', () => (listener.ended = true));
      done(listener);
    });
    sent.on('error', failed);
    sent.end();
  });
}

// A change that makes a job, which topic "jobs" tells of.
async function makeJob(client: Client): Promise<number> {
  const answer = await client.post('/api/evaluation', { reason: 'test' });
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body.job_id ?? answer.body.id;
}

describe('live', () => {
  test('says what is wrong with the topics', async () => {
    expect((await admin.get('/api/live')).body.errors[0].field).toBe('topics');
    const unknown = await admin.get('/api/live?topics=book,weather');
    expect(unknown.status).toBe(400);
    expect(unknown.body.detail).toContain('"weather"');
    const reader = await signIn(admin, 'read_only');
    expect((await reader.get('/api/live?topics=intake')).status).toBe(403);
    expect((await new Client(server.url).get('/api/live?topics=book')).status).toBe(401);
  });

  test('tells of jobs as they go on', async () => {
    const listener = await listen(admin.cookie(), 'book,jobs,intake');
    expect(listener.status).toBe(200);
    await until(() => listener.text.includes('retry: '));
    const id = await makeJob(admin);
    await until(() => listener.text.includes('event: jobs\ndata: {"jobs":['));
    expect(listener.text).toContain(String(id));
    listener.close();
  });

  test('keeps 200 listeners and still answers pages', async () => {
    const sender = await signIn(admin, 'leader');
    const others = await Promise.all(Array.from({ length: 10 }, () => signIn(admin, 'read_only')));
    const listeners = await Promise.all(
      Array.from({ length: 200 }, (_, i) => listen(others[i % 10]!.cookie(), 'jobs')),
    );
    expect(listeners.map((each) => each.status)).toEqual(listeners.map(() => 200));
    // Each user may have twenty pages open, and no more.
    const refused = await listen(others[0]!.cookie(), 'jobs');
    expect(refused.status).toBe(429);
    const started = Date.now();
    for (let i = 0; i < 20; i += 1) expect((await admin.get('/api/session')).status).toBe(200);
    expect(Date.now() - started).toBeLessThan(5000);
    await makeJob(sender);
    await until(() => listeners.every((each) => each.text.includes('event: jobs')));
    for (const each of listeners) each.close();
  });

  test('lets go of a reader that never reads, and of one that logs out', async () => {
    const leaving = await signIn(admin, 'csm');
    const listener = await listen(leaving.cookie(), 'jobs');
    const idle = connect(port(), '127.0.0.1');
    idle.pause();
    idle.write(`GET /api/live?topics=jobs HTTP/1.1\r\nHost: x\r\nCookie: ${admin.cookie()}\r\n\r\n`);
    await leaving.delete('/api/session');
    await until(() => listener.ended, 20); // the next heartbeat
    expect((await admin.get('/api/session')).status).toBe(200);
    idle.destroy();
  }, 30_000);

  test('ends when the server stops', async () => {
    const other = await startServer();
    const user = await setUp(other.url);
    const ended = fetch(`${other.url}/api/live?topics=book`, { headers: { cookie: user.cookie() } }).then((answer) => answer.text());
    await pause(200);
    const started = Date.now();
    await other.stop();
    expect(await ended).toContain('retry: ');
    expect(Date.now() - started).toBeLessThan(5000);
  });
});

describe('figures', () => {
  test('are given to this machine, and not through a proxy', async () => {
    await admin.get('/api/session');
    const answer = await fetch(`${server.url}/metrics`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get('content-type')).toContain('text/plain; version=0.0.4');
    const text = await answer.text();
    expect(text).toMatch(/^banso_http_requests_total\{method="GET",route="\/api\/session",status="2xx"\} [1-9]/m);
    expect(text).toMatch(/^process_resident_memory_bytes [1-9]/m);
    expect(text).toMatch(/^banso_http_waiting_requests\{lane="intake"\} 0$/m);
    for (const name of ['X-Forwarded-For', 'Forwarded', 'X-Real-IP', 'Via']) {
      expect((await fetch(`${server.url}/metrics`, { headers: { [name]: '203.0.113.9' } })).status, name).toBe(403);
    }
  });

  test('are kept for those who have the token, where there is one', async () => {
    const guarded = await startServer({ args: ['--metrics-token', 'a long secret'] });
    const status = async (authorization?: string) =>
      (await fetch(`${guarded.url}/metrics`, { headers: authorization ? { authorization } : {} })).status;
    expect(await status()).toBe(401);
    expect(await status('Bearer a long secre')).toBe(401);
    expect(await status('Bearer a long secret!')).toBe(401);
    expect(await status('Basic a long secret')).toBe(401);
    expect(await status('Bearer a long secret')).toBe(200);
    await guarded.stop();
  });

  test('are text that Prometheus reads: each name explained once, before its values', async () => {
    const text = await (await fetch(`${server.url}/metrics`)).text();
    const explained = [...text.matchAll(/^# TYPE (\S+)/gm)].map((match) => match[1]);
    expect(new Set(explained).size).toBe(explained.length);
    for (const line of text.split('\n').filter((each) => each && !each.startsWith('#'))) {
      expect(line).toMatch(/^[a-z_]+(\{([a-z_]+="[^"]*",?)+\})? [-+0-9.eInfa]+$/);
    }
  });
});

describe('limits', () => {
  test('browsers of other sites read the errors of the intake', async () => {
    const refused = await fetch(`${server.url}/v1/track`, { method: 'POST', body: '{}', headers: { origin: 'https://example.com' } });
    expect(refused.status).toBeGreaterThanOrEqual(400);
    expect(refused.headers.get('access-control-allow-origin')).toBe('*');
    const large = await fetch(`${server.url}/v1/batch`, { method: 'POST', body: 'x'.repeat(600 * 1024) });
    expect(large.status).toBe(413);
    expect(large.headers.get('access-control-allow-origin')).toBe('*');
    const preflight = await fetch(`${server.url}/v1/batch`, { method: 'OPTIONS', headers: { origin: 'https://example.com' } });
    expect(preflight.status).toBe(204);
    expect(preflight.headers.get('access-control-allow-methods')).toContain('POST');
    const page = await fetch(`${server.url}/api/session`, { headers: { origin: 'https://example.com' } });
    expect(page.headers.get('access-control-allow-origin')).toBeNull();
  });
});
