// Calls to action and tasks over HTTP, on the demo: the ranked list, every step on a call and the way back, tasks, comments
// and notices, the digest's setting, who may do what, and that nothing is lost when the server is killed.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
let server: Server;
let csm: Client;
let other: Client;
let reader: Client;
let me: number;
let otherId: number;
let account: number;

async function signedIn(email: string) {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

async function add(name: string, role: string) {
  const email = `${name}@example.com`;
  const added = await run(['--data', data, 'user', 'add', '--name', name, '--email', email, '--role', role], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  return email;
}

const emails: string[] = [];
async function signAllIn() {
  [csm, other, reader] = (await Promise.all(emails.map((email) => signedIn(email)))) as [Client, Client, Client];
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '60', '--months', '24', '--seed', '5', '--until', '2026-10-02']);
  expect(demo.code, demo.stderr).toBe(0);
  emails.push(await add('aya', 'csm'), await add('ken', 'csm'), await add('reader', 'read_only'));
  server = await startServer({ data });
  await signAllIn();
  me = (await get('/api/session')).user.id;
  otherId = (await get('/api/session', other)).user.id;
  account = (await get('/api/book?limit=1')).items[0].id;
}, 240_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

async function get(path: string, client = csm): Promise<any> {
  const answer = await client.get(path);
  expect(answer.status, `${path} ${answer.text}`).toBe(200);
  return answer.body;
}
async function post(path: string, body: object, status = 200, client = csm): Promise<any> {
  const answer = await client.post(path, body);
  expect(answer.status, `${path} ${answer.text}`).toBe(status);
  return answer.body;
}
let number = 0;
async function open(more: object = {}): Promise<any> {
  const { call, created } = await post('/api/calls', { account_id: account, kind: 'risk', title: `Call number ${++number}`, assignee_id: me, ...more });
  expect(created).toBe(true);
  return call;
}

describe('the demo', () => {
  test('has a past and a present', async () => {
    const list = await get('/api/calls?scope=all&status=all&limit=1000');
    expect(list.total).toBeGreaterThan(20);
    const closed = list.items.filter(({ status }: any) => status === 'closed');
    expect(closed.length).toBeGreaterThan(10);
    expect(closed.every(({ outcome, closed_at }: any) => outcome && closed_at)).toBe(true);
    expect(new Set(closed.map(({ outcome }: any) => outcome)).size).toBeGreaterThan(1);
    const tasks = await get('/api/tasks?scope=all&state=all&limit=1000');
    expect(tasks.items.some(({ state }: any) => state === 'done')).toBe(true);
    expect(tasks.items.every(({ account: of }: any) => of.name)).toBe(true);
  });

  test('is ranked by points, in words, and adds up', async () => {
    const list = await get('/api/calls?scope=all&limit=1000');
    const points = list.items.map((each: any) => each.points);
    expect(points).toEqual(points.toSorted((a: number, b: number) => b - a));
    expect(list.items.map(({ rank }: any) => rank)).toEqual(list.items.map((_: any, i: number) => i + 1));
    for (const { why } of list.items) expect(why.en && why.ja).toBeTruthy();
    expect(list.total).toBe(list.items.length);
    expect(list.summary.calls).toBe(list.total);
    const byKind = Object.values(list.counts.kind as Record<string, number>).reduce((sum, each) => sum + each, 0);
    expect(byKind).toBe(list.total);
    const risks = await get('/api/calls?scope=all&kind=risk&limit=1000');
    expect(risks.total).toBe(list.counts.kind.risk ?? 0);
  });
});

describe('a call', () => {
  test('is opened once per reason, worked on, closed, and taken back', async () => {
    const call = await open({ reason: 'person:first', severity: 'high', due_business_days: 3 });
    const again = await post('/api/calls', { account_id: account, kind: 'risk', title: 'Again', reason: 'person:first' });
    expect(again.created).toBe(false);
    expect(again.call.id).toBe(call.id);

    const started = (await csm.request('PATCH', `/api/calls/${call.id}`, { status: 'in_progress', revision: call.revision })).body as any;
    expect(started.call.status).toBe('in_progress');
    expect(started.call.started_at).not.toBeNull();
    expect((await csm.request('PATCH', `/api/calls/${call.id}`, { severity: 'low', revision: call.revision })).status).toBe(409);

    const task = await post('/api/tasks', { call_id: call.id, title: 'Ring them', required: true }, 201);
    await post(`/api/calls/${call.id}/close`, { outcome: 'success' }, 409);
    await post(`/api/tasks/${task.id}/finish`, { state: 'done' });
    await post(`/api/calls/${call.id}/close`, { outcome: 'not_needed' }, 400);
    const closed = await post(`/api/calls/${call.id}/close`, { outcome: 'success', why: '解決しました' });
    expect(closed.call).toMatchObject({ status: 'closed', outcome: 'success', rank: null });
    expect(closed.call.history.map(({ event }: any) => event)).toEqual(expect.arrayContaining(['opened', 'started', 'task_finished', 'closed']));

    const undone = await post('/api/calls/undo', { batch: closed.batch });
    expect(undone).toEqual({ restored: 1, changed_since: [] });
    expect((await get(`/api/calls/${call.id}`)).status).toBe('in_progress');
    await post(`/api/calls/${call.id}/close`, { outcome: 'lost' });
    const reopened = await post(`/api/calls/${call.id}/reopen`, { why: 'They called back' });
    expect(reopened.call.status).toBe('in_progress');
    const judged = await post(`/api/calls/${call.id}/feedback`, { verdict: 'not_useful', why: 'We knew' });
    expect(judged.call.feedback).toMatchObject({ verdict: 'not_useful', by: { id: me } });
  });

  test('is put aside with a reason until a later day or a condition', async () => {
    const call = await open();
    await post(`/api/calls/${call.id}/snooze`, { until: '2027-01-15' }, 400);
    await post(`/api/calls/${call.id}/snooze`, { until: '2020-01-15', why: 'later' }, 400);
    const fault = await post(`/api/calls/${call.id}/snooze`, { condition: { combinator: 'and', rules: [{ field: 'no_such', operator: '=', value: 1 }] }, why: 'x' }, 400);
    expect(JSON.stringify(fault)).toContain('condition.rules[0]');
    const snoozed = await post(`/api/calls/${call.id}/snooze`, { until: '2027-01-15', why: 'Budget round' });
    expect(snoozed.call).toMatchObject({ status: 'snoozed', rank: null, snooze: { until: '2027-01-15', why: 'Budget round' } });
    expect((await get('/api/calls?limit=1000')).items.map(({ id }: any) => id)).not.toContain(call.id);
    expect((await get(`/api/accounts/${account}/calls?limit=1000`)).items.map(({ id }: any) => id)).toContain(call.id);
    const woken = (await csm.request('PATCH', `/api/calls/${call.id}`, { status: 'open' })).body as any;
    expect(woken.call).toMatchObject({ status: 'open', snooze: null });
  });

  test('brings along what is needed to act', async () => {
    const withContacts = (await get('/api/calls?scope=all&limit=1000')).items[0];
    const context = await get(`/api/calls/${withContacts.id}/context`);
    expect(context.account.id).toBe(withContacts.account.id);
    expect(context.contacts.length).toBeGreaterThan(0);
    expect(context.people.some(({ role }: any) => role === 'csm')).toBe(true);
    const days = context.interactions.map(({ day }: any) => day);
    expect(days).toEqual(days.toSorted().toReversed());
    expect((await csm.get(context.links.health)).status).toBe(200);
  });
});

describe('many calls', () => {
  test('are changed in one step that can be taken back', async () => {
    const calls = [await open(), await open(), await open()];
    const ids = calls.map(({ id }) => id);
    await post(`/api/calls/${ids[2]}/close`, { outcome: 'lost' });
    const changed = await post('/api/calls/bulk', { ids: [...ids, 17], action: 'assign', assignee_id: otherId });
    expect(changed.changed).toBe(2);
    expect(changed.left.map(({ id }: any) => id).toSorted()).toEqual([17, ids[2]].toSorted());
    expect((await get(`/api/calls?user=${otherId}&limit=1000`)).items.map(({ id }: any) => id)).toEqual(expect.arrayContaining(ids.slice(0, 2)));
    await csm.request('PATCH', `/api/calls/${ids[1]}`, { assignee_id: me });
    expect(await post('/api/calls/undo', { batch: changed.batch })).toEqual({ restored: 1, changed_since: [ids[1]] });
    expect((await get(`/api/calls/${ids[0]}`)).assignee.id).toBe(me);
    await post('/api/calls/bulk', { ids, action: 'due' }, 400);
    await post('/api/calls/bulk', { ids: [], action: 'start' }, 400);
  });
});

describe('talk', () => {
  test('reaches those who are mentioned, and those who follow', async () => {
    const call = await open();
    const before = (await get('/api/notices', other)).unread;
    const comment = await post(`/api/calls/${call.id}/comments`, { body: 'ご意見ください <b>', mentions: [otherId] }, 201);
    expect(comment.mentions).toEqual([{ id: otherId, name: 'ken' }]);
    const notices = await get('/api/notices?unread=true', other);
    expect(notices.unread).toBe(before + 1);
    expect(notices.items[0]).toMatchObject({ event: 'mentioned', call: call.id, by: { id: me } });
    await post(`/api/calls/${call.id}/comments`, { body: 'はい' }, 201, other);
    expect((await get('/api/notices?unread=true')).items[0]).toMatchObject({ event: 'commented', call: call.id });
    expect((await post('/api/notices/read', { ids: [notices.items[0].id] }, 200, other)).unread).toBe(before);
    await post('/api/notices/read', {});
    expect((await get('/api/notices')).unread).toBe(0);
    await post(`/api/calls/${call.id}/comments`, { body: 'x', mentions: [999999] }, 400);
    expect((await get(`/api/calls/${call.id}`)).followers.map(({ id }: any) => id).toSorted()).toEqual([me, otherId].toSorted());
  });
});

describe('the cockpit', () => {
  test('shows the day at a glance', async () => {
    const task = await post('/api/tasks', { account_id: account, title: 'Today', due_day: '2026-10-01', assignee_id: me }, 201);
    const cockpit = await get('/api/cockpit');
    expect(cockpit.today).toBe('2026-10-01');
    expect(cockpit.top_calls.length).toBeGreaterThan(0);
    expect(cockpit.tasks.items.map(({ id }: any) => id)).toContain(task.id);
    expect(cockpit.tasks.due_today).toBeGreaterThan(0);
    expect(cockpit.days).toHaveLength(10);
    expect(cockpit.days.map(({ day }: any) => new Date(day).getUTCDay())).not.toContain(0);
    const everybody = await get('/api/cockpit?scope=all', reader);
    expect(everybody.summary.calls).toBeGreaterThan(cockpit.summary.calls);
  });

  test('says when the digest comes, and what it would say', async () => {
    expect(await get('/api/digest')).toMatchObject({ cadence: 'daily', hour: 8, timezone: 'Asia/Tokyo' });
    expect(await get('/api/digest', reader)).toMatchObject({ cadence: 'off' });
    const set = await csm.request('PUT', '/api/digest', { cadence: 'weekly', hour: 7 });
    expect(set.body).toMatchObject({ cadence: 'weekly', hour: 7 });
    expect((await csm.request('PUT', '/api/digest', { cadence: 'hourly' })).status).toBe(400);
    const preview = await get('/api/digest/preview');
    expect(preview.is_empty).toBe(false);
    expect(preview.html).toContain('<html');
  });
});

describe('roles', () => {
  test('read_only reads and changes nothing', async () => {
    const call = await open();
    expect((await get(`/api/calls/${call.id}`, reader)).id).toBe(call.id);
    for (const [path, body] of [
      ['/api/calls', { account_id: account, kind: 'risk', title: 'x' }],
      [`/api/calls/${call.id}/close`, { outcome: 'lost' }],
      ['/api/calls/bulk', { ids: [call.id], action: 'start' }],
      ['/api/tasks', { account_id: account, title: 'x' }],
    ] as const) {
      await post(path, body, 403, reader);
    }
  });
});

describe('a server that is killed', () => {
  test('has lost nothing of what it answered', async () => {
    const kept = await Promise.all(Array.from({ length: 20 }, () => open()));
    const closed = kept[0];
    await post(`/api/calls/${closed.id}/close`, { outcome: 'already_solved' });
    const before = await get('/api/calls?scope=all&limit=1000');
    await server.kill();
    server = await startServer({ data });
    await signAllIn();
    const after = await get('/api/calls?scope=all&limit=1000');
    expect(after.items.map(({ id }: any) => id)).toEqual(before.items.map(({ id }: any) => id));
    expect(after.items.map(({ id }: any) => id)).toEqual(expect.arrayContaining(kept.slice(1).map(({ id }) => id)));
    expect((await get(`/api/calls/${closed.id}`)).outcome).toBe('already_solved');
  });
});
