// Levels set by hand and the shipped templates, over HTTP.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, signIn } from '../support/client.ts';

const data = freshFolder();
let server: Server;
let admin: Client;

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '12', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'levels@example.com', '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', { email: 'levels@example.com', password })).status).toBe(200);
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

test('a level set by hand shows everywhere beside the machine\'s, until it is taken back', async () => {
  const csm = await signIn(admin, 'csm');
  const row = (await csm.get('/api/book?limit=1000')).body.items.find((item: any) => item.level !== null && item.level !== 'critical');
  const path = `/api/accounts/${row.id}/health`;
  const before = (await csm.get(path)).body;
  expect(before.override).toBeNull();
  expect((await csm.post(`${path}/override`, { level: 'critical' })).body.errors[0].field).toBe('reason');
  const reason = 'キーパーソンが退職した';
  expect((await csm.post(`${path}/override`, { level: 'critical', reason, expires_on: '2027-01-31' })).status).toBe(200);
  const after = (await csm.get(path)).body;
  expect(after).toMatchObject({ level: 'critical', level_basis: 'manual', score: before.score, machine_level: before.level });
  expect(after.override).toMatchObject({ level: 'critical', reason, expires_on: '2027-01-31', machine_level: before.level, machine_score: before.score });
  const inBook = async () => (await csm.get('/api/book?limit=1000')).body.items.find((item: any) => item.id === row.id);
  await vi.waitFor(async () => expect(await inBook()).toMatchObject({ level: 'critical', level_basis: 'manual', score: row.score }), { timeout: 10_000, interval: 100 });
  expect((await csm.delete(`${path}/override`)).status).toBe(200);
  await vi.waitFor(async () => expect(await inBook()).toMatchObject({ level: row.level }), { timeout: 10_000, interval: 100 });
  expect((await csm.delete(`${path}/override`)).status).toBe(404);
});

test('an account below the best level is told what would lift it', async () => {
  const rows = (await admin.get('/api/book?limit=1000')).body.items.filter((item: any) => item.level && item.level !== 'thriving');
  const { path } = (await admin.get(`/api/accounts/${rows[0].id}/health`)).body;
  expect(path.missing_points).toBeGreaterThanOrEqual(0);
  expect(path.any_of.length + path.all_of.length > 0).toBe(path.reachable);
});

test('a template becomes drafts that can be previewed and published', async () => {
  const leader = await signIn(admin, 'leader');
  const [template] = (await leader.get('/api/definitions/templates')).body.items;
  expect((await leader.post(`/api/definitions/templates/${template.key}`)).body.drafts).toBe(template.measures + 1);
  const draft = (await leader.get(`/api/definitions/scorecard/${template.scorecard}`)).body;
  expect(draft.draft).not.toBeFalsy();
  expect((await leader.post('/api/definitions/templates/nothing')).status).toBe(404);
});
