// Who looks after whom over HTTP: teams, models that follow the book, assignment by preview and job, handover; the same
// after a restart.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
let server: Server;
let admin: Client;
let csm: Client;

async function signedIn(email: string) {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

async function addUser(name: string, email: string, role: string) {
  const added = await run(['--data', data, 'user', 'add', '--name', name, '--email', email, '--role', role], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '60', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  await addUser('Admin', 'org-admin@example.com', 'admin');
  await addUser('Newcomer', 'org-csm@example.com', 'csm');
  server = await startServer({ data });
  admin = await signedIn('org-admin@example.com');
  csm = await signedIn('org-csm@example.com');
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const everybody = { combinator: 'and', rules: [] };

async function get(path: string): Promise<any> {
  const answer = await admin.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
async function post(path: string, body: unknown, status = 200): Promise<any> {
  const answer = await admin.post(path, body);
  expect(answer.status, answer.text).toBe(status);
  return answer.body;
}
const book = async (columns = '') => (await get(`/api/book?limit=1000${columns && `&columns=${columns}`}`)).items as any[];
const people = async () => (await get('/api/users/choices')).items as { id: number; name: string }[];
const newcomer = async () => (await people()).find(({ name }) => name === 'Newcomer')!.id;
const owners = async () => Object.fromEntries((await book()).map(({ id, owner }) => [id, owner?.id ?? null]));

async function finished(id: number) {
  return vi.waitFor(async () => {
    const assignment = await get(`/api/assignments/${id}`);
    expect(assignment.state).not.toBe('waiting');
    return assignment;
  }, { timeout: 15_000 });
}

test('the demo has teams, models on every account, somebody away and handovers', async () => {
  const { items: teams } = await get('/api/teams');
  expect(teams.map(({ key }: any) => key)).toEqual(['enterprise', 'smb', 'onboarding', 'tech_touch']);
  const models = await get('/api/engagement-models');
  expect(models.items.length).toBeGreaterThanOrEqual(3);
  expect(models.none.accounts).toBe(0);
  const rows = await book('attribute.engagement_model,attribute.team');
  expect(models.items.reduce((sum: number, { now }: any) => sum + now.accounts, 0)).toBe(rows.length);
  for (const model of models.items) {
    expect(rows.filter(({ attributes }) => attributes.engagement_model === model.key).length).toBe(model.now.accounts);
  }
  const workload = await get('/api/workload');
  const carried = workload.items.reduce((sum: number, { load }: any) => sum + load.accounts, 0);
  expect(carried + workload.unassigned.accounts).toBe(rows.length);
  expect(workload.items.some(({ absence }: any) => absence?.substitute)).toBe(true);
  expect(workload.items.some(({ answers_for }: any) => answers_for.length > 0)).toBe(true);
  const states = (await get('/api/handovers')).items.map(({ state }: any) => state);
  expect(states).toContain('open');
  expect(states).toContain('completed');
});

test('the managed attributes can be asked for and cannot be written by people', async () => {
  const attribute = (await get('/api/attributes')).items.find(({ key }: any) => key === 'engagement_model');
  expect(attribute.managed_by).toBe('org');
  const key = attribute.choices[0].value;
  const filter = { combinator: 'and', rules: [{ field: 'attribute.engagement_model', operator: '=', value: key }] };
  const found = await get(`/api/book?limit=1000&filter=${encodeURIComponent(JSON.stringify(filter))}`);
  expect(found.total).toBe((await get('/api/engagement-models')).items.find((model: any) => model.key === key).now.accounts);
  const [account] = await book();
  const refused = await admin.patch(`/api/accounts/${account.id}`, { attributes: { engagement_model: key } });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0].field).toBe('attributes.engagement_model');
  expect((await admin.delete('/api/attributes/team')).status).toBe(400);
});

test('a model that is published moves accounts by itself, and its preview said so', async () => {
  const [account] = await book();
  const body = {
    name: { en: 'Just one', ja: '1社だけ' }, description: '', touch: 'high', rank: 1,
    condition: { combinator: 'and', rules: [{ field: 'external_id', operator: '=', value: account.external_id }] },
    expectations: { effort_weight: 40 },
  };
  const preview = await post('/api/engagement-models/preview', { key: 'just_one', body });
  expect(preview.items.find(({ key }: any) => key === 'just_one').after.accounts).toBe(1);
  expect(preview.moving).toBe(1);
  expect(preview.sample.map(({ id }: any) => id)).toEqual([account.id]);
  expect((await admin.put('/api/definitions/engagement_model/just_one/draft', body)).status).toBe(200);
  await post('/api/definitions/engagement_model/just_one/publish', { why: 'test' });
  await vi.waitFor(async () => {
    const row = (await book('attribute.engagement_model')).find(({ id }) => id === account.id);
    expect(row.attributes.engagement_model).toBe('just_one');
  }, { timeout: 15_000 });
});

test('an assignment does what its preview showed, in the background, and is taken back whole', async () => {
  const before = await owners();
  const body = {
    name: { en: 'All to one', ja: '全部' }, description: '', condition: everybody, role: 'csm', applies_to: 'all', method: 'capacity',
    candidates: { users: [await newcomer()], teams: ['smb'] }, capacity: { accounts: 12 },
  };
  const preview = await post('/api/assignments/preview', { body, limit: 1000 });
  expect(preview.matched).toBe(60);
  expect(preview.unplaced).toBeGreaterThan(0);
  expect(preview.left_out.length).toBe(1); // away today
  expect(Math.max(...preview.people.filter(({ gets }: any) => gets > 0).map(({ gets }: any) => gets))).toBeLessThanOrEqual(12);
  expect((await csm.post('/api/assignments', { body, basis: preview.basis })).status).toBe(403);
  expect((await admin.post('/api/assignments', { body, basis: 'other' })).status).toBe(409);
  expect(await owners()).toEqual(before);

  const begun = await post('/api/assignments', { body, basis: preview.basis, why: 'new year' }, 202);
  const done = await finished(begun.id);
  expect(done).toMatchObject({ state: 'done', moving: preview.moving, done: preview.moving, why: 'new year' });
  const expected = { ...before };
  for (const { account, to } of preview.moves) expected[account.id] = to.id;
  await vi.waitFor(async () => expect(await owners()).toEqual(expected), { timeout: 15_000 });

  // Teams follow their CSM meanwhile, which is no change by somebody.
  await vi.waitFor(async () => {
    const rows = await book('attribute.team');
    const moved = rows.filter(({ id }) => before[id] !== expected[id]);
    expect(moved.some(({ attributes }) => attributes.team === 'smb')).toBe(true);
  }, { timeout: 15_000 });
  const undone = await post(`/api/assignments/${begun.id}/undo`, {});
  expect(undone).toEqual({ restored: preview.moving, changed_since: 0 });
  await vi.waitFor(async () => expect(await owners()).toEqual(before), { timeout: 15_000 });
  expect(await post(`/api/assignments/${begun.id}/undo`, {})).toEqual({ restored: 0, changed_since: 0 });
});

test('roles on an account keep their history, and who is away is stood in for', async () => {
  const [account] = await book();
  const user = await newcomer();
  const put = await csm.put(`/api/accounts/${account.id}/roles/product`, { user_id: user, why: 'knows it' });
  expect(put.status, put.text).toBe(200);
  expect((await csm.put(`/api/accounts/${account.id}/roles/nobody`, { user_id: user })).status).toBe(404);
  const away = await csm.post('/api/absences', { user_id: user, from_day: '2026-09-30', until_day: '2026-10-02', substitute_id: (await people()).find(({ id }) => id !== user)!.id });
  expect(away.status, away.text).toBe(201);
  const { roles } = await get(`/api/accounts/${account.id}/roles`);
  expect(roles).toHaveLength(6);
  const product = roles.find(({ role }: any) => role === 'product');
  expect(product).toMatchObject({ user: { id: user }, since: '2026-09-30' });
  expect(product.stood_in_by).not.toBeNull();
  expect((await csm.delete(`/api/absences/${away.body.id}`)).status).toBe(204);
});

test('a handover is refused while its checklist is open, then moves the accounts once', async () => {
  const rows = (await book()).filter(({ owner }) => owner?.id);
  const from = rows[0].owner.id;
  const accounts = rows.filter(({ owner }) => owner.id === from).slice(0, 3).map(({ id }) => id);
  const to = await newcomer();
  const begun = await csm.post('/api/handovers', { from_user_id: from, to_user_id: to, accounts, items: [{ en: 'Say hello', ja: '挨拶' }] });
  expect(begun.status, begun.text).toBe(201);
  expect((await csm.post(`/api/handovers/${begun.body.id}/complete`, {})).status).toBe(409);
  const ticked = await csm.patch(`/api/handovers/${begun.body.id}/items/${begun.body.checklist[0].id}`, { done: true });
  expect(ticked.body.checklist[0].done_by.id).toBe(to);
  await server.stop();
  server = await startServer({ data });
  admin = await signedIn('org-admin@example.com');
  csm = await signedIn('org-csm@example.com');
  const completed = await csm.post(`/api/handovers/${begun.body.id}/complete`, {});
  expect(completed.body).toMatchObject({ state: 'completed', moved: true });
  await vi.waitFor(async () => {
    const now = await owners();
    for (const id of accounts) expect(now[id]).toBe(to);
  }, { timeout: 15_000 });
  expect((await csm.post(`/api/handovers/${begun.body.id}/cancel`, {})).status).toBe(409);
});
