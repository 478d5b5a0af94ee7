// Scores by version: the old history stays readable beside the new one, can be computed again, and what was shown stays.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, signIn } from '../support/client.ts';

const data = freshFolder();
const accounts = 30;
let server: Server;
let admin: Client;
let account: number;
let first: number; // the release that scored everything to begin with
let before: any; // the account's history under it

async function signedIn(): Promise<Client> {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email: 'versions@example.com', password })).status).toBe(200);
  return client;
}

const historyOf = async (query = '') => {
  const answer = await admin.get(`/api/accounts/${account}/health/history?step=week${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
};
const releases = async () => (await admin.get('/api/health/releases')).body;
const shown = async () => (await admin.get(`/api/accounts/${account}/health/shown`)).body.items;

async function evaluated(release: number): Promise<void> {
  await vi.waitFor(async () => expect((await admin.get('/api/evaluation')).body).toMatchObject({ running: false, release }), { timeout: 60_000, interval: 200 });
}

// All weight but a little on one group.
async function publishHeavy(group: number, why: string): Promise<number> {
  const body = (await admin.get('/api/definitions/scorecard/health')).body.body;
  body.groups.forEach((each: any, index: number) => (each.weight = index === group ? 100 : 1));
  expect((await admin.put('/api/definitions/scorecard/health/draft', body)).status).toBe(200);
  expect((await admin.post('/api/definitions/scorecard/health/publish', { why })).status).toBe(200);
  const newest = (await releases()).items[0].release;
  await evaluated(newest);
  return newest;
}

async function finished(job: number): Promise<any> {
  return vi.waitFor(
    async () => {
      const found = (await admin.get(`/api/jobs/${job}`)).body;
      expect(found.state).toBe('done');
      return found;
    },
    { timeout: 60_000, interval: 100 },
  );
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', String(accounts), '--months', '8', '--seed', '5']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'versions@example.com', '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
  await vi.waitFor(async () => expect((await admin.get('/api/evaluation')).body.release).toBeGreaterThan(0), { timeout: 60_000, interval: 200 });
  account = (await admin.get('/api/book?limit=1&sort=name')).body.items[0].id;
  first = (await releases()).items[0].release;
  await evaluated(first);
  before = await historyOf();
}, 300_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

test('what is shown is kept by itself', async () => {
  await vi.waitFor(async () => expect((await shown()).length).toBe(1), { timeout: 20_000, interval: 200 });
  const [kept] = await shown();
  const now = (await admin.get(`/api/accounts/${account}/health`)).body;
  expect(kept).toMatchObject({ level: now.level, release: first, day: now.as_of });
  expect(kept.score).toBeCloseTo(now.score, 1);
});

test('a new version scores the whole history, and the old one stays readable beside it', async () => {
  const second = await publishHeavy(0, 'usage counts most');
  const now = await historyOf();
  expect(now.release).toBe(second);
  expect(now.score).not.toEqual(before.score);
  expect(new Set(now.versions)).toEqual(new Set([second]));
  // The demo itself published before: starter definitions, then what its signals measure.
  expect(now.publications.map((each: any) => each.release).slice(0, 2)).toEqual([second, first]);
  const old = await historyOf(`&release=${first}`);
  expect(old).toMatchObject({ release: first, source: 'kept' });
  const byDay = new Map(before.days.map((day: string, index: number) => [day, before.score[index]]));
  const compared = old.days.filter((day: string) => byDay.has(day));
  expect(compared.length).toBeGreaterThan(10);
  for (const day of compared) expect(old.score[old.days.indexOf(day)], day).toEqual(byDay.get(day));
}, 90_000);

test('every version says what it made, when, by whom and why, and what is kept of it', async () => {
  const list = await releases();
  expect(list.items[0]).toMatchObject({ is_present: true, author: 'Admin', deleted: null });
  expect(list.items[0].why.en).toBe('usage counts most');
  expect(list.items[0].definitions).toEqual([expect.objectContaining({ kind: 'scorecard', key: 'health', version: 2 })]);
  for (const item of list.items) expect(item.evaluation).toMatchObject({ accounts: expect.any(Number) });
  expect(list.items[1]).toMatchObject({ release: first, is_present: false });
});

test('the levels of the book by week differ between versions', async () => {
  const [present, old] = await Promise.all(['', `?release=${first}`].map(async (query) => (await admin.get(`/api/health/levels${query}`)).body));
  expect(old.release).toBe(first);
  expect(present.weeks).not.toEqual(old.weeks);
  const sum = (week: any) => week.levels.reduce((total: number, each: any) => total + each.accounts, 0);
  expect(present.weeks.map(sum)).toEqual(old.weeks.map(sum));
  expect((await admin.get('/api/health/levels?release=999999')).body.errors[0].field).toBe('release');
});

test('the page of a past day says which version scored it and what was shown on it', async () => {
  const health = (await admin.get(`/api/accounts/${account}/health`)).body;
  expect(health).toMatchObject({ shown: null, release: { release: (await releases()).items[0].release, author: 'Admin' } });
  const past = new Date(Date.parse(health.as_of) - 30 * 86_400_000).toISOString().slice(0, 10);
  const then = (await admin.get(`/api/accounts/${account}/health?as_of=${past}`)).body;
  expect(then.shown).toBeNull(); // the server did not run yet
  expect(then.release.release).toBe(health.release.release);
  expect((await admin.get(`/api/book?limit=1&as_of=${past}`)).body.release).toBe(health.release.release);
});

test('an earlier version is evaluated again by a job, and the book keeps its own', async () => {
  const present = (await admin.get('/api/evaluation')).body.release;
  const kept = (await releases()).items.find((each: any) => each.release === first).evaluation.computed_at;
  const reader = await signIn(admin, 'csm');
  expect((await reader.post('/api/evaluation', { release: first })).status).toBe(403);
  expect((await admin.post('/api/evaluation', { release: 999_999 })).body.errors[0].field).toBe('release');
  const started = await admin.post('/api/evaluation', { release: first });
  expect(started.status, started.text).toBe(202);
  const job = await finished(started.body.job_id);
  expect(job.result).toMatchObject({ release: first });
  expect((await releases()).items.find((each: any) => each.release === first).evaluation.computed_at > kept).toBe(true);
  expect((await admin.get('/api/evaluation')).body.release).toBe(present);
}, 90_000);

test('versions, kept histories and what was shown survive a restart', async () => {
  const [list, old, seen] = [await releases(), await historyOf(`&release=${first}`), await shown()];
  await server.stop();
  server = await startServer({ data });
  admin = await signedIn();
  await evaluated(list.items[0].release);
  expect((await historyOf(`&release=${first}`)).score).toEqual(old.score);
  expect((await shown()).slice(0, seen.length)).toEqual(seen);
  const after = await releases();
  expect(after.items.map((each: any) => each.release)).toEqual(list.items.map((each: any) => each.release));
  expect(after.items.every((each: any) => each.evaluation !== null)).toBe(true);
}, 90_000);

test('how many are kept is chosen by administrators, and what is deleted is named', async () => {
  const leader = await signIn(admin, 'leader');
  expect((await leader.put('/api/health/releases/kept', { kept: 1 })).status).toBe(403);
  expect((await admin.put('/api/health/releases/kept', { kept: 0 })).body.errors[0].field).toBe('kept');
  const answer = (await admin.put('/api/health/releases/kept', { kept: 1 })).body;
  expect(answer.kept).toBe(1);
  expect(answer.deleted).toContain(first);
  const gone = (await releases()).items.find((each: any) => each.release === first);
  expect(gone.evaluation).toBeNull();
  expect(gone.deleted.deleted_at > gone.deleted.evaluated_at).toBe(true);
  expect((await admin.get(`/api/health/levels?release=${first}`)).status).toBe(404);
  // The account's own is computed when asked for.
  expect(await historyOf(`&release=${first}`)).toMatchObject({ release: first, source: 'computed' });
});
