import { afterAll, beforeAll, expect, test } from 'vitest';
import { run, type Server, startServer } from '../support/banso.ts';
import { Client, password, setUp, signIn } from '../support/client.ts';

let server: Server;
let admin: Client;

beforeAll(async () => {
  server = await startServer();
});
afterAll(() => server.stop());

test('a fresh installation asks to be set up, once', async () => {
  const visitor = new Client(server.url);
  expect((await visitor.get('/api/session')).body.state).toBe('setup_needed');
  const wrong = await visitor.post('/api/setup', { workspace_name: 'X', name: '', email: 'nobody', password: 'short' });
  expect(wrong.status).toBe(400);
  admin = await setUp(server.url);
  expect((await admin.get('/api/session')).body).toMatchObject({ state: 'signed_in', user: { role: 'admin' } });
  expect((await visitor.get('/api/session')).body.state).toBe('signed_out');
  const again = { workspace_name: 'X', name: 'Eve', email: 'eve@example.com', password };
  expect((await visitor.post('/api/setup', again)).status).toBe(409);
});

test('a change without the forgery token is refused', async () => {
  const answer = await admin.request('PATCH', '/api/workspace', { name: 'Evil' }, { 'x-csrf-token': 'guessed' });
  expect(answer.status).toBe(403);
  expect((await admin.get('/api/workspace')).body.name).toBe('Test');
});

test('log-in with a form of another site is refused', async () => {
  const visitor = new Client(server.url);
  const answer = await visitor.request('POST', '/api/session', `email=admin@example.com&password=${password}`, {
    'content-type': 'application/x-www-form-urlencoded',
  });
  expect(answer.status).toBe(400);
});

test('guessing is slowed down with a sentence in the language asked for', async () => {
  const guesser = new Client(server.url, 'ja');
  const statuses = [];
  for (let i = 0; i < 6; i += 1) {
    const answer = await guesser.post('/api/session', { email: 'victim@example.com', password: `guess ${i}` });
    statuses.push(answer.status);
    if (answer.status === 429) {
      expect(answer.body.detail).toContain('15分');
      expect(answer.headers.get('retry-after')).toBeTruthy();
    }
  }
  expect(statuses).toEqual([401, 401, 401, 401, 401, 429]);
});

test('logging out ends the session', async () => {
  const csm = await signIn(admin, 'csm');
  expect((await csm.get('/api/users/choices')).status).toBe(200);
  expect((await csm.delete('/api/session')).status).toBe(204);
  expect((await csm.get('/api/users/choices')).status).toBe(401);
});

test('errors name the field and the remedy and tell nothing of the inside', async () => {
  const answer = await admin.post('/api/users', { name: 'A', email: 'a@example.com', role: 'king', password });
  expect(answer.status).toBe(400);
  expect(answer.body.errors).toEqual([{ field: 'role', message: 'must be one of admin, leader, csm, read_only' }]);
  const broken = await admin.request('POST', '/api/users', '{"name": ', { 'content-type': 'application/json' });
  expect(broken.status).toBe(400);
  expect(broken.body.detail).toContain('JSON');
});

test('the shell manages users, and says what is wrong', async () => {
  const data = server.data;
  await server.stop();
  const added = await run(['--data', data, 'user', 'add', '--name', 'Ken', '--email', 'ken@example.com', '--role', 'csm'], {
    input: `${password}\n`,
  });
  expect(added).toMatchObject({ code: 0 });
  const list = await run(['--data', data, 'user', 'list']);
  expect(list.stdout).toContain('ken@example.com\tcsm\tKen');
  const short = await run(['--data', data, 'user', 'add', '--name', 'X', '--email', 'x', '--role', 'csm'], { input: 'short\n' });
  expect(short.code).toBe(2);
  expect(short.stderr).toContain('password');
  const unknown = await run(['frobnicate']);
  expect(unknown.code).toBe(2);
  server = await startServer({ data });
});
