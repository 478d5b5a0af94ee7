// What needs to know of all accounts, over HTTP: measures ranked among peers, and scores rolled up to parents.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, signIn } from '../support/client.ts';

const data = freshFolder();
const credentials = { email: 'families@example.com', password };
const ranked = 'active_users_28d';
const soon = { timeout: 30_000, interval: 100 };
let server: Server;
let admin: Client;
let family: number[] = []; // who has whom below, the upper one first

async function start(): Promise<void> {
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', credentials)).status).toBe(200);
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '14', '--months', '6', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', credentials.email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  await start();
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const book = async () => (await admin.get('/api/book?limit=1000')).body.items as any[];
const health = async (id: number) => (await admin.get(`/api/accounts/${id}/health`)).body;
const everyMeasure = (groups: any[]): any[] => groups.flatMap((group) => [...group.measures, ...everyMeasure(group.groups ?? [])]);
const rankOf = async (id: number) => everyMeasure((await health(id)).groups).find((measure) => measure.key === 'usage_rank');

async function publish(kind: string, key: string, body: unknown): Promise<void> {
  const draft = await admin.put(`/api/definitions/${kind}/${key}/draft`, body);
  expect(draft.status, draft.text).toBe(200);
  const published = await admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'test' });
  expect(published.status, published.text).toBe(200);
}

test('a percentile of percentiles is refused with the way to it', async () => {
  const { body } = (await admin.get(`/api/definitions/measure/${ranked}`)).body;
  await publish('measure', 'usage_rank', { ...body, key: 'usage_rank', percentile_among: 'book' });
  const refused = await admin.put('/api/definitions/measure/rank_of_rank/draft', {
    ...{ key: 'rank_of_rank', name: body.name, source: 'measures', aggregate: 'mean', of: ['usage_rank'], unit: 'count', better: 'higher' },
    percentile_among: 'industry',
  });
  expect(refused.status).toBe(400);
  expect(refused.text).toContain('rank_of_rank → usage_rank');
});

test('a measure counts by its rank among all accounts', async () => {
  const scorecard = (await admin.get('/api/definitions/scorecard/health')).body.body;
  scorecard.groups[0].measures.push({ measure: 'usage_rank', weight: 20, missing: 'ignore', curve: { linear: [[0, 0], [100, 100]] } });
  scorecard.roll_up = 'arr_weighted';
  const preview = await admin.post('/api/definitions/preview', { kind: 'scorecard', key: 'health', body: scorecard });
  expect(preview.status, preview.text).toBe(200);
  await publish('scorecard', 'health', scorecard);
  const first = (await book())[0].id;
  await vi.waitFor(async () => expect(await rankOf(first)).toBeTruthy(), soon);
  await vi.waitFor(async () => expect((await admin.get('/api/evaluation')).body.running).toBe(false), soon);
  const measured = await Promise.all((await book()).map(async ({ id }) => everyMeasure((await health(id)).groups)));
  const values = measured.map((all) => all.find(({ key }) => key === 'usage_rank')).filter(({ state }) => state === 'ok');
  expect(values.length).toBeGreaterThan(8);
  for (const { value, peers, points } of values) {
    const below = values.filter((other) => other.peers.value < peers.value).length;
    const equal = values.filter((other) => other.peers.value === peers.value).length;
    expect(value).toBeCloseTo(((below + equal / 2) / values.length) * 100, 3);
    expect(points).toBeCloseTo(value, 3);
    expect(peers).toMatchObject({ among: 'book', group: null, accounts: values.length });
    expect(peers.text.en).toContain(`of all ${values.length} accounts`);
    expect(peers.text.ja).toContain(`全${values.length}社`);
  }
});

test('the Lab judges ranks among the peers of each week', async () => {
  expect((await admin.post('/api/lab/panel', {})).status).toBe(202);
  await vi.waitFor(async () => expect((await admin.get('/api/lab/panel')).body.state).toBe('ready'), soon);
  const judged = await admin.post('/api/lab/judge', { scorecard: 'health', use: 'published', outcome: 'churned', lead_days: 30 });
  expect(judged.status, judged.text).toBe(200);
  const rank = judged.body.measures.find(({ key }: any) => key === 'usage_rank');
  expect(rank.coverage).toBeGreaterThan(0.5);
});

test('a parent is scored with its children, and moves when one of them does', async () => {
  const csm = await signIn(admin, 'csm');
  const rows: any[] = [];
  for (const row of await book()) {
    const isAlone = !(await health(row.id)).roll_up && !(await admin.get(`/api/accounts/${row.id}`)).body.parent;
    if (isAlone && row.score !== null && row.arr.amount_minor > 0) rows.push(row);
  }
  const [parent, child, grandchild] = rows;
  family = [parent.id, child.id];
  const own = new Map<number, number>(rows.map((row) => [row.id, row.score]));
  const inBook = async (id: number) => (await book()).find((row) => row.id === id);
  expect((await csm.patch(`/api/accounts/${child.id}`, { parent_id: parent.id })).status).toBeLessThan(300);
  expect((await csm.patch(`/api/accounts/${grandchild.id}`, { parent_id: child.id })).status).toBeLessThan(300);
  const mean = (members: any[]) => {
    const arr = members.reduce((sum, row) => sum + row.arr.amount_minor, 0);
    return members.reduce((sum, row) => sum + (own.get(row.id)! * row.arr.amount_minor) / arr, 0);
  };
  await vi.waitFor(async () => {
    expect((await inBook(parent.id)).score).toBeCloseTo(mean([parent, child, grandchild]), 3);
    expect((await inBook(child.id)).score).toBeCloseTo(mean([child, grandchild]), 3);
    expect((await inBook(grandchild.id)).score).toBeCloseTo(own.get(grandchild.id)!, 3);
  }, soon);

  const shown = await health(parent.id);
  expect(shown.score).toBeCloseTo(mean([parent, child, grandchild]), 3);
  expect(shown.roll_up.own_score).toBeCloseTo(own.get(parent.id)!, 3);
  expect(shown.roll_up.children.map(({ account }: any) => account.name).sort()).toEqual([child.name, grandchild.name].sort());
  const parts = [...shown.groups, ...shown.roll_up.children].map(({ contribution }) => contribution);
  expect(parts.reduce((sum, part) => sum + part, 0)).toBeCloseTo(shown.score, 6);
  expect(shown.sentences.map(({ ja }: any) => ja).join('')).toContain(child.name);
  expect((await health(grandchild.id)).roll_up).toBeNull();
  const history = (await admin.get(`/api/accounts/${parent.id}/health/history?step=week`)).body;
  expect(history.score.at(-1)).toBeCloseTo(shown.score, 3);

  // What is told of the grandchild moves both above it, in the same round.
  const meeting = { kind: 'meeting', subject: '定例', body: '', occurred_at: '2026-09-30T01:00:00Z' };
  const before = (await health(grandchild.id)).score;
  const written = await csm.post(`/api/accounts/${grandchild.id}/interactions`, meeting);
  expect(written.status, written.text).toBeLessThan(300);
  await vi.waitFor(async () => expect((await inBook(grandchild.id)).score).not.toBe(before), soon);
  own.set(grandchild.id, (await inBook(grandchild.id)).score);
  expect((await inBook(parent.id)).score).toBeCloseTo(mean([parent, child, grandchild]), 3);
  expect((await inBook(child.id)).score).toBeCloseTo(mean([child, grandchild]), 3);
});

test('both are the same after a restart, and when an account leaves its family', async () => {
  const before = await book();
  const ranks = await Promise.all(before.map(({ id }) => rankOf(id)));
  await server.stop();
  await start();
  await vi.waitFor(async () => expect((await book()).map(({ score }) => score)).toEqual(before.map(({ score }) => score)), soon);
  expect(await Promise.all(before.map(({ id }) => rankOf(id)))).toEqual(ranks);

  const [top, middle] = family;
  const { roll_up } = await health(top!);
  expect(roll_up.children).toHaveLength(2);
  expect((await admin.patch(`/api/accounts/${middle}`, { parent_id: null })).status).toBeLessThan(300);
  await vi.waitFor(async () => {
    const row = (await book()).find(({ id }) => id === top);
    expect(row.score).toBeCloseTo(roll_up.own_score, 3);
  }, soon);
  expect((await health(top!)).roll_up).toBeNull();
});
