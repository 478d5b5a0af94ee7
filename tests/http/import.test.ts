// "Bring your spreadsheet" over HTTP: upload in parts, look, map, dry run, import, mend, undo.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { root, type Server, startServer } from '../support/banso.ts';
import { Client, password, setUp, signIn } from '../support/client.ts';

let server: Server;
let admin: Client;
let csm: Client;

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url);
  csm = await signIn(admin, 'csm');
});
afterAll(() => server.stop());

// What Japanese Excel writes. The platform only decodes CP932, so its table is turned around.
function cp932(text: string): Uint8Array {
  const decoder = new TextDecoder('shift_jis');
  const bytesOf = new Map<string, number[]>();
  for (let lead = 0x81; lead <= 0xfc; lead += 1) {
    if (lead >= 0xa0 && lead <= 0xdf) continue;
    for (let trail = 0x40; trail <= 0xfc; trail += 1) {
      const character = decoder.decode(Uint8Array.of(lead, trail));
      if (!character.includes('\ufffd') && [...character].length === 1 && !bytesOf.has(character)) bytesOf.set(character, [lead, trail]);
    }
  }
  const bytes: number[] = [];
  for (const character of text) {
    const code = character.codePointAt(0)!;
    const found = code < 0x80 ? [code] : bytesOf.get(character);
    if (!found) throw new Error(`${character} is not in CP932`);
    for (const byte of found) bytes.push(byte);
  }
  return Uint8Array.from(bytes);
}

const partBytes = 4 << 20;
const utf8 = (text: string) => new TextEncoder().encode(text);

async function upload(client: Client, name: string, bytes: Uint8Array, partOrder: 'forwards' | 'backwards' = 'forwards'): Promise<number> {
  const made = await client.post('/api/uploads', { name, size_bytes: bytes.length });
  expect(made.status, made.text).toBe(201);
  const { id, part_bytes } = made.body;
  const parts = Array.from({ length: Math.ceil(bytes.length / part_bytes) }, (_, index) => index);
  for (const part of partOrder === 'forwards' ? parts : parts.reverse()) {
    const sent = await client.put(`/api/uploads/${id}/parts/${part}`, bytes.subarray(part * part_bytes, (part + 1) * part_bytes));
    expect(sent.status, sent.text).toBe(204);
  }
  return id;
}

async function newImport(client: Client, name: string, bytes: Uint8Array, kind = 'accounts', options?: object): Promise<any> {
  const made = await client.post('/api/imports', { upload_id: await upload(client, name, bytes), kind, ...(options ? { options } : {}) });
  expect(made.status, made.text).toBe(201);
  return made.body;
}

const cookieOf = (client: Client) => ({
  cookie: [...(client as unknown as { cookies: Map<string, string> }).cookies].map(([name, value]) => `${name}=${value}`).join('; '),
});

// Starts the work and waits for its end; gives the import as it then is.
async function work(client: Client, id: number, verb: 'dry-run' | 'run' | 'undo'): Promise<any> {
  const started = await client.post(`/api/imports/${id}/${verb}`);
  expect(started.status, started.text).toBe(202);
  const job = await client.jobDone(started.body.job_id, 60);
  expect(job.state, `${JSON.stringify(job)} ${JSON.stringify((await client.get(`/api/imports/${id}`)).body.error)}`).toBe('done');
  return (await client.get(`/api/imports/${id}`)).body;
}

async function imported(client: Client, name: string, text: string, kind = 'accounts'): Promise<any> {
  return work(client, (await newImport(client, name, utf8(text), kind)).id, 'run');
}

const byWords = (words: string) => csm.get(`/api/book?limit=1000&q=${encodeURIComponent(words)}`).then((answer) => answer.body);
// The book follows what is written within moments, not within the call that wrote it.
async function bookTotal(words: string, expected: number): Promise<void> {
  await vi.waitFor(async () => expect((await byWords(words)).total, words).toBe(expected), { timeout: 15_000, interval: 100 });
}
// By external id; undefined where there is none.
async function findAccount(externalId: string): Promise<any> {
  const hit = (await csm.get(`/api/search?q=${externalId}`)).body.items.find((item: any) => item.kind === 'account');
  const account = hit && (await csm.get(`/api/accounts/${hit.id}`)).body;
  return account?.external_id === externalId ? account : undefined;
}

const headings = '顧客コード,会社名,フリガナ,取引開始日,従業員数,契約ランク,年間予算';
const customerRows = [
  'S-001,㈱山田商店①,ヤマダショウテン,2024年4月1日,1250,ゴールド,"1,250,000"',
  'S-002,"有限会社さくら\n印刷",サクラインサツ,令和6年5月7日,38,シルバー,"98,000"',
  'S-003,髙橋～製作所,タカハシセイサクショ,2024/6/30,410,ゴールド,"640,500"',
];
const mappingOfCustomers = {
  columns: {
    external_id: { column: '顧客コード' },
    name: { column: '会社名' },
    reading: { column: 'フリガナ' },
    created_day: { column: '取引開始日' },
  },
  attributes: {
    従業員数: { column: '従業員数', type: 'number' },
    契約ランク: { column: '契約ランク', type: 'text' },
    年間予算: { column: '年間予算', type: 'money' },
  },
  currency: 'JPY',
};

test('a Japanese spreadsheet in several parts becomes accounts that search finds, and is taken back whole', async () => {
  // Long notes make the file longer than one part, cut in the middle of a character somewhere.
  const note = '打合せ記録。'.repeat(3000);
  const rows = [...customerRows.map((row) => `${row},`), ...Array.from({ length: 130 }, (_, i) => `N-${i},客先${i},,,,,,${note}`)];
  const bytes = cp932(`${headings},備考\r\n${rows.join('\r\n')}\r\n`);
  expect(bytes.length).toBeGreaterThan(4 << 20);
  const uploadId = await upload(csm, '顧客一覧.csv', bytes, 'backwards');
  const made = (await csm.post('/api/imports', { upload_id: uploadId, kind: 'accounts' })).body;
  expect(made).toMatchObject({ file_name: '顧客一覧.csv', state: 'mapping', encoding: 'cp932', delimiter: ',', header: true });
  const column = (heading: string) => made.columns.find((each: any) => each.heading === heading);
  expect(column('顧客コード').guess.field).toBe('external_id');
  expect(column('会社名').guess.field).toBe('name');
  expect(column('フリガナ').guess.field).toBe('reading');
  expect(column('取引開始日')).toMatchObject({ detected_type: 'date', guess: { field: 'created_day' } });
  expect(column('従業員数')).toMatchObject({ detected_type: 'integer' });
  expect(column('契約ランク')).toMatchObject({ detected_type: 'text', guess: null });
  expect(made.preview[0].slice(0, 2)).toEqual(['S-001', '㈱山田商店①']);
  expect(made.preview[1][1]).toBe('有限会社さくら\n印刷');

  const mapped = await csm.put(`/api/imports/${made.id}/mapping`, mappingOfCustomers);
  expect(mapped.status, mapped.text).toBe(200);

  const checked = await work(csm, made.id, 'dry-run');
  expect(checked).toMatchObject({ state: 'mapping', checked: true, counts: { rows: 133, created: 133, updated: 0, rejected: 0 } });
  await bookTotal('', 0);
  expect((await csm.get('/api/attributes')).body.items).toEqual([]);

  const done = await work(csm, made.id, 'run');
  expect(done).toMatchObject({ state: 'done', counts: { rows: 133, created: 133, rejected: 0 }, undo_possible: true, errors_url: null });
  await bookTotal('', 133);
  const yamada = await findAccount('S-001');
  const account = (await csm.get(`/api/accounts/${yamada.id}`)).body;
  expect(account).toMatchObject({
    name: '㈱山田商店①',
    reading: 'ヤマダショウテン',
    created_day: '2024-04-01',
  });
  const definitions = (await csm.get('/api/attributes')).body.items;
  const attribute = (name: string) => account.attributes[definitions.find((each: any) => each.name.ja === name).key];
  expect(attribute('従業員数')).toBe(1250);
  expect(attribute('契約ランク')).toBe('ゴールド');
  expect(attribute('年間予算')).toEqual({ amount_minor: 1_250_000, currency: 'JPY' });
  expect(definitions.find((each: any) => each.name.ja === '契約ランク')).toMatchObject({ type: 'text', used_by: 3 });
  expect(await findAccount('S-002')).toMatchObject({ created_day: '2024-05-07' });
  // Hiragana, half-width katakana, the compatibility form of ㈱ and another form of 高 all find it.
  for (const words of ['やまだしょうてん', 'ﾔﾏﾀﾞｼｮｳﾃﾝ', '山田商店', '(株)山田']) {
    const hits = (await csm.get(`/api/search?q=${encodeURIComponent(words)}`)).body.items;
    expect(hits.map((hit: any) => hit.id), words).toContain(yamada.id);
    await bookTotal(words, 1);
  }
  const changes = (await csm.get(`/api/accounts/${yamada.id}/changes`)).body;
  expect(changes.items.at(-1)).toMatchObject({ entity: 'account', import_id: made.id });

  // The same file once more says nothing new.
  const again = (await csm.post('/api/imports', { upload_id: await upload(csm, '顧客一覧.csv', bytes), kind: 'accounts' })).body;
  await csm.put(`/api/imports/${again.id}/mapping`, mappingOfCustomers);
  expect((await work(csm, again.id, 'run')).counts).toMatchObject({ rows: 133, created: 0, updated: 0, unchanged: 133, rejected: 0 });

  const undone = await work(csm, made.id, 'undo');
  expect(undone).toMatchObject({ state: 'undone', undo_possible: false });
  await bookTotal('', 0);
  expect((await csm.get(`/api/accounts/${yamada.id}`)).status).toBe(404);
  expect((await csm.post(`/api/imports/${made.id}/undo`)).status).toBe(409);
});

test('bad rows are reported in both languages, come back as a CSV, and go in once mended', async () => {
  const text = `顧客コード,会社名,取引開始日\nB-1,良い会社,2024-02-01\nB-2,悪い会社,2024-02-30\n,無番号,2024-01-01\nB-4,=1+1,2024-03-01\n`;
  const done = await imported(csm, 'bad.csv', text);
  expect(done.counts).toMatchObject({ rows: 4, created: 2, rejected: 2 });
  expect((await findAccount('B-4')).name).toBe('=1+1');
  const errors = (await csm.get(`/api/imports/${done.id}/errors`)).body;
  expect(errors.total).toBe(2);
  expect(errors.items[0]).toMatchObject({ line: 3, column: '取引開始日', value: '2024-02-30' });
  expect(errors.items[1]).toMatchObject({ line: 4, column: '顧客コード', value: '' });
  for (const { reason } of errors.items) {
    expect(reason.en).toMatch(/[a-z]{3}/);
    expect(reason.ja).toMatch(/[ぁ-ん]/);
  }
  expect((await csm.get(`/api/imports/${done.id}/errors?offset=1&limit=1`)).body.items).toEqual([errors.items[1]]);

  const csv = await csm.request('GET', done.errors_url);
  expect(csv.headers.get('content-type')).toContain('text/csv');
  const raw = new Uint8Array(await (await fetch(server.url + done.errors_url, { headers: cookieOf(csm) })).arrayBuffer());
  expect([...raw.subarray(0, 3)]).toEqual([0xef, 0xbb, 0xbf]);
  expect(csv.text).toContain('B-2,悪い会社,2024-02-30');
  const mended = csv.text.replace('2024-02-30', '2024-02-29').replace(/^,無番号/m, 'B-3,無番号');
  const second = await imported(csm, 'bad.rejected.csv', mended);
  expect(second.counts).toMatchObject({ rows: 2, created: 2, rejected: 0 });
  expect((await findAccount('B-2')).created_day).toBe('2024-02-29');
  expect((await csm.get('/api/attributes')).body.items.map((each: any) => each.name.ja)).not.toContain('理由');

  await work(csm, second.id, 'undo');
  await work(csm, done.id, 'undo');
  await bookTotal('', 0);
});

test('undo leaves alone what somebody changed since, and says so', async () => {
  const done = await imported(csm, 'two.csv', 'external_id,name\nU-1,One\nU-2,Two\n');
  const one = await findAccount('U-1');
  await csm.patch(`/api/accounts/${one.id}`, { phase: 'renewal', why: 'after the import' });
  const started = await csm.post(`/api/imports/${done.id}/undo`);
  const job = await csm.jobDone(started.body.job_id, 60);
  expect(JSON.stringify(job.result)).toContain('conflict');
  expect(await findAccount('U-2')).toBeUndefined();
  expect(await findAccount('U-1')).toMatchObject({ phase: 'renewal' });
});

test('an update is undone to what was there before', async () => {
  await imported(csm, 'base.csv', 'external_id,name,plan\nV-1,First,Basic\n');
  const change = await imported(csm, 'change.csv', 'external_id,name,plan\nV-1,First,Premium\nV-2,New,Basic\n');
  expect(change.counts).toMatchObject({ created: 1, updated: 1 });
  expect((await findAccount('V-1')).plan).toBe('Premium');
  await work(csm, change.id, 'undo');
  expect((await findAccount('V-1')).plan).toBe('Basic');
  expect(await findAccount('V-2')).toBeUndefined();
});

test('every kind of table finds its account; rows of unknown accounts are told', async () => {
  await imported(csm, 'a.csv', 'external_id,name\nK-1,Kinds\n');
  const { id } = await findAccount('K-1');
  const contacts = await imported(csm, 'c.csv', 'account,name,email,部署,roles\nK-1,佐藤 花子,hanako@k.example,営業部,champion\nK-9,Nobody,n@k.example,,user\n', 'contacts');
  expect(contacts.counts).toMatchObject({ created: 1, rejected: 1 });
  expect((await csm.get(`/api/imports/${contacts.id}/errors`)).body.items[0]).toMatchObject({ line: 3, column: 'account', value: 'K-9' });
  const contracts = await imported(csm, 's.csv', 'account,external_id,product,seats,amount,currency,billing_period_months,start\nK-1,C-1,Groupware,12,120000,JPY,12,2025-04-01\n', 'subscriptions');
  expect(contracts.counts).toMatchObject({ created: 1, rejected: 0 });
  const tickets = await imported(csm, 't.csv', 'account,external_id,subject,status,priority,opened_at\nK-1,T-1,Cannot log in,open,high,2026-05-01 09:00\n', 'tickets');
  expect(tickets.counts, JSON.stringify((await csm.get(`/api/imports/${tickets.id}/errors`)).body)).toMatchObject({ created: 1, rejected: 0 });
  const surveys = await imported(csm, 'n.csv', 'account,kind,score,answered_at\nK-1,nps,9,2026-05-02\nK-1,nps,11,2026-05-03\n', 'surveys');
  expect(surveys.counts).toMatchObject({ created: 1, rejected: 1 });
  const meetings = await imported(csm, 'm.csv', 'account,kind,occurred_at,subject\nK-1,meeting,2026-05-01 10:00,定例\n', 'interactions');
  expect(meetings.counts).toMatchObject({ created: 1, rejected: 0 });
  const events = await imported(csm, 'e.csv', 'account,user,event,occurred_at\nK-1,u1,login,2026-05-01T00:00:00Z\nK-1,u2,login,2026-05-01T00:00:01Z\n', 'events');
  expect(events.counts).toMatchObject({ created: 2, rejected: 0 });
  expect((await csm.get(`/api/accounts/${id}/contacts`)).body.items).toMatchObject([{ name: '佐藤 花子', department: '営業部', title: null, roles: ['champion'] }]);
  expect((await csm.get(`/api/accounts/${id}/subscriptions`)).body.totals).toMatchObject({ arr: { amount_minor: 120_000, currency: 'JPY' }, seats: 12 });
  expect((await csm.get(`/api/accounts/${id}/tickets`)).body.items).toMatchObject([{ subject: 'Cannot log in', status: 'open' }]);
  expect((await csm.get(`/api/accounts/${id}/surveys`)).body.items).toMatchObject([{ score: 9, kind: 'nps' }]);
  expect((await csm.get(`/api/accounts/${id}/events`)).body.total).toBe(2);
  await work(csm, events.id, 'undo');
  expect((await csm.get(`/api/accounts/${id}/events`)).body.total).toBe(0);
});

test('a workbook is read sheet by sheet', async () => {
  const bytes = readFileSync(join(root, 'src/modules/integrations/testdata/customers.xlsx'));
  const made = await newImport(csm, 'customers.xlsx', bytes);
  expect(made).toMatchObject({ format: 'workbook', sheets: ['顧客一覧', 'Second'], sheet: '顧客一覧' });
  expect(made.columns.find((each: any) => each.heading === '顧客ID').guess.field).toBe('external_id');
  const done = await work(csm, made.id, 'run');
  expect(done.counts).toMatchObject({ rows: 2, rejected: 0, created: 2 });
  expect(await findAccount('C-001')).toMatchObject({ name: '㈱山田商店' });
});

// The first rows do not tell its choices: they are learnt as the rows come.
test('a column whose values do not repeat can become a choice', async () => {
  const made = await newImport(csm, 'choice.csv', utf8('external_id,name,rank\nH-1,One,gold\nH-2,Two,silver\n'));
  await csm.put(`/api/imports/${made.id}/mapping`, {
    columns: { external_id: { column: 'external_id' }, name: { column: 'name' } },
    attributes: { rank: { column: 'rank', type: 'choice' } },
  });
  expect((await work(csm, made.id, 'run')).counts).toMatchObject({ created: 2, rejected: 0 });
});

test("times without an offset are those of the workspace's clock", async () => {
  await imported(csm, 'z.csv', 'external_id,name\nZ-1,Zone\n');
  await imported(csm, 'z2.csv', 'account,kind,occurred_at\nZ-1,meeting,2026-05-01 16:00\n', 'interactions');
  const { items } = (await csm.get(`/api/accounts/${(await findAccount('Z-1')).id}/timeline?kinds=meeting`)).body;
  expect(items[0].at).toBe('2026-05-01T07:00:00.000Z');
});

// In Windows-1252 any byte is a character.
test('binary bytes are no table', async () => {
  const garbage = Uint8Array.from({ length: 4096 }, (_, i) => (i * 7919 + (i >> 3)) % 256);
  const answer = await csm.post('/api/imports', { upload_id: await upload(csm, 'g.csv', garbage), kind: 'accounts' });
  expect(answer.status).toBe(400);
});

test('tabs, a byte order mark, quoted headings and a delimiter of one’s own are understood', async () => {
  const tabs = await newImport(csm, 'x.tsv', utf8('\ufeff"external_id"\t"name"\nX-1\t"Tab ""quoted"""\n'));
  expect(tabs).toMatchObject({ encoding: 'utf-8', delimiter: '\t', preview: [['X-1', 'Tab "quoted"']] });
  expect(tabs.columns[0].heading).toBe('external_id');
  const bars = await newImport(csm, 'y.csv', utf8('external_id|name\nX-2|a,b;c\n'), 'accounts', { delimiter: '|' });
  expect(bars).toMatchObject({ delimiter: '|', preview: [['X-2', 'a,b;c']] });
});

test('what is no table is refused with a remedy, and nothing is left behind', async () => {
  const japanese = new Client(server.url, 'ja');
  await admin.post('/api/users', { name: '花子', email: 'hanako@example.com', role: 'csm', language: 'ja', password });
  await japanese.post('/api/session', { email: 'hanako@example.com', password });
  const before = (await csm.get('/api/imports')).body.total;
  const empty = await csm.post('/api/uploads', { name: 'e.csv', size_bytes: 0 });
  expect(empty).toMatchObject({ status: 400, body: { errors: [{ field: 'size_bytes' }] } });
  for (const [name, bytes] of [
    ['d.pdf', utf8('%PDF-1.4\n')],
    ['cut.xlsx', utf8('PK\u0003\u0004broken')],
    ['blank.csv', utf8('\n\n\n')],
  ] as const) {
    const uploadId = await upload(japanese, name, bytes);
    const answer = await japanese.post('/api/imports', { upload_id: uploadId, kind: 'accounts' });
    expect(answer.status, `${name}: ${answer.text}`).toBe(400);
    expect(answer.body.detail, name).toMatch(/[ぁ-ん]/);
  }
  expect((await csm.get('/api/imports')).body.total).toBe(before);
});

test('a column that is needed and missing, or not there, is named', async () => {
  const made = await newImport(csm, 'm.csv', utf8('colour,weight\nred,1\nblue,2\n'));
  const answer = await csm.post(`/api/imports/${made.id}/run`);
  expect(answer.status, answer.text).toBe(400);
  expect(answer.body.errors[0].field).toContain('external_id');
  const wrong = await csm.put(`/api/imports/${made.id}/mapping`, { columns: { external_id: { column: 'size' } } });
  expect(wrong.status, wrong.text).toBe(400);
  expect(wrong.text).toContain('size');
  const unknown = await csm.put(`/api/imports/${made.id}/mapping`, { columns: { extrenal_id: { column: 'colour' } } });
  expect(unknown.status).toBe(400);
  expect(unknown.text).toContain('extrenal_id');
  const lookup = await csm.put(`/api/imports/${made.id}/mapping`, {
    columns: { external_id: { column: 'colour' }, name: { lookup: { file: '/etc/passwd', key: 'colour', value: 'x' } } },
  });
  expect(lookup.status, lookup.text).toBe(400);
});

test('parts of the wrong length, number or owner are refused', async () => {
  const { id, part_bytes } = (await csm.post('/api/uploads', { name: 'p.csv', size_bytes: partBytes + 10 })).body;
  const put = (client: Client, part: string | number, bytes: Uint8Array) => client.put(`/api/uploads/${id}/parts/${part}`, bytes);
  expect((await put(csm, 0, new Uint8Array(5))).status).toBe(400);
  expect((await put(csm, 2, new Uint8Array(10)))).toMatchObject({ status: 400, body: { errors: [{ field: 'part' }] } });
  expect((await put(csm, -1, new Uint8Array(10))).status).toBeGreaterThanOrEqual(400);
  expect((await put(csm, 'x', new Uint8Array(10))).status).toBeGreaterThanOrEqual(400);
  expect((await put(csm, 0, new Uint8Array(part_bytes + 1))).status).toBe(413);
  expect((await put(csm, 1, new Uint8Array(10))).status).toBe(204);
  const incomplete = await csm.post('/api/imports', { upload_id: id, kind: 'accounts' });
  expect([400, 409], incomplete.text).toContain(incomplete.status);

  const other = await signIn(admin, 'csm');
  expect((await put(other, 0, new Uint8Array(part_bytes))).status).toBe(404);
  const mine = await upload(csm, 'mine.csv', utf8('external_id,name\nF-1,Foreign\n'));
  expect(await other.post('/api/imports', { upload_id: mine, kind: 'accounts' })).toMatchObject({ status: 400, body: { errors: [{ field: 'upload_id' }] } });
  expect(await csm.post('/api/imports', { upload_id: mine, kind: 'kings' })).toMatchObject({ status: 400, body: { errors: [{ field: 'kind' }] } });
  expect((await csm.post('/api/uploads', { name: 'big.csv', size_bytes: 2 ** 40 })).status).toBe(413);
});

test('those who only read import nothing', async () => {
  const reader = await signIn(admin, 'read_only');
  expect((await reader.post('/api/uploads', { name: 'r.csv', size_bytes: 3 })).status).toBe(403);
  const made = await newImport(csm, 'r.csv', utf8('external_id,name\nR-1,Reader\n'));
  expect((await reader.post(`/api/imports/${made.id}/run`)).status).toBe(403);
  expect((await reader.post(`/api/imports/${made.id}/undo`)).status).toBe(403);
  expect(await findAccount('R-1')).toBeUndefined();
});
