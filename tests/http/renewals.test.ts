// Renewals over HTTP, on the demo and on the contracts of a real kind of vendor (crm): the pipeline, what people say about
// it, the way back, what changed since, reasons that are merged, and who may do what.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, hasSharedData, root, run, type Server, sharedData, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const today = '2026-10-01';
const data = freshFolder();
let server: Server;
let admin: Client;
let csm: Client;
let reader: Client;

async function signedIn(email: string, on = server) {
  const client = new Client(on.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

async function add(role: string, folder = data) {
  const email = `${role.replace('_', '-')}@example.com`;
  const added = await run(['--data', folder, 'user', 'add', '--name', role, '--email', email, '--role', role], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  return email;
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '40', '--months', '30', '--seed', '5', '--until', '2026-10-02']);
  expect(demo.code, demo.stderr).toBe(0);
  const emails = [await add('admin'), await add('csm'), await add('read_only')];
  server = await startServer({ data });
  [admin, csm, reader] = (await Promise.all(emails.map((email) => signedIn(email)))) as [Client, Client, Client];
}, 180_000);
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

async function get(path: string, client = admin): Promise<any> {
  const answer = await client.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const sum = (items: any[], key: string) => items.reduce((total, item) => total + item[key].amount_minor, 0);
const filter = (...rules: object[]) => encodeURIComponent(JSON.stringify({ combinator: 'and', rules }));
const ahead = `/api/renewals?limit=1000&from=${today}&to=2027-09-30`;

async function openOne(): Promise<any> {
  const { items } = await get(`${ahead}&filter=${filter({ field: 'outcome', operator: '=', value: 'open' })}`);
  return items.at(-1);
}

describe('the pipeline', () => {
  test('adds up, in the list, by the filter, and on the board', async () => {
    const list = await get(ahead);
    expect(list.total).toBe(list.items.length);
    expect(list.total).toBeGreaterThan(10);
    for (const key of ['due', 'target', 'forecast']) expect(list.summary[key].amount_minor).toBe(sum(list.items, key));
    expect(list.items.map(({ due_day }: any) => due_day)).toEqual(list.items.map(({ due_day }: any) => due_day).toSorted());

    const board = await get(`/api/renewals/board?from=${today}&to=2027-09-30`);
    expect(board.columns.flatMap(({ items }: any) => items).length).toBe(list.total);
    expect(board.columns.reduce((total: number, { summary }: any) => total + summary.forecast.amount_minor, 0)).toBe(list.summary.forecast.amount_minor);
    for (const { key, items } of board.columns) {
      const filtered = key === 'decided' ? undefined : await get(`${ahead}&filter=${filter({ field: 'category', operator: '=', value: key }, { field: 'outcome', operator: '=', value: 'open' })}`);
      if (filtered) expect(filtered.items.map(({ id }: any) => id).toSorted()).toEqual(items.map(({ id }: any) => id).toSorted());
    }
    const months = await get(`/api/renewals/board?by=month&from=${today}&to=2027-09-30`);
    expect(months.columns.reduce((total: number, { items }: any) => total + items.length, 0)).toBe(list.total);
  });

  test('is what the contracts say', async () => {
    const renewal = await openOne();
    const one = await get(`/api/renewals/${renewal.id}`);
    const { items } = await get(`/api/accounts/${renewal.account.id}/subscriptions`);
    const ending = items.filter(({ end }: any) => end === renewal.due_day);
    expect(one.due_terms.length).toBe(ending.length);
    expect(one.due.amount_minor).toBe(12 * one.due_terms.reduce((total: number, { mrr }: any) => total + mrr.amount_minor, 0));
    expect(new Date(one.act_by).getUTCDay() % 6).not.toBe(0);
    const own = await get(`/api/accounts/${renewal.account.id}/renewals`);
    expect(own.items.map(({ id }: any) => id)).toContain(renewal.id);
  });

  test('carries the machine\'s view with its cases', async () => {
    const { machine, due } = await openOne();
    expect(machine.all_cases).toBeGreaterThanOrEqual(20);
    expect(machine.low).toBeLessThanOrEqual(machine.probability);
    expect(machine.high).toBeGreaterThanOrEqual(machine.probability);
    expect(machine.expected.amount_minor).toBeLessThanOrEqual(due.amount_minor);
    expect(machine.words.ja).toMatch(/件/);
  });

  test('refuses what does not fit', async () => {
    expect((await admin.get('/api/renewals?sort=colour')).body.errors[0].field).toBe('sort');
    expect((await admin.get(`/api/renewals?filter=${filter({ field: 'colour', operator: '=', value: 1 })}`)).status).toBe(400);
    expect((await admin.get('/api/renewals?from=2026-10-01&to=2026-09-01')).body.errors[0].field).toBe('to');
    expect((await admin.get('/api/renewals?as_of=2030-01-01')).body.errors[0].field).toBe('as_of');
    expect((await admin.get('/api/renewals/1-2026-01-01')).status).toBe(404);
    expect((await admin.get('/api/renewals/nonsense')).status).toBe(404);
  });
});

describe('what people say', () => {
  test('is kept with who and why, decides the forecast, and can be taken back', async () => {
    const before = await openOne();
    const changed = await csm.patch(`/api/renewals/${before.id}`, {
      category: 'commit', forecast_minor: 123_000, next_step: 'Send the quote', next_step_day: '2026-10-05', rise_percent: 5, why: 'after the call',
    });
    expect(changed.status, changed.text).toBe(200);
    expect(changed.body).toMatchObject({ category: 'commit', forecast_basis: 'person', input: { next_step: 'Send the quote', rise_percent: 5 } });
    expect(changed.body.forecast.amount_minor - changed.body.expansion.amount_minor).toBe(123_000);
    expect(changed.body.target.amount_minor).toBe(Math.round(before.due.amount_minor * 1.05));
    expect(changed.body.history.at(-1)).toMatchObject({ author: 'csm', why: 'after the call' });

    // A day earlier nobody had said so.
    const earlier = await get(`/api/renewals/${before.id}?as_of=2026-09-30`);
    expect(earlier.input.next_step).not.toBe('Send the quote');

    expect((await csm.post('/api/renewals/undo', { batch: changed.body.batch })).body).toEqual({ restored: 1, changed_since: 0 });
    expect((await get(`/api/renewals/${before.id}`)).input).toEqual(before.input);
  });

  test('of many at once is one step', async () => {
    const { items } = await get(`${ahead}&limit=3&sort=-due_day`);
    const ids = items.map(({ id }: any) => id);
    const done = await csm.post('/api/renewals/bulk', { ids, set: { category: 'at_risk', notes: 'together' } });
    expect(done.body.changed).toBe(3);
    for (const id of ids) expect((await get(`/api/renewals/${id}`)).input).toMatchObject({ category: 'at_risk', notes: 'together' });
    // What somebody changed since is left alone.
    await csm.patch(`/api/renewals/${ids[0]}`, { notes: 'mine' });
    expect((await csm.post('/api/renewals/undo', { batch: done.body.batch })).body).toEqual({ restored: 2, changed_since: 1 });
    expect((await get(`/api/renewals/${ids[0]}`)).input.notes).toBe('mine');
  });

  test('must make sense', async () => {
    const { id } = await openOne();
    const refused = await csm.patch(`/api/renewals/${id}`, { forecast_minor: -1 });
    expect(refused.body.errors[0].field).toBe('forecast_minor');
    expect((await csm.patch(`/api/renewals/${id}`, { category: 'surely' })).body.errors[0].field).toBe('category');
    expect((await csm.patch(`/api/renewals/${id}`, { reasons: ['no_such'] })).body.errors[0].field).toBe('reasons');
    expect((await csm.patch(`/api/renewals/${id}`, { owner_id: 12345 })).body.errors[0].field).toBe('owner_id');
    expect((await csm.post('/api/renewals/bulk', { ids: ['x'], set: {} })).body.errors[0].field).toBe('ids[0]');
    expect((await reader.patch(`/api/renewals/${id}`, { category: 'commit' })).status).toBe(403);
  });

  test('moves the forecast by as much as the changes since say', async () => {
    const { id } = await openOne();
    await csm.patch(`/api/renewals/${id}`, { forecast_minor: 55_000, why: 'budget was cut' });
    const changes = await get(`/api/renewals/changes?since=2026-09-24&from=${today}&to=2027-09-30`);
    expect(changes.before.amount_minor + sum(changes.items, 'change')).toBe(changes.after.amount_minor);
    expect(changes.after.amount_minor).toBe((await get(ahead)).summary.forecast.amount_minor);
    const mine = changes.items.find((item: any) => item.id === id);
    expect(mine.cause).toBe('person');
    expect(mine.people.at(-1)).toMatchObject({ author: 'csm', why: 'budget was cut' });
  });
});

describe('figures', () => {
  test('of renewal are capped and fit together', async () => {
    const { total, months } = await get('/api/renewals/rates');
    expect(total.due).toBe(total.renewed + total.lost);
    expect(total.renewal_rate).toBeLessThanOrEqual(1);
    expect(total.due).toBe(months.reduce((all: number, { due }: any) => all + due, 0));
    const { items } = await get('/api/renewals/churn-reasons');
    const lost = items.reduce((all: number, { churned, contracted }: any) => all + churned.amount_minor + contracted.amount_minor, 0);
    expect(lost).toBe(total.due_amount.amount_minor - total.renewed_amount.amount_minor);
  });

  test('of books are for leaders all, for others their own', async () => {
    const all = await get('/api/renewals/books');
    expect(all.items.length).toBeGreaterThan(3);
    expect((await get('/api/renewals/books', csm)).items).toEqual([]);
    const list = await get(`/api/renewals?from=${all.from}&to=${all.to}&limit=1`);
    expect(sum(all.items, 'due_amount')).toBe(list.summary.due.amount_minor);
    expect(sum(all.items, 'forecast')).toBe(list.summary.forecast.amount_minor);
  });

  test('come as a file', async () => {
    const file = await admin.get(`/api/renewals/export.csv?from=${today}&to=2027-09-30`);
    expect(file.text.trim().split('\r\n').length).toBe((await get(ahead)).total + 1);
    expect(file.headers.get('content-disposition')).toContain('renewals-2026-10-01.csv');
  });
});

test('an opportunity is put off, dismissed with a reason, or taken into the forecast', async () => {
  const { items } = await get('/api/renewals/opportunities?limit=1000');
  expect(items.length).toBeGreaterThan(0);
  expect(items.every(({ evidence, amount }: any) => evidence.length > 1 && amount.amount_minor > 0)).toBe(true);
  let taken: any;
  for (const item of items) {
    const next = (await get(`/api/accounts/${item.account.id}/renewals`)).next;
    if (next) { taken = { item, next }; break; }
  }
  const { account, kind, subject, amount } = taken.item;
  const about = { account_id: account.id, kind, subject };
  expect((await csm.post('/api/renewals/opportunities', { ...about, status: 'dismissed' })).body.errors[0].field).toBe('reason');
  expect((await csm.post('/api/renewals/opportunities', { ...about, status: 'snoozed', until: '2020-01-01' })).body.errors[0].field).toBe('until');
  expect((await csm.post('/api/renewals/opportunities', { ...about, status: 'converted', amount_minor: amount.amount_minor })).status).toBe(204);
  const after = await get(`/api/renewals/${taken.next.id}`);
  expect(after.expansion.amount_minor).toBe(taken.next.expansion.amount_minor + amount.amount_minor);
  expect(after.forecast.amount_minor).toBe(taken.next.forecast.amount_minor + amount.amount_minor);
  expect((await get('/api/renewals/opportunities?limit=1000')).total).toBe(items.length - 1);
  expect((await csm.post('/api/renewals/opportunities', { ...about, status: 'open' })).status).toBe(204);
  expect((await get('/api/renewals/opportunities?limit=1000')).total).toBe(items.length);
});

test('a reason that is merged leaves its uses to the other, and stays readable', async () => {
  const { id } = await openOne();
  expect((await csm.patch(`/api/renewals/${id}`, { category: 'lost', reasons: ['corporate_decision'] })).status).toBe(200);
  const before = (await get('/api/renewals/reasons')).items;
  const uses = (items: any[], key: string) => items.find((item) => item.key === key).uses;
  expect((await csm.post('/api/renewals/reasons/corporate_decision/merge', { into: 'other' })).status).toBe(403);
  const merged = await admin.post('/api/renewals/reasons/corporate_decision/merge', { into: 'other' });
  expect(merged.body.moved).toBe(uses(before, 'corporate_decision'));
  const after = (await get('/api/renewals/reasons')).items;
  expect(uses(after, 'other')).toBe(uses(before, 'other') + merged.body.moved);
  expect(after.find(({ key }: any) => key === 'corporate_decision')).toMatchObject({ retired: true, name: { ja: '経営判断・組織再編' } });
  expect((await get(`/api/renewals/${id}`)).input.reasons).toEqual(['other']);
  expect((await csm.patch(`/api/renewals/${id}`, { reasons: ['corporate_decision'] })).body.errors[0].field).toBe('reasons');
});

test('business days leave out holidays and the company\'s own days off', async () => {
  const set = await admin.put('/api/renewals/calendar', { holidays: 'weekends_only', days_off: ['2026-12-30'] });
  expect(set.body).toEqual({ holidays: 'weekends_only', days_off: ['2026-12-30'] });
  expect((await csm.put('/api/renewals/calendar', { holidays: 'japan', days_off: [] })).status).toBe(403);
  expect((await admin.put('/api/renewals/calendar', { holidays: 'mars', days_off: ['x'] })).status).toBe(400);
  expect((await admin.put('/api/renewals/calendar', { holidays: 'japan', days_off: [] })).status).toBe(200);
});

test('a calendar can show on which days nobody works, and why', async () => {
  await admin.put('/api/renewals/calendar', { holidays: 'japan', days_off: ['2026-11-24'] });
  const { items } = await get('/api/renewals/calendar/free-days?from=2026-11-20&to=2026-11-25');
  expect(items).toEqual([
    { day: '2026-11-21', kind: 'weekend', name: null },
    { day: '2026-11-22', kind: 'weekend', name: null },
    { day: '2026-11-23', kind: 'holiday', name: { en: 'Labour Thanksgiving Day', ja: '勤労感謝の日' } },
    { day: '2026-11-24', kind: 'day_off', name: null },
  ]);
  await admin.put('/api/renewals/calendar', { holidays: 'weekends_only', days_off: [] });
  expect((await get('/api/renewals/calendar/free-days?from=2026-11-23&to=2026-11-24')).items).toEqual([]);
  expect((await csm.get('/api/renewals/calendar/free-days?from=2026-11-23')).status).toBe(400);
  expect((await csm.get('/api/renewals/calendar/free-days?from=2026-01-01&to=2028-01-01')).status).toBe(400);
  await admin.put('/api/renewals/calendar', { holidays: 'japan', days_off: [] });
});

interface Row {
  account: string;
  product: string;
  start: number;
  end: number;
}

// Counted from the file itself: the days on which an account's contracts end, and those on which none of their products
// goes on within 90 days and none begins anew.
function countCrm(from: string, to: string): { due: number; lost: number } {
  const day = (text: string) => Date.parse(`${text}T00:00:00Z`) / 86_400_000;
  const [head, ...lines] = readFileSync(join(sharedData, 'crm/subscription.csv'), 'utf8').trim().split(/\r?\n/);
  const names = head!.split(',');
  const rows = lines.map((line): Row => {
    const cells = Object.fromEntries(line.split(',').map((cell, index) => [names[index]!, cell]));
    return { account: cells.account_id!, product: cells.product!, start: day(cells.start_date!), end: day(cells.end_date!) };
  });
  const byAccount = Map.groupBy(rows, ({ account }) => account);
  let due = 0;
  let lost = 0;
  for (const own of byAccount.values()) {
    for (const [end, ending] of Map.groupBy(own, (row) => row.end)) {
      if (end < day(from) || end > day(to)) continue;
      due += 1;
      const products = new Set(ending.map(({ product }) => product));
      const first = Math.min(...ending.map(({ start }) => start));
      const follows = own.some(
        (row) =>
          row.start > first && row.end > end &&
          ((products.has(row.product) && Math.abs(row.start - end) <= 90) ||
            (row.start === end && !own.some((other) => other.product === row.product && other.start < end && other.end >= end))),
      );
      lost += follows ? 0 : 1;
    }
  }
  return { due, lost };
}

test.skipIf(!hasSharedData)('the contracts of crm: what follows is renewed, what ends is lost', async () => {
  const folder = freshFolder();
  const email = await add('admin', folder);
  const steps = [
    ['workspace', '--currency', 'USD', '--timezone', 'UTC', '--book-day', '2023-12-31'],
    ...[['accounts', 'account.csv'], ['subscriptions', 'subscription.csv']].map(([kind, file]) => [
      'import', join(sharedData, 'crm', file!), '--as', kind!, '--map', join(root, `docs/guide/maps/crm-${kind}.json`),
    ]),
    ['evaluate'],
  ];
  for (const step of steps) {
    const done = await run(['--data', folder, ...step]);
    expect(done.code, done.stderr + done.stdout).toBe(0);
  }
  const other = await startServer({ data: folder });
  try {
    const client = await signedIn(email, other);
    const rates = (await client.get('/api/renewals/rates?from=2022-02-01&to=2023-12-01')).body;
    const expected = countCrm('2022-02-01', '2023-12-01');
    expect(rates.total).toMatchObject(expected);
    expect(rates.total.renewal_rate).toBeLessThanOrEqual(1);
    const { items } = (await client.get('/api/renewals?from=2024-01-01&to=2024-03-31&limit=1')).body;
    expect(items[0].machine.all_cases).toBeGreaterThan(expected.due);
  } finally {
    await other.stop();
    rmSync(folder, { recursive: true, force: true });
  }
}, 120_000);
