// The scored book of a simulated vendor over HTTP: the book page, account health and its walk, definitions, views, home.
// Wherever possible the expectation is worked out here from another answer of the server.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password, signIn } from '../support/client.ts';

const data = freshFolder();
const until = '2026-10-01';
const bookDay = '2026-09-30';
let server: Server;
let admin: Client;
let fields: any[];
let rows: any[]; // the whole book with every column

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '40', '--months', '12', '--seed', '3', '--until', until]);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', 'book@example.com', '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = new Client(server.url);
  expect((await admin.post('/api/session', { email: 'book@example.com', password })).status).toBe(200);
  fields = (await admin.get('/api/book/fields')).body.items;
  rows = (await page(`limit=1000&columns=${extraColumns()}`)).items;
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const extraColumns = () => fields.map((field) => field.key).filter((key) => key.includes('.')).join(',');
const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);
const ids = (items: any[]) => items.map((item) => item.id).sort();

async function page(query: string): Promise<any> {
  const answer = await admin.get(`/api/book?${query}`);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}
const rule = (field: string, operator: string, value?: unknown) => ({ combinator: 'and', rules: [{ field, operator, ...(value === undefined ? {} : { value }) }] });
const filtered = (group: object, more = '') => page(`limit=1000&filter=${encodeURIComponent(JSON.stringify(group))}${more}`);

// The value of a row under a field as conditions see it; null where missing.
function valueOf(row: any, key: string): any {
  const [family, ...rest] = key.split('.');
  const name = rest.join('.');
  const value =
    family === 'measure' ? row.measures[name] : family === 'group' ? row.groups[name] : family === 'attribute' ? row.attributes[name]
    : key === 'owner' ? row.owner && String(row.owner.id ?? row.owner.name)
    : key === 'utilisation' ? row.utilisation && row.utilisation * 100
    : row[key];
  return value?.amount_minor !== undefined ? value.amount_minor : (value ?? null); // the demo's JPY has no minor unit
}

const comparisons: Record<string, (value: any, wanted: any) => boolean> = {
  '=': (a, b) => a === b,
  '<': (a, b) => a < b,
  '<=': (a, b) => a <= b,
  '>': (a, b) => a > b,
  '>=': (a, b) => a >= b,
  between: (a, [low, high]) => a >= low && a <= high,
  in: (a, list) => list.includes(a),
  contains: (a, b) => a.includes(b),
  beginsWith: (a, b) => a.startsWith(b),
  endsWith: (a, b) => a.endsWith(b),
  withinDays: (a, { days, direction }) =>
    direction === 'next' ? a >= bookDay && a <= plusDays(bookDay, days) : a <= bookDay && a >= plusDays(bookDay, -days),
};
const negations: Record<string, string> = {
  '!=': '=', notBetween: 'between', notIn: 'in', doesNotContain: 'contains', doesNotBeginWith: 'beginsWith', doesNotEndWith: 'endsWith', notWithinDays: 'withinDays',
};
// A missing value satisfies the negative operators and null, and no other.
function holds(value: any, operator: string, wanted: any): boolean {
  if (operator === 'null') return value === null;
  if (operator === 'notNull') return value !== null;
  if (operator in negations) return value === null || !comparisons[negations[operator]!]!(value, wanted);
  return value !== null && comparisons[operator]!(value, wanted);
}

// Operands taken from the values that occur, so that most conditions part the book.
function operandFor(field: any, operator: string): unknown {
  const values = rows.map((row) => valueOf(row, field.key)).filter((value) => value !== null);
  values.sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
  const at = (share: number) => values[Math.floor((values.length - 1) * share)];
  const family = negations[operator] ?? operator;
  if (family === 'null' || family === 'notNull') return undefined;
  if (family === 'withinDays') return { days: 60, direction: at(0.5) > bookDay ? 'next' : 'last' };
  if (family === 'between') return [at(0.25), at(0.75)];
  if (family === 'in') return [...new Set([at(0.1), at(0.6)])];
  return at(0.5);
}

describe('the book page', () => {
  test('covers every account once, page by page, in one order', async () => {
    expect(rows.length).toBe(40);
    for (const sort of ['name', '-arr,name', 'level,-score', '-renewal_day', 'owner,-seats,external_id', 'measure.events_28d']) {
      const whole = (await page(`limit=1000&sort=${sort}`)).items.map((row: any) => row.id);
      const paged: number[] = [];
      for (let offset = 0; offset < 40; offset += 7) paged.push(...(await page(`limit=7&offset=${offset}&sort=${sort}`)).items.map((row: any) => row.id));
      expect(new Set(paged).size, sort).toBe(40);
      expect(paged, sort).toEqual(whole);
    }
    expect((await page('limit=5&offset=40')).items).toEqual([]);
  });

  test('sorts up and down, with what is missing last', async () => {
    for (const key of ['arr', 'score', 'renewal_day', 'last_meeting_day', 'measure.latest_nps', 'group.adoption', 'score_change_28d', 'utilisation']) {
      for (const down of [false, true]) {
        const values = (await page(`limit=1000&columns=${extraColumns()}&sort=${down ? '-' : ''}${key}`)).items.map((row: any) => valueOf(row, key));
        const present = values.filter((value: any) => value !== null);
        expect(values.slice(0, present.length), `${key} ${down}`).toEqual(present);
        const sorted = [...present].sort((a, b) => (a < b ? -1 : a > b ? 1 : 0));
        expect(present, `${key} ${down}`).toEqual(down ? sorted.reverse() : sorted);
      }
    }
  });

  test('the summary is the sum of the rows, also of a selection', async () => {
    const check = (answer: any) => {
      const arr = answer.items.reduce((sum: number, row: any) => sum + row.arr.amount_minor, 0);
      expect(answer.summary).toMatchObject({ accounts: answer.items.length, arr: { amount_minor: arr } });
      expect(answer.total).toBe(answer.items.length);
      for (const [level, totals] of Object.entries<any>(answer.summary.levels)) {
        const members = answer.items.filter((row: any) => (row.level ?? 'none') === level);
        expect(totals.count, level).toBe(members.length);
        expect(totals.arr.amount_minor, level).toBe(members.reduce((sum: number, row: any) => sum + row.arr.amount_minor, 0));
      }
    };
    check(await page('limit=1000'));
    const selection = await filtered(rule('arr', '>', 100_000));
    check(selection);
    expect(selection.total).toBeLessThan(40);
    const some = rows.slice(3, 9).map((row) => row.id);
    const summary = (await admin.get(`/api/book/summary?ids=${some.join(',')}`)).body;
    expect(summary).toEqual((await page(`limit=1000&ids=${some.join(',')}`)).summary);
    expect(summary.accounts).toBe(6);
  });

  test('every operator of every field selects what it says', async () => {
    const timeOperators = [
      'fellByPercent',
      'roseByPercent',
      'forDays',
      'crossedBelow',
      'crossedAbove',
      'worsenedWithin',
      'improvedWithin',
    ];
    const tried = new Set<string>();
    for (const field of fields) {
      if (rows.every((row) => valueOf(row, field.key) === null)) continue;
      for (const operator of field.operators.filter((each: string) => !timeOperators.includes(each))) {
        // Texts are compared without regard to script and case: one text field's operators are enough, on plain ids.
        if (field.type === 'text' && field.key !== 'external_id') continue;
        // The same operators of the same type take the same way through the server.
        if (tried.has(`${field.type} ${operator} ${field.group}`)) continue;
        tried.add(`${field.type} ${operator} ${field.group}`);
        const operand = operandFor(field, operator);
        const expected = rows.filter((row) => holds(valueOf(row, field.key), operator, operand));
        const found = await filtered(rule(field.key, operator, operand));
        expect(ids(found.items), `${field.key} ${operator} ${JSON.stringify(operand)}`).toEqual(ids(expected));
      }
    }
    for (const family of ['number =', 'money between', 'day withinDays', 'choice notIn', 'text endsWith']) {
      expect([...tried].some((each) => each.startsWith(family)), family).toBe(true);
    }
  });

  test('falls, rises and what held for days are read from the history', async () => {
    const from = plusDays(bookDay, -28);
    const histories = new Map<number, (number | null)[]>();
    for (const row of rows) {
      const history = (await admin.get(`/api/accounts/${row.id}/health/history?from=${from}&to=${bookDay}&step=day`)).body;
      expect(history.days.at(-1)).toBe(bookDay);
      histories.set(row.id, history.score);
    }
    const change = (row: any) => {
      const scores = histories.get(row.id)!;
      const [before, now] = [scores[0], scores.at(-1)];
      return scores.length < 29 || before == null || now == null ? null : ((now - before) / before) * 100;
    };
    const clearlyNot = (value: number | null, edge: number) => value !== null && Math.abs(value - edge) < 0.5; // rounded scores cannot tell
    for (const [operator, edge, test] of [
      ['fellByPercent', -5, (percent: number) => percent <= -5],
      ['roseByPercent', 5, (percent: number) => percent >= 5],
    ] as const) {
      const found = ids((await filtered(rule('score', operator, { percent: 5, days: 28 }))).items);
      for (const row of rows) {
        const percent = change(row);
        if (!clearlyNot(percent, edge)) expect(found.includes(row.id), `${operator} ${row.name} ${percent}`).toBe(percent !== null && test(percent));
      }
    }
    const low = ids((await filtered(rule('score', 'forDays', { days: 14, operator: '<', value: 60 }))).items);
    for (const row of rows) {
      const last = histories.get(row.id)!.slice(-14);
      expect(low.includes(row.id), row.name).toBe(last.length === 14 && last.every((score) => score !== null && score < 60));
    }
  });

  test('groups nest, negate and combine', async () => {
    const group = {
      combinator: 'or',
      rules: [
        { field: 'level', operator: '=', value: 'critical' },
        { combinator: 'and', not: true, rules: [{ field: 'country', operator: '=', value: 'JP' }, { field: 'seats', operator: '<', value: 1000 }] },
      ],
    };
    const expected = rows.filter((row) => row.level === 'critical' || !(row.country === 'JP' && row.seats < 1000));
    expect(ids((await filtered(group)).items)).toEqual(ids(expected));
    expect((await filtered({ combinator: 'and', rules: [] })).total).toBe(40);
  });

  test('search finds by name, reading in any script, and id', async () => {
    const japanese = rows.find((row) => /^株式会社/.test(row.name));
    const reading = (await admin.get(`/api/accounts/${japanese.id}`)).body.reading as string;
    const hiragana = [...reading].map((c) => (c >= 'ァ' && c <= 'ヶ' ? String.fromCharCode(c.charCodeAt(0) - 0x60) : c)).join('');
    for (const words of [japanese.name, japanese.name.slice(4, 7), reading, hiragana, japanese.external_id.toLowerCase()]) {
      expect(ids((await page(`limit=1000&q=${encodeURIComponent(words)}`)).items), words).toContain(japanese.id);
    }
    const latin = rows.find((row) => /^[A-Z][a-z]+ /.test(row.name));
    expect(ids((await page(`limit=1000&q=${encodeURIComponent(latin.name.slice(0, 8).toUpperCase())}`)).items)).toContain(latin.id);
    expect((await page(`q=${encodeURIComponent('存在しない顧客')}`)).total).toBe(0);
  });

  test('bad questions are refused with the place of the fault', async () => {
    const bad = async (query: string) => {
      const answer = await admin.get(`/api/book?${query}`);
      expect(answer.status, `${query}: ${answer.text}`).toBe(400);
      return answer.body.errors?.[0]?.field as string | undefined;
    };
    const ask = (group: unknown) => bad(`filter=${encodeURIComponent(JSON.stringify(group))}`);
    expect(await ask(rule('colour', '=', 1))).toContain('rules[0].field');
    expect(await ask(rule('arr', 'sounds', 1))).toContain('rules[0].operator');
    expect(await ask(rule('arr', '=', 'much'))).toContain('rules[0].value');
    expect(await ask(rule('renewal_day', '=', '2026-02-30'))).toContain('rules[0].value');
    await bad('filter=%7B');
    await bad('sort=colour');
    await bad('limit=1001');
    await bad('limit=-1');
    await bad('offset=x');
    await bad('as_of=2026-13-01');
    await bad('ids=1,x');
    let deep: object = rule('arr', '>', 1);
    for (let i = 0; i < 40; i += 1) deep = { combinator: 'and', rules: [deep] };
    const answer = await admin.get(`/api/book?filter=${encodeURIComponent(JSON.stringify(deep))}`);
    expect([400, 413]).toContain(answer.status);
  });
});

describe('an earlier day', () => {
  const day = '2026-04-15';

  test('shows what was known then, and the scores of the accounts then', async () => {
    const then = await page(`limit=1000&as_of=${day}`);
    expect(then.as_of).toBe(day);
    expect(then.total).toBeGreaterThan(10);
    for (const row of then.items) {
      for (const key of ['created_day', 'last_activity_day', 'last_meeting_day']) {
        if (row[key] !== null) expect(row[key] <= day, `${row.name} ${key} ${row[key]}`).toBe(true);
      }
    }
    for (const row of then.items.slice(0, 12)) {
      const health = (await admin.get(`/api/accounts/${row.id}/health?as_of=${day}`)).body;
      expect(health.score, row.name).toBe(row.score);
      expect(health.level, row.name).toBe(row.level);
      const history = (await admin.get(`/api/accounts/${row.id}/health/history?from=${day}&to=${day}&step=day`)).body;
      if (row.score === null) expect(history.score[0] ?? null).toBeNull();
      else expect(Math.abs(history.score[0] - row.score), row.name).toBeLessThan(0.06);
    }
    // Contracts that were known to begin later are not yet worth anything.
    const row = then.items[0];
    const contracts = (await admin.get(`/api/accounts/${row.id}/subscriptions?as_of=${day}`)).body;
    expect(contracts.totals.arr).toEqual(row.arr);
  });

  test('does not reach beyond what was known: accounts won later are missing', async () => {
    const early = '2026-01-31';
    const later = rows.filter((row) => row.created_day > early);
    expect(later.length).toBeGreaterThan(0);
    const then = ids((await page(`limit=1000&as_of=${early}`)).items);
    for (const row of later) expect(then, row.name).not.toContain(row.id);
    expect((await admin.get(`/api/accounts/${later[0].id}/health?as_of=${early}`)).status).toBe(404);
    expect((await admin.get(`/api/accounts/${later[0].id}?as_of=${early}`)).status).toBe(404);
  });
});

describe('a score', () => {
  test('is the sum of its contributions, and its change the sum of its parts', async () => {
    let changes = 0;
    for (const row of rows) {
      const health = (await admin.get(`/api/accounts/${row.id}/health`)).body;
      expect(health.score).toBe(row.score);
      if (health.score === null) continue;
      const measures = health.groups.flatMap((group: any) => group.measures);
      const sum = (items: any[], key: string) => items.reduce((total, item) => total + item[key], 0);
      expect(Math.abs(sum(measures, 'contribution') - health.score), row.name).toBeLessThan(0.0001 * measures.length);
      expect(Math.abs(sum(health.groups, 'contribution') - health.score), row.name).toBeLessThan(0.0001 * measures.length);
      expect(Math.abs(sum(measures, 'effective_weight') - 1), row.name).toBeLessThan(0.01);
      for (const measure of measures) {
        if (measure.state !== 'ok') expect(measure.missing_reason?.ja, measure.key).toMatch(/[ぁ-ん]/);
        if (measure.newest_fact_day) expect(measure.newest_fact_day <= bookDay).toBe(true);
      }
      if (health.change_28d) {
        changes += 1;
        const change = health.change_28d;
        const difference = change.to_score - change.from_score;
        expect(Math.abs(sum(change.parts, 'delta') - difference), row.name).toBeLessThan(0.0001 * (change.parts.length + 2));
        expect(change.to_score).toBe(health.score);
        const before = (await admin.get(`/api/accounts/${row.id}/health?as_of=${change.from_day}`)).body;
        expect(before.score, row.name).toBe(change.from_score);
      }
    }
    expect(changes).toBeGreaterThan(20);
  });

  test('is walked down to rows and raw events that count up to it', async () => {
    const busiest = [...rows].sort((a, b) => (b.active_users_28d ?? 0) - (a.active_users_28d ?? 0));
    const account = busiest[Math.floor(rows.length / 2)];
    const walk = async (key: string) => {
      const items: any[] = [];
      let answer: any;
      do {
        answer = (await admin.get(`/api/accounts/${account.id}/health/measures/${key}?limit=1000&offset=${items.length}`)).body;
        items.push(...answer.rows.items);
      } while (items.length < answer.rows.total && answer.rows.items.length > 0);
      expect(items.length, key).toBe(answer.rows.total);
      for (const row of items) if (row.day) expect(row.day >= answer.window.from && row.day <= answer.window.to, `${key} ${row.day}`).toBe(true);
      return { value: answer.value, items, window: answer.window };
    };
    const distinct = (items: any[], key: string) => new Set(items.map((item) => item[key])).size;
    const users = await walk('active_users_28d');
    expect(users.value).toBeGreaterThan(0);
    expect(distinct(users.items, 'user_key')).toBe(users.value);
    expect(account.active_users_28d).toBe(users.value);
    const week = await walk('active_users_7d');
    expect(distinct(week.items, 'user_key')).toBe(week.value);
    const events = await walk('events_28d');
    expect(events.items.reduce((sum, item) => sum + item.events, 0)).toBe(events.value);
    const days = await walk('days_active_28d');
    expect(distinct(days.items, 'day')).toBe(days.value);
    const features = await walk('features_used_28d');
    expect(distinct(features.items, 'feature')).toBe(features.value);
    for (const row of users.items.slice(0, 8)) {
      const raw = await admin.get(`/api/accounts/${account.id}/events?limit=1000&user_key=${encodeURIComponent(row.user_key)}&day=${row.day}&feature=${encodeURIComponent(row.feature)}`);
      expect(raw.body.total, JSON.stringify(row)).toBe(row.events);
      for (const event of raw.body.items) expect(event).toMatchObject({ user_key: row.user_key, event: row.feature });
    }
    // What a person did not do, such as a notification delivered, is no use: the measure leaves it out.
    const passive = (await admin.get('/api/features')).body.items.filter((feature: any) => !feature.is_active).map((feature: any) => feature.key);
    const span = `from=${events.window.from}&to=${events.window.to}`;
    const counted = async (more: string) => (await admin.get(`/api/accounts/${account.id}/events?${span}&limit=1${more}`)).body.total;
    let expected = await counted('');
    for (const key of passive) expected -= await counted(`&feature=${encodeURIComponent(key)}`);
    expect(passive).not.toEqual([]);
    expect(events.value).toBe(expected);
  });

  test('walks to meetings and tickets as well', async () => {
    let seen = 0;
    for (const row of rows.slice(0, 15)) {
      for (const key of ['meetings_90d', 'open_tickets']) {
        const answer = (await admin.get(`/api/accounts/${row.id}/health/measures/${key}?limit=1000`)).body;
        if (answer.value === null) continue;
        expect(answer.rows.total, `${row.name} ${key}`).toBe(answer.value);
        seen += answer.value;
      }
    }
    expect(seen).toBeGreaterThan(0);
    expect((await admin.get(`/api/accounts/${rows[0].id}/health/measures/nothing`)).status).toBe(404);
    expect((await admin.get('/api/accounts/12345/health')).status).toBe(404);
  });
});

// Cells of a CSV as a spreadsheet reads them.
function cellsOf(csv: string): string[][] {
  const table: string[][] = [[]];
  for (const match of csv.matchAll(/("(?:[^"]|"")*"|[^,\r\n]*)(,|\r?\n|$)/g)) {
    const cell = match[1]!.startsWith('"') ? match[1]!.slice(1, -1).replaceAll('""', '"') : match[1]!;
    table.at(-1)!.push(cell);
    if (match[2]! !== ',') table.push([]);
    if (match[2] === '') break;
  }
  return table.filter((row) => row.length > 1);
}

async function download(path: string, client = admin): Promise<{ bytes: Uint8Array; text: string }> {
  const cookies = (client as unknown as { cookies: Map<string, string> }).cookies;
  const response = await fetch(server.url + path, { headers: { cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; ') } });
  expect(response.status).toBe(200);
  const bytes = new Uint8Array(await response.arrayBuffer());
  return { bytes, text: new TextDecoder().decode(bytes) };
}

test('the CSV has the rows of the pages, a byte order mark and a header', async () => {
  const filter = encodeURIComponent(JSON.stringify(rule('arr', '>', 100_000)));
  const wanted = (await page(`limit=1000&sort=-arr,name&filter=${filter}`)).items;
  const { bytes, text } = await download(`/api/book/export.csv?sort=-arr,name&filter=${filter}&columns=name,external_id,score,arr,renewal_day,measure.events_28d`);
  expect([...bytes.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  const [header, ...lines] = cellsOf(text);
  expect(header!.slice(0, 2)).toEqual(['Name', 'External ID']);
  expect(lines.map((line) => line[1])).toEqual(wanted.map((row: any) => row.external_id));
  expect(lines.map((line) => line[0])).toEqual(wanted.map((row: any) => row.name));
  const arr = header!.findIndex((cell) => cell.startsWith('ARR'));
  expect(lines.map((line) => Number(line[arr]))).toEqual(wanted.map((row: any) => row.arr.amount_minor));
});

test('views belong to their maker or to the team', async () => {
  const [anna, ben, leader, reader] = await Promise.all([signIn(admin, 'csm'), signIn(admin, 'csm'), signIn(admin, 'leader'), signIn(admin, 'read_only')]);
  const query = { filter: rule('level', '=', 'critical'), sort: '-arr', columns: ['score'], q: '' };
  const mine = await anna.post('/api/views', { name: '要注意', scope: 'mine', query });
  expect(mine.status, mine.text).toBe(201);
  const seenBy = async (client: Client) => (await client.get('/api/views')).body.items.map((view: any) => view.id);
  expect(await seenBy(anna)).toContain(mine.body.id);
  expect((await anna.get('/api/views')).body.items.find((view: any) => view.id === mine.body.id)).toMatchObject({ name: '要注意', mine: true, changeable: true, query });
  expect(await seenBy(ben)).not.toContain(mine.body.id);
  expect((await ben.patch(`/api/views/${mine.body.id}`, { name: 'Stolen' })).status).toBe(404);
  expect((await ben.delete(`/api/views/${mine.body.id}`)).status).toBe(404);
  const team = await leader.post('/api/views', { name: 'Team', scope: 'team', query });
  expect(team.status, team.text).toBe(201);
  expect(await seenBy(reader)).toContain(team.body.id);
  expect((await reader.patch(`/api/views/${team.body.id}`, { name: 'Mine now' })).status).toBe(403);
  expect((await leader.patch(`/api/views/${team.body.id}`, { name: 'Team 2' })).body.name).toBe('Team 2');
  expect((await anna.post('/api/views', { name: '', scope: 'mine', query })).body.errors[0].field).toBe('name');
  expect((await anna.post('/api/views', { name: 'X', scope: 'world', query })).body.errors[0].field).toBe('scope');
  expect((await anna.delete(`/api/views/${mine.body.id}`)).status).toBe(204);
  expect(await seenBy(anna)).not.toContain(mine.body.id);
});

test('home tells the movers, renewals and the silent of the same book', async () => {
  const home = (await admin.get('/api/home')).body;
  expect(home.totals).toEqual((await page('limit=1')).summary);
  for (const row of home.movers_up) expect(row.score_change_28d).toBeGreaterThan(0);
  for (const row of home.movers_down) expect(row.score_change_28d).toBeLessThan(0);
  const inHorizon = rows.filter((row) => row.renewal_day && row.renewal_day >= bookDay && row.renewal_day <= plusDays(bookDay, home.renewal_horizon_days));
  expect(home.renewals_total).toBe(inHorizon.length);
  expect(home.renewals_arr.amount_minor).toBe(inHorizon.reduce((sum, row) => sum + row.arr.amount_minor, 0));
  expect(home.renewals.map((row: any) => row.renewal_day)).toEqual(home.renewals.map((row: any) => row.renewal_day).sort());
  for (const row of home.silent) if (row.last_activity_day) expect(row.last_activity_day <= plusDays(bookDay, -home.silent_after_days)).toBe(true);
  expect(home.freshness.find((each: any) => each.source === 'usage')).toMatchObject({ status: 'ok', last_at: bookDay });
  const early = (await admin.get('/api/home?as_of=2026-04-15')).body;
  expect(early.totals).toEqual((await page('limit=1&as_of=2026-04-15')).summary);
});

test('definitions are drafted, previewed, published with a reason, and rolled back', async () => {
  const [leader, csm] = await Promise.all([signIn(admin, 'leader'), signIn(admin, 'csm')]);
  const path = '/api/definitions/scorecard/health';
  const before = (await leader.get(path)).body;
  const account = rows.find((row) => row.score !== null && row.level !== 'thriving');
  const scoreNow = async () => (await leader.get(`/api/accounts/${account.id}/health`)).body;
  const first = await scoreNow();
  const body = structuredClone(before.body);
  body.groups[0].weight = 90;
  for (const group of body.groups.slice(1)) group.weight = 1;

  for (const refused of [await csm.put(`${path}/draft`, body), await csm.post(`${path}/publish`, { why: 'x' }), await csm.post('/api/evaluation')]) expect(refused.status).toBe(403);
  const broken = await leader.put(`${path}/draft`, { ...body, groups: [{ ...body.groups[0], weight: -1 }] });
  expect(broken.status).toBe(400);
  expect(broken.body.errors[0].field).toContain('groups[0].weight');

  const preview = await leader.post('/api/definitions/preview', { kind: 'scorecard', key: 'health', body });
  expect(preview.status, preview.text).toBe(200);
  const count = (levels: any[]) => levels.reduce((sum, level) => sum + level.count, 0);
  expect([count(preview.body.before), count(preview.body.after)]).toEqual([40, 40]);
  expect(preview.body.moved_total).toBeGreaterThan(0);
  expect((await scoreNow()).score).toBe(first.score);

  expect((await leader.put(`${path}/draft`, body)).body).toMatchObject({ draft: true, version: before.version });
  expect((await scoreNow()).score).toBe(first.score);
  const differences = (await leader.get(`${path}/diff`)).body.items;
  expect(differences.map((each: any) => each.path)).toContain('groups[adoption].weight');
  const published = await leader.post(`${path}/publish`, { why: '定着度を重視する' });
  expect(published.body).toMatchObject({ version: before.version + 1, draft: false });

  const job = await leader.post('/api/evaluation');
  expect(job.status).toBe(202);
  expect((await leader.jobDone(job.body.job_id)).state).toBe('done');
  const second = await scoreNow();
  expect(second.scorecard.version).toBeGreaterThan(first.scorecard.version);
  expect(second.score).not.toBe(first.score);
  const moved = preview.body.moved.find((each: any) => each.id === account.id);
  if (moved) expect(second.score).toBeCloseTo(moved.score_after, 3);
  const after = (await leader.get('/api/book?limit=1')).body.summary.levels;
  for (const level of preview.body.after) expect(after[level.level ?? 'none']?.count ?? 0, level.level).toBe(level.count);

  const versions = (await leader.get(`${path}/versions`)).body.items;
  expect(versions[0]).toMatchObject({ version: before.version + 1, author: { name: 'leader' } });
  expect(JSON.stringify(versions[0].why)).toContain('定着度を重視する');
  expect((await csm.post(`${path}/rollback`, { version: before.version })).status).toBe(403);
  const back = await leader.post(`${path}/rollback`, { version: before.version, why: 'back' });
  expect(back.body).toMatchObject({ version: before.version + 2, body: before.body });
  expect((await leader.post(`${path}/rollback`, { version: 99 })).status).toBeGreaterThanOrEqual(400);
  await vi.waitFor(async () => expect((await scoreNow()).score).toBe(first.score), { timeout: 20_000, interval: 200 });
});
