// Segments over HTTP: defined, published, compared with the book's own filter; live as accounts change; the same after a
// restart.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
let server: Server;
let admin: Client;

const email = 'segments@example.com';

async function signedIn() {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '30', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const all = (...rules: object[]) => ({ combinator: 'and', rules });
const lowScore = all({ field: 'score', operator: '<', value: 60 });

async function get(path: string): Promise<any> {
  const answer = await admin.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const filtered = async (condition: object) =>
  (await get(`/api/book?limit=1000&columns=segments&filter=${encodeURIComponent(JSON.stringify(condition))}`)).items as any[];

async function define(key: string, condition: object) {
  const draft = await admin.put(`/api/definitions/segment/${key}/draft`, { name: { en: `Segment ${key}`, ja: `セグメント${key}` }, description: '', condition });
  if (draft.status !== 200) return draft;
  return admin.post(`/api/definitions/segment/${key}/publish`, { why: 'test' });
}
const since = async (key: string) => (await get(`/api/segments/${key}/accounts?limit=1000`)).items as any[];

test('a segment holds whom the same filter of the book finds, in every figure', async () => {
  expect((await define('low', lowScore)).status).toBe(200);
  const expected = await filtered(lowScore);
  expect(expected.length).toBeGreaterThan(0);
  const list = await get('/api/segments');
  const low = list.items.find((item: any) => item.key === 'low');
  expect(low.accounts).toBe(expected.length);
  expect(low.arr.amount_minor).toBe(expected.reduce((sum, row) => sum + row.arr.amount_minor, 0));
  expect(list.accounts).toBe((await get('/api/book?limit=1')).total);

  const members = await vi.waitFor(async () => {
    const items = await since('low');
    expect(items.every((item) => item.since !== null)).toBe(true);
    return items;
  }, { timeout: 10_000 });
  expect(members.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  expect(members.map(({ arr }) => arr.amount_minor)).toEqual(members.map(({ arr }) => arr.amount_minor).toSorted((a, b) => b - a));
  expect(members[0].cause).toBe('first');

  // As a column and as a rule of another filter.
  expect(expected.every((row) => row.segments.includes('low'))).toBe(true);
  const inIt = await filtered(all({ field: 'segments', operator: 'in', value: ['low'] }));
  expect(inIt.map(({ id }) => id).sort()).toEqual(expected.map(({ id }) => id).sort());
  const field = (await get('/api/book/fields')).items.find((each: any) => each.key === 'segments');
  expect(field.type).toBe('text_set');
  expect(field.choices.find((each: any) => each.value === 'low')).toMatchObject({ name: { en: 'Segment low' } });
});

test('accounts enter and leave as they change, and the reason says why', async () => {
  const [account, other] = (await get('/api/book?limit=2')).items;
  const rules = [{ field: 'phase', operator: '=', value: 'testing_phase' }, { field: 'external_id', operator: '=', value: other.external_id }];
  expect((await define('growing', { combinator: 'or', rules })).status).toBe(200);
  // The other one is in it from the first evaluation on: so that is over when it is recorded.
  await vi.waitFor(async () => expect((await since('growing'))[0]?.since).toBeTruthy(), { timeout: 10_000 });
  for (const [phase, entered] of [['testing_phase', true], ['adoption', false]] as const) {
    expect((await admin.patch(`/api/accounts/${account.id}`, { phase })).status).toBe(200);
    const event = await vi.waitFor(async () => {
      const { items } = await get(`/api/segments/growing/history?account=${account.id}`);
      expect(items[0]?.entered).toBe(entered);
      return items[0];
    }, { timeout: 10_000 });
    expect(event).toMatchObject({ segment: 'growing', account_id: account.id, account_name: account.name, cause: 'change' });
    expect(event.reason.en).toMatch(/^Phase changed from .+ to .+ \(needs testing_phase\)$/);
    expect(event.reason.ja).toMatch(/^フェーズが.+から.+に変わりました\(条件: testing_phase\)$/);
    const own = await get(`/api/accounts/${account.id}/segments`);
    expect(own.items.some((item: any) => item.segment === 'growing')).toBe(entered);
    expect(own.history.items[0]).toMatchObject({ segment: 'growing', entered });
  }
});

test('a preview counts without saving anything, and says who would come and go', async () => {
  const condition = all({ field: 'score', operator: '<', value: 75 });
  const answer = await admin.post('/api/segments/preview', { condition, key: 'low' });
  expect(answer.status, answer.text).toBe(200);
  const wide = await filtered(condition);
  const narrow = await filtered(lowScore);
  expect(answer.body).toMatchObject({ accounts: wide.length, entering: { accounts: wide.length - narrow.length }, leaving: { accounts: 0 } });
  const overlaps = answer.body.overlaps.map(({ segment }: any) => segment);
  expect(overlaps).toContain('growing'); // beside what segments the demo has
  expect(overlaps).not.toContain('low');
  const refused = await admin.post('/api/segments/preview', { condition: all({ field: 'colour', operator: '=', value: 1 }) });
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('condition.rules[0].field');
});

test('a way back to itself is refused with the path', async () => {
  expect((await define('of_low', all({ field: 'segments', operator: 'in', value: ['low'] }))).status).toBe(200);
  const refused = await define('low', all({ field: 'segments', operator: 'in', value: ['of_low'] }));
  expect(refused.status).toBe(400);
  expect(JSON.stringify(refused.body)).toContain('low → of_low → low');
  expect((await admin.delete('/api/definitions/segment/low')).status).toBe(409);
});

test('a restart records nothing twice', async () => {
  const before = await get('/api/segments/low/history?limit=1000');
  await server.stop();
  server = await startServer({ data });
  admin = await signedIn();
  await vi.waitFor(async () => expect((await since('low')).length).toBeGreaterThan(0), { timeout: 20_000 });
  await new Promise((resolve) => setTimeout(resolve, 1500));
  expect(await get('/api/segments/low/history?limit=1000')).toEqual(before);
});
