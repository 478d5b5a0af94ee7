// Records of customers over HTTP: what is written is kept with who, when, before, after and why; what is wrong is refused.
import { request as httpRequest } from 'node:http';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { Client, password, setUp, signIn } from '../support/client.ts';

let server: Server;
let admin: Client;
let csm: Client;
let made = 0;

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url);
  csm = await signIn(admin, 'csm');
});
afterAll(() => server.stop());

const today = () => new Date(Date.now() + 9 * 3_600_000).toISOString().slice(0, 10); // the workspace's clock is Tokyo's
const plusDays = (day: string, days: number) => new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 10);

async function newAccount(body: object = {}): Promise<any> {
  made += 1;
  const answer = await csm.post('/api/accounts', { external_id: `R-${made}`, name: `Records ${made}`, ...body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body;
}

async function refused(method: string, path: string, body: unknown, field?: string, status = 400): Promise<void> {
  const answer = await csm.request(method, path, body);
  expect(answer.status, `${JSON.stringify(body)?.slice(0, 200)}: ${answer.text}`).toBe(status);
  if (field !== undefined) expect(answer.body.errors?.map((each: any) => each.field), answer.text).toContain(field);
  expect(answer.body.detail).not.toMatch(/sqlite|exception|boost|\.cpp/i);
}

// Bytes as they are, past what fetch would mend.
function rawPost(path: string, body: Uint8Array): Promise<{ status: number; text: string }> {
  const cookies = (csm as unknown as { cookies: Map<string, string> }).cookies;
  return new Promise((done, failed) => {
    const call = httpRequest(server.url + path, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        cookie: [...cookies].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-csrf-token': cookies.get('banso_csrf') ?? '',
      },
    });
    call.on('response', (answer) => {
      let text = '';
      answer.setEncoding('utf8').on('data', (piece: string) => (text += piece));
      answer.on('end', () => done({ status: answer.statusCode!, text }));
    });
    call.on('error', failed);
    call.end(body);
  });
}

describe('an account', () => {
  test('is changed with a reason, and tells before and after', async () => {
    const parent = await newAccount();
    const account = await newAccount({ name: '株式会社ヤマト', reading: 'ヤマト', domains: ['yamato.example'], parent_id: parent.id, phase: 'onboarding', created_day: '2024-04-01' });
    expect(account).toMatchObject({ reading: 'ヤマト', parent: { id: parent.id }, domains: ['yamato.example'] });
    expect((await csm.get(`/api/accounts/${parent.id}`)).body.children).toEqual([{ id: account.id, name: '株式会社ヤマト' }]);
    const changed = await csm.patch(`/api/accounts/${account.id}`, { phase: 'adoption', plan: 'Business', parent_id: null, why: '導入が完了した' });
    expect(changed.body).toMatchObject({ phase: 'adoption', plan: 'Business', parent: null, name: '株式会社ヤマト' });
    const { items, total } = (await csm.get(`/api/accounts/${account.id}/changes`)).body;
    expect(total).toBe(2);
    expect(items[0]).toMatchObject({ entity: 'account', actor_name: 'csm', why: '導入が完了した', deleted: false });
    expect(items[0].changes).toContainEqual({ field: 'phase', before: 'onboarding', after: 'adoption' });
    expect(items[0].changes).toContainEqual({ field: 'plan', before: null, after: 'Business' });
    expect(items[0].changes.map((each: any) => each.field)).not.toContain('name');
    expect((await csm.patch(`/api/accounts/${account.id}`, { phase: 'adoption' })).status).toBe(200);
    expect((await csm.get(`/api/accounts/${account.id}/changes`)).body.total).toBe(2); // nothing new was said
    expect((await csm.get(`/api/accounts/${account.id}/changes?limit=1&offset=1`)).body.items).toEqual([items[1]]);
    await csm.patch(`/api/accounts/${account.id}`, { plan: null });
    expect((await csm.get(`/api/accounts/${account.id}`)).body.plan).toBeNull();
  });

  test('is read as known on an earlier day', async () => {
    // The subscription's and the account's own knowledge begin now: yesterday nothing was known of it.
    const account = await newAccount({ phase: 'adoption' });
    expect((await csm.get(`/api/accounts/${account.id}?as_of=${plusDays(today(), -1)}`)).status).toBe(404);
    expect((await csm.get(`/api/accounts/${account.id}?as_of=${today()}`)).body.phase).toBe('adoption');
    await refused('GET', `/api/accounts/${account.id}?as_of=yesterday`, undefined, 'as_of');
    await refused('GET', `/api/accounts/${account.id}?as_of=2026-02-30`, undefined, 'as_of');
  });

  test('shows the old value on the days before a change', async () => {
    const csv = 'external_id,name,phase,created_day\nH-1,Old,onboarding,2024-02-01\n';
    const upload = (await csm.post('/api/uploads', { name: 'h.csv', size_bytes: csv.length })).body;
    await csm.put(`/api/uploads/${upload.id}/parts/0`, csv);
    const { id } = (await csm.post('/api/imports', { upload_id: upload.id, kind: 'accounts' })).body;
    const run = await csm.post(`/api/imports/${id}/run`);
    expect((await csm.jobDone(run.body.job_id)).state).toBe('done');
    const hit = (await csm.get('/api/search?q=H-1')).body.items[0];
    await csm.patch(`/api/accounts/${hit.id}`, { name: 'New', phase: 'renewal' });
    expect((await csm.get(`/api/accounts/${hit.id}?as_of=2024-06-30`)).body).toMatchObject({ name: 'Old', phase: 'onboarding' });
    expect((await csm.get(`/api/accounts/${hit.id}`)).body).toMatchObject({ name: 'New', phase: 'renewal' });
    expect((await csm.get(`/api/accounts/${hit.id}?as_of=2024-01-31`)).status).toBe(404);
    expect((await csm.get(`/api/accounts/${hit.id}/changes?as_of=2024-06-30`)).body.total).toBe(1);
  });

  test('goes for good only by an administrator, and even then its history stays', async () => {
    const account = await newAccount();
    expect((await csm.delete(`/api/accounts/${account.id}`)).status).toBe(403);
    expect((await admin.delete(`/api/accounts/${account.id}?why=${encodeURIComponent('重複')}`)).status).toBe(204);
    expect((await csm.get(`/api/accounts/${account.id}`)).status).toBe(404);
    expect((await csm.patch(`/api/accounts/${account.id}`, { phase: 'x' })).status).toBe(404);
    expect((await csm.get(`/api/search?q=${account.external_id}`)).body.items.map((hit: any) => hit.id)).not.toContain(account.id);
  });

  test('is refused where it cannot be right, with the field', async () => {
    const account = await newAccount();
    await refused('POST', '/api/accounts', { external_id: 'no-name' }, 'name');
    await refused('POST', '/api/accounts', { external_id: account.external_id, name: 'Twice' }, undefined, 409);
    const path = `/api/accounts/${account.id}`;
    await refused('PATCH', path, { name: '' }, 'name');
    await refused('PATCH', path, { name: null }, 'name');
    await refused('PATCH', path, { name: 7 }, 'name');
    await refused('PATCH', path, { name: ['a'] }, 'name');
    await refused('PATCH', path, { name: 'x'.repeat(100_000) }, 'name');
    await refused('PATCH', path, { created_day: '2026-02-30' }, 'created_day');
    await refused('PATCH', path, { created_day: 20260401 }, 'created_day');
    await refused('PATCH', path, { parent_id: account.id }, 'parent_id');
    await refused('PATCH', path, { parent_id: 999 }, 'parent_id');
    await refused('PATCH', path, { parent_id: 'x' }, 'parent_id');
    await refused('PATCH', path, { owner_id: 999 }, 'owner_id');
    await refused('PATCH', path, { domains: 'a.example' }, 'domains');
    await refused('PATCH', path, { attributes: { nothing: 1 } }, 'attributes.nothing');
    await refused('PATCH', path, { attributes: [] }, 'attributes');
    await refused('PATCH', path, [], undefined);
    await refused('PATCH', '/api/accounts/999', { phase: 'x' }, undefined, 404);
    await refused('GET', '/api/accounts/x', undefined, undefined, 404);
    expect((await csm.get(path)).body).toMatchObject({ name: account.name, version_id: account.version_id });
    const child = await newAccount({ parent_id: account.id });
    await refused('PATCH', path, { parent_id: child.id }, 'parent_id'); // a ring
  });

  test('keeps texts that look like something else as they are', async () => {
    const texts = [`'; DROP TABLE account; --`, '<script>alert(1)</script>', '=HYPERLINK("http://x","y")', '%s%n{}{0}', '../../etc/passwd', '👩‍👩‍👧 𠮷野家 Ｆｕｌｌ', 'line\nbreak\ttab "quoted", comma', '\u202Ertl'];
    for (const text of texts) {
      const account = await newAccount({ name: text, industry: text });
      expect((await csm.get(`/api/accounts/${account.id}`)).body, text).toMatchObject({ name: text, industry: text });
    }
    const found = await csm.get(`/api/search?q=${encodeURIComponent("'; DROP")}`);
    expect(found.body.items).toMatchObject([{ title: texts[0] }]);
    expect((await csm.get(`/api/search?q=${encodeURIComponent('%')}`)).body.items.length).toBeLessThan(texts.length);
    // In a spreadsheet the formula is a text.
    await vi.waitFor(async () => {
      const csv = (await csm.request('GET', '/api/book/export.csv?sort=name')).text;
      expect(csv).toContain(`"'=HYPERLINK(""http://x"",""y"")"`);
      expect(csv).not.toMatch(/(^|[,\n])"?=/);
    }, { timeout: 15_000, interval: 200 });
  });

  test('is not written from bytes that are no text', async () => {
    const bytes = (text: string) => Uint8Array.from(Buffer.from(text, 'latin1'));
    const before = (await csm.get('/api/search?q=bytes')).body.items.length;
    for (const body of ['{"external_id":"bytes-1","name":"a\x00b"}', '{"external_id":"bytes-2","name":"\xff\xfe"}', '{"external_id":"bytes-3","name":"\xc0\xaf"}', '{"external_id":"bytes-4","name":"\\u0000x"}', '{"external_id":"bytes-5","name":"\\ud800"}', '{"external_id":"bytes-6"', '\x00', '{"external_id":1e999}', '['.repeat(5000)]) {
      const answer = await rawPost('/api/accounts', bytes(body));
      expect(answer.status, `${JSON.stringify(body).slice(0, 60)}: ${answer.text}`).toBe(400);
      expect(JSON.parse(answer.text).detail).toBeTruthy();
    }
    expect((await csm.get('/api/search?q=bytes')).body.items.length).toBe(before);
    const long = await rawPost('/api/accounts', bytes(`{"external_id":"long","name":"${'x'.repeat(2 << 20)}"}`));
    expect(long.status, long.text).toBe(413);
  });
});

describe('contacts', () => {
  test('belong to several accounts, with a role on each', async () => {
    const [one, two] = [await newAccount(), await newAccount()];
    const person = { name: '山田 太郎', reading: 'ヤマダ タロウ', email: 'taro@records.example', language: 'ja' };
    const { id } = (await csm.post(`/api/accounts/${one.id}/contacts`, { ...person, title: '部長', department: '総務部', roles: ['champion', 'decision_maker'], consent: { state: 'given', proof: '申込書', at: '2026-04-01T00:00:00Z' } })).body;
    const again = await csm.post(`/api/accounts/${two.id}/contacts`, { ...person, department: '経理部', roles: ['user'] });
    expect(again.body.id).toBe(id);
    const on = async (account: any) => (await csm.get(`/api/accounts/${account.id}/contacts`)).body.items;
    expect(await on(one)).toMatchObject([{ id, name: '山田 太郎', title: '部長', department: '総務部', roles: ['champion', 'decision_maker'], consent: { state: 'given', proof: '申込書' } }]);
    expect((await on(two))[0]).toMatchObject({ id, department: '経理部', roles: ['user'], accounts: expect.arrayContaining([{ id: one.id, name: one.name }, { id: two.id, name: two.name }]) });
    await csm.patch(`/api/contacts/${id}`, { account_id: one.id, roles: ['admin'], why: '異動' });
    expect((await on(one))[0].roles).toEqual(['admin']);
    expect((await on(two))[0].roles).toEqual(['user']);
    await csm.patch(`/api/contacts/${id}`, { account_id: one.id, department: '監査室' });
    expect((await on(one))[0]).toMatchObject({ department: '監査室', title: '部長' });
    expect((await on(two))[0].department).toBe('経理部');
    expect((await csm.patch(`/api/contacts/${id}`, { department: '監査室' })).body.errors[0].field).toBe('account_id');
    expect((await csm.patch(`/api/contacts/${id}`, { account_id: one.id, department: '部'.repeat(101) })).body.errors[0].field).toBe('department');
    await csm.patch(`/api/contacts/${id}`, { name: '山田 太朗', consent: { state: 'withdrawn' } });
    expect((await on(two))[0]).toMatchObject({ name: '山田 太朗', consent: { state: 'withdrawn' } });
    for (const words of ['やまだ', 'TARO@records', '太朗']) {
      expect((await csm.get(`/api/search?q=${encodeURIComponent(words)}`)).body.items.filter((hit: any) => hit.kind === 'contact').map((hit: any) => hit.id), words).toContain(id);
    }
    expect((await csm.delete(`/api/accounts/${one.id}/contacts/${id}`)).status).toBe(204);
    expect(await on(one)).toEqual([]);
    expect((await on(two)).length).toBe(1);
    expect((await csm.delete(`/api/accounts/${one.id}/contacts/${id}`)).status).toBe(404);
  });

  test('are refused where they cannot be right', async () => {
    const account = await newAccount();
    const path = `/api/accounts/${account.id}/contacts`;
    await refused('POST', path, {}, 'name');
    await refused('POST', path, { name: 'A', email: 'no address' }, 'email');
    await refused('POST', path, { name: 'A', roles: ['king'] }, 'roles');
    await refused('POST', path, { name: 'A', consent: { state: 'maybe' } }, 'consent.state');
    await refused('POST', path, { name: 'A', first_day: '2026-05-02', left_day: '2026-05-01' }, 'left_day');
    await refused('PATCH', '/api/contacts/999', { name: 'A' }, undefined, 404);
    expect((await csm.get(path)).body.items).toEqual([]);
  });
});

describe('contracts', () => {
  test('are worth their share a month, and tell the next renewal', async () => {
    const account = await newAccount();
    const path = `/api/accounts/${account.id}/subscriptions`;
    const start = plusDays(today(), -100);
    const end = plusDays(today(), 200);
    const yearly = await csm.post(path, { external_id: 'S-1', product: 'Groupware', seats: 10, amount: { amount_minor: 1_200_000, currency: 'JPY' }, billing_period_months: 12, start, end, auto_renewal: true, notice_days: 30 });
    expect(yearly.status, yearly.text).toBe(201);
    await csm.post(path, { product: 'Storage', seats: 5, amount: { amount_minor: 10_000, currency: 'JPY' }, billing_period_months: 1, start });
    await csm.post(path, { product: 'Later', amount: { amount_minor: 99_000, currency: 'JPY' }, billing_period_months: 1, start: plusDays(today(), 5) });
    await csm.post(path, { product: 'Past', amount: { amount_minor: 99_000, currency: 'JPY' }, billing_period_months: 1, start: '2024-01-01', end: '2025-01-01' });
    let answer = (await csm.get(path)).body;
    expect(answer.totals).toMatchObject({ mrr: { amount_minor: 110_000, currency: 'JPY' }, arr: { amount_minor: 1_320_000, currency: 'JPY' }, next_renewal_day: end, notice_deadline: plusDays(end, -30), without_rate: 0 });
    expect(Object.fromEntries(answer.items.map((each: any) => [each.product, each.status]))).toEqual({ Groupware: 'active', Storage: 'active', Later: 'future', Past: 'ended' });
    await csm.patch(`/api/subscriptions/${yearly.body.id}`, { amount: { amount_minor: 2_400_000, currency: 'JPY' }, why: '増席' });
    expect((await csm.get(path)).body.totals.mrr.amount_minor).toBe(210_000);
    // A foreign currency counts once there is a rate for it.
    await csm.post(path, { product: 'Abroad', amount: { amount_minor: 10_000, currency: 'USD' }, billing_period_months: 1, start });
    expect((await csm.get(path)).body.totals).toMatchObject({ mrr: { amount_minor: 210_000 }, without_rate: 1 });
    expect((await csm.put('/api/rates', { items: [] })).status).toBe(403);
    expect((await admin.put('/api/rates', { items: [{ currency: 'USD', rate: '150' }] })).status).toBe(200);
    expect((await csm.get(path)).body.totals).toMatchObject({ mrr: { amount_minor: 225_000 }, without_rate: 0 });
    expect((await csm.delete(`/api/subscriptions/${yearly.body.id}`)).status).toBe(204);
    answer = (await csm.get(path)).body;
    expect(answer.items.map((each: any) => each.product)).not.toContain('Groupware');
    const changes = (await csm.get(`/api/accounts/${account.id}/changes?limit=1000`)).body.items.filter((each: any) => each.entity === 'subscription' && each.entity_id === yearly.body.id);
    expect(changes.map((each: any) => each.deleted)).toEqual([true, false, false]);
    expect(changes[1].why).toBe('増席');
  });

  test('are refused where they cannot be right', async () => {
    const account = await newAccount();
    const path = `/api/accounts/${account.id}/subscriptions`;
    const good = { product: 'P', amount: { amount_minor: 1, currency: 'JPY' }, billing_period_months: 1, start: '2026-01-01' };
    await refused('POST', path, { ...good, product: undefined }, 'product');
    await refused('POST', path, { ...good, start: undefined }, 'start');
    await refused('POST', path, { ...good, end: '2025-12-31' }, 'end');
    await refused('POST', path, { ...good, seats: -1 }, 'seats');
    await refused('POST', path, { ...good, seats: 1.5 }, 'seats');
    await refused('POST', path, { ...good, billing_period_months: 0 }, 'billing_period_months');
    await refused('POST', path, { ...good, amount: { amount_minor: 1.5, currency: 'JPY' } }, 'amount');
    await refused('PATCH', '/api/subscriptions/999', { seats: 1 }, undefined, 404);
    expect((await csm.get(path)).body.items).toEqual([]);
  });
});

test('an account that comes alone is in the book within moments', async () => {
  const inBook = async (externalId: string) => (await csm.get(`/api/book?q=${externalId}&limit=1000`)).body.items.some((row: any) => row.external_id === externalId);
  const first = await newAccount();
  await vi.waitFor(async () => expect(await inBook(first.external_id)).toBe(true), { timeout: 15_000, interval: 200 });
  await new Promise((wait) => setTimeout(wait, 1500)); // the evaluation that the first ones called for is over
  const second = await newAccount();
  await vi.waitFor(async () => expect(await inBook(second.external_id)).toBe(true), { timeout: 15_000, interval: 200 });
});

test('the timeline is in order, in pages, and follows changes', async () => {
  const account = await newAccount();
  const path = `/api/accounts/${account.id}/interactions`;
  const added: number[] = [];
  for (let i = 0; i < 7; i += 1) {
    const answer = await csm.post(path, { kind: ['meeting', 'call', 'mail', 'note'][i % 4], occurred_at: `2026-05-0${7 - i}T01:00:00Z`, subject: `Entry ${i}`, body: '本文' });
    expect(answer.status, answer.text).toBe(201);
    added.push(answer.body.id);
  }
  const timeline = async (query: string) => (await csm.get(`/api/accounts/${account.id}/timeline?${query}`)).body;
  const all = await timeline('kinds=meeting,call,mail,note');
  expect(all.items.map((each: any) => each.id)).toEqual(added);
  expect(all.items[0]).toMatchObject({ kind: 'meeting', title: 'Entry 0', body: '本文', who: 'csm' });
  const pages = [];
  for (let offset = 0; offset < 7; offset += 3) pages.push(...(await timeline(`kinds=meeting,call,mail,note&limit=3&offset=${offset}`)).items);
  expect(pages).toEqual(all.items);
  expect((await timeline('kinds=call')).total).toBe(2);
  await csm.patch(`/api/interactions/${added[0]}`, { occurred_at: '2026-04-01T00:00:00Z', subject: 'Moved' });
  expect((await timeline('kinds=meeting,call,mail,note')).items.at(-1)).toMatchObject({ id: added[0], title: 'Moved', body: '本文' });
  expect((await csm.delete(`/api/interactions/${added[1]}?why=twice`)).status).toBe(204);
  expect((await timeline('kinds=meeting,call,mail,note')).total).toBe(6);
  expect((await timeline('')).items.every((entry: any, i: number, list: any[]) => i === 0 || list[i - 1].at >= entry.at)).toBe(true);
  await refused('POST', path, { kind: 'dream', occurred_at: '2026-05-01T00:00:00Z' }, 'kind');
  await refused('POST', path, { kind: 'call', occurred_at: 'noon' }, 'occurred_at');
  await refused('POST', path, { kind: 'call' }, 'occurred_at');
  await refused('PATCH', `/api/interactions/${added[1]}`, { subject: 'x' }, undefined, 404);
});

// Known faults of the server; a test that begins to pass tells that its fault is gone.
describe('what should be refused', () => {
  test('a meeting with people who are not known', async () => {
    const account = await newAccount();
    await refused('POST', `/api/accounts/${account.id}/interactions`, { kind: 'call', occurred_at: '2026-05-01T00:00:00Z', contact_ids: [999] }, 'contact_ids');
  });
  test.each([
    ['POST', '/api/accounts/999/contacts', { name: 'A' }],
    ['PATCH', '/api/contacts/999', { name: 'A' }],
    ['PATCH', '/api/subscriptions/999', { seats: 1 }],
    ['PATCH', '/api/interactions/999', { subject: 'x' }],
    ['POST', '/api/accounts/999/interactions', { kind: 'note', occurred_at: '2026-05-01T00:00:00Z' }],
    ['POST', '/api/accounts/999/subscriptions', { product: 'P', start: '2026-01-01' }],
  ])('%s %s, which does not exist', async (method, path, body) => {
    await refused(method, path, body, undefined, 404);
  });
  test('a kind of entry that does not exist', async () => {
    const account = await newAccount();
    await refused('GET', `/api/accounts/${account.id}/timeline?kinds=dream`, undefined, 'kinds');
  });
  test('the undoing of a bulk change that never was', async () => {
    await refused('POST', '/api/accounts/bulk/999/undo', {}, undefined, 404);
  });
  test.each(['yen', '¥'])('an amount in the currency %s', async (currency) => {
    const account = await newAccount();
    const contract = { product: 'P', amount: { amount_minor: 1, currency }, billing_period_months: 1, start: '2026-01-01' };
    await refused('POST', `/api/accounts/${account.id}/subscriptions`, contract, 'amount');
  });
  test('a rate of a currency that does not exist', async () => {
    const answer = await admin.put('/api/rates', { items: [{ currency: 'ZZZ', rate: '1' }] });
    expect(answer.body.errors?.map((each: any) => each.field), answer.text).toEqual(['rates[0]']);
  });
  test('a money attribute in a currency that does not exist', async () => {
    const { key } = (await admin.post('/api/attributes', { name: { en: 'Budget', ja: '予算' }, type: 'money', currency: 'JPY' })).body;
    const account = await newAccount();
    await refused('PATCH', `/api/accounts/${account.id}`, { attributes: { [key]: { amount_minor: 5, currency: 'ZZZZ' } } }, `attributes.${key}`);
  });
  test('an object as the value of a text attribute', async () => {
    const { key } = (await admin.post('/api/attributes', { name: { en: 'Plain', ja: '文字列' }, type: 'text' })).body;
    const account = await newAccount();
    await refused('PATCH', `/api/accounts/${account.id}`, { attributes: { [key]: {} } }, `attributes.${key}`);
  });
});

test('many accounts are set at once, all or none, and taken back', async () => {
  const accounts = [await newAccount({ phase: 'a' }), await newAccount({ phase: 'b' }), await newAccount({ phase: 'c' })];
  const ids = accounts.map((account) => account.id);
  const phases = async () => Promise.all(ids.map(async (id) => (await csm.get(`/api/accounts/${id}`)).body.phase));
  await refused('POST', '/api/accounts/bulk', { ids: [...ids, 999], set: { phase: 'x' } });
  await refused('POST', '/api/accounts/bulk', { ids: [], set: { phase: 'x' } }, 'ids');
  expect(await phases()).toEqual(['a', 'b', 'c']);
  const { me } = { me: (await csm.get('/api/session')).body.user.id };
  const bulk = (await csm.post('/api/accounts/bulk', { ids, set: { phase: 'renewal', owner_id: me }, why: '一括' })).body;
  expect(bulk.changed).toBe(3);
  expect(await phases()).toEqual(['renewal', 'renewal', 'renewal']);
  await csm.patch(`/api/accounts/${ids[1]}`, { phase: 'since' });
  const undone = (await csm.post(`/api/accounts/bulk/${bulk.batch_id}/undo`)).body;
  expect(undone).toMatchObject({ restored: 2, conflicts: [{ entity: 'account', entity_id: ids[1] }] });
  expect(await phases()).toEqual(['a', 'since', 'c']);
});

test('custom attributes of every type take good values and name what is wrong with others', async () => {
  const leader = await signIn(admin, 'leader');
  const define = async (type: string, more: object = {}) => {
    const answer = await leader.post('/api/attributes', { name: { en: `A ${type}`, ja: `項目 ${type}` }, type, ...more });
    expect(answer.status, answer.text).toBe(201);
    return answer.body.key as string;
  };
  const keys = {
    text: await define('text'),
    number: await define('number'),
    date: await define('date'),
    yes_no: await define('yes_no'),
    choice: await define('choice', { choices: ['Gold', { value: 'silver', label: { en: 'Silver', ja: '銀' } }] }),
    money: await define('money', { currency: 'JPY' }),
  };
  expect((await csm.post('/api/attributes', { name: { en: 'X', ja: 'X' }, type: 'text' })).status).toBe(403);
  const account = await newAccount();
  const path = `/api/accounts/${account.id}`;
  const good: Record<string, unknown> = { text: '第二営業部', number: 12.5, date: '2026-04-01', yes_no: false, choice: 'Gold', money: { amount_minor: 1200, currency: 'JPY' } };
  const bad: Record<string, unknown[]> = {
    text: ['x'.repeat(100_000)],
    number: ['many', true, {}],
    date: ['2026-02-30', 'soon', 5],
    yes_no: ['perhaps', 2],
    choice: ['Bronze', 3],
    money: ['dear', { amount_minor: 1.5, currency: 'JPY' }],
  };
  for (const [type, key] of Object.entries(keys)) {
    for (const value of bad[type]!) {
      const answer = await csm.patch(path, { attributes: { [key]: value } });
      expect(answer.status, `${type} ${JSON.stringify(value).slice(0, 80)}: ${answer.text}`).toBe(400);
      expect(answer.body.errors[0].field, type).toContain(`attributes.${key}`);
    }
    const answer = await csm.patch(path, { attributes: { [key]: good[type] } });
    expect(answer.body.attributes?.[key], `${type}: ${answer.text}`).toEqual(good[type]);
  }
  expect((await csm.get('/api/attributes')).body.items.find((each: any) => each.key === keys.choice)).toMatchObject({ used_by: 1 });
  expect((await csm.patch(path, { attributes: { [keys.text]: null } })).body.attributes).not.toHaveProperty(keys.text);
  const changes = (await csm.get(`${path}/changes`)).body.items;
  expect(changes[0].changes).toEqual([{ field: `attributes.${keys.text}`, before: '第二営業部', after: null }]);
  expect((await leader.post('/api/attributes', { name: { en: 'No', ja: 'No' }, type: 'colour' })).body.errors[0].field).toBe('type');
  expect((await leader.post('/api/attributes', { name: { en: 'No', ja: 'No' }, type: 'choice' })).body.errors[0].field).toBe('choices');
  expect((await leader.patch(`/api/attributes/${keys.text}`, { type: 'number' })).body.type).toBe('text'); // the type is for good
  expect((await leader.delete(`/api/attributes/${keys.number}`)).status).toBe(204);
  expect((await csm.get('/api/attributes')).body.items.map((each: any) => each.key)).not.toContain(keys.number);
});

test('problems speak the language of the reader and have the form of the standard', async () => {
  await admin.post('/api/users', { name: '花子', email: 'hanako@example.com', role: 'csm', language: 'ja', password });
  const hanako = new Client(server.url, 'ja');
  await hanako.post('/api/session', { email: 'hanako@example.com', password });
  const calls: [string, string, unknown][] = [
    ['POST', '/api/accounts', { name: '' }],
    ['GET', '/api/accounts/999', undefined],
    ['PATCH', '/api/workspace', { name: 'x' }],
    ['POST', '/api/accounts/bulk', { ids: 'all', set: {} }],
  ];
  for (const [method, path, body] of calls) {
    const [ja, en] = [await hanako.request(method, path, body), await csm.request(method, path, body)];
    expect(ja.status).toBe(en.status);
    expect(ja.headers.get('content-type')).toContain('application/problem+json');
    expect(ja.body).toMatchObject({ status: ja.status, type: en.body.type, code: en.body.code });
    for (const text of [ja.body.title, ja.body.detail, ...(ja.body.errors ?? []).map((each: any) => each.message)]) expect(text, path).toMatch(/[ぁ-んァ-ヶ一-龠]/);
    for (const text of [en.body.title, en.body.detail, ...(en.body.errors ?? []).map((each: any) => each.message)]) expect(text, path).not.toMatch(/[ぁ-んァ-ヶ一-龠]/);
  }
});
