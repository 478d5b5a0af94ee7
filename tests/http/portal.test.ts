// The customers' own view from outside, with a real mail server: links that work once, what a rule of sharing shows, and
// one of us who looks as a customer would.
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';
import { eventually, newAccount, Source } from '../support/intake.ts';
import { canRunMailServer, MailServer } from '../support/mail_server.ts';
import { enter, everything, links, PortalClient, share } from '../support/portal.ts';

const data = freshFolder();
let mail: MailServer;
let server: Server;
let admin: Client;

async function open() {
  server = await startServer({ data, args: [...mail.args(), '--public-url', 'https://cs.vendor.test'] });
  if (admin) Object.assign(admin, { url: server.url });
}

beforeAll(async () => {
  if (!canRunMailServer) return;
  mail = await MailServer.start();
  await open();
  admin = await setUp(server.url);
  await share(admin, 'everyone');
}, 60_000);
afterAll(async () => {
  await server?.stop();
  mail?.stop();
  rmSync(data, { recursive: true, force: true });
});

let count = 0;
interface Person {
  account: number;
  contact: number;
  address: string;
}
async function person(more: object = {}): Promise<Person> {
  count += 1;
  const account = await newAccount(admin, `P-${count}`);
  const address = `p${count}@customer.test`;
  return { account, ...(await contactOn(account, address, more)) };
}
async function contactOn(account: number, address: string, more: object = {}) {
  const made = await admin.post(`/api/accounts/${account}/contacts`, { name: `Person ${address}`, email: address, roles: ['champion'], language: 'ja', ...more });
  expect(made.status, made.text).toBe(201);
  return { contact: made.body.id as number, address };
}
const come = (who: Person) => enter(admin, mail, who.account, who.contact, who.address);
// The server's own database: what is kept there, and time that passes.
function database<T>(work: (db: DatabaseSync) => T): T {
  const db = new DatabaseSync(join(data, 'records.db'));
  try {
    return work(db);
  } finally {
    db.close();
  }
}

describe.skipIf(!canRunMailServer)('links', () => {
  test('an invitation opens the portal once, though two use it at the same moment', async () => {
    const who = await person();
    expect((await admin.post(`/api/accounts/${who.account}/portal/people`, { contact_id: who.contact })).status).toBe(201);
    const [token] = await links(mail, who.address, 1);
    const tries = await Promise.all(Array.from({ length: 6 }, () => new PortalClient(server.url).post('/portal/api/session', { token })));
    expect(tries.map((each) => each.status).sort()).toEqual([204, 401, 401, 401, 401, 401]);
    expect((await new PortalClient(server.url).post('/portal/api/session', { token })).status).toBe(401);
  });

  test('the mail says who it is for, needs nothing to unsubscribe from, and is not kept', async () => {
    const who = await person({ name: '山田 花子' });
    await come(who);
    const received = mail.received().find((each) => each.to === who.address)!;
    expect(received.text).toContain('山田 花子 様');
    expect(received.text).toContain('https://cs.vendor.test/portal/log-in#token=');
    expect(received.headers.has('list-unsubscribe')).toBe(false);
    const row = database((db) => db.prepare("SELECT ordered_values, text_body, html_body, state FROM mail WHERE address = ? AND kind = 'notice'").get(who.address));
    expect(row).toMatchObject({ ordered_values: '{}', text_body: '', html_body: '', state: 'sent' });
    const listed = (await admin.get(`/api/outreach/mails?account=${who.account}`)).body.items[0];
    expect(JSON.stringify(listed)).not.toContain('token=');
    expect((await admin.get(`/api/accounts/${who.account}/timeline`)).text).not.toContain('token=');
    expect(database((db) => db.prepare('SELECT COUNT(*) AS n FROM portal_link WHERE length(hash) < 40').get())).toMatchObject({ n: 0 });
  });

  test('a link ends after its time, and a new invitation ends the one before', async () => {
    const who = await person();
    const invite = () => admin.post(`/api/accounts/${who.account}/portal/people`, { contact_id: who.contact });
    expect((await invite()).status).toBe(201);
    const [first] = await links(mail, who.address, 1);
    expect((await admin.post(`/api/accounts/${who.account}/portal/people/${who.contact}/resend`)).status).toBe(200);
    const second = (await links(mail, who.address, 2)).find((token) => token !== first)!;
    expect((await new PortalClient(server.url).post('/portal/api/session', { token: first })).status).toBe(401);
    database((db) => db.prepare('UPDATE portal_link SET until_at_us = ?').run(BigInt(Date.now() - 1000) * 1000n));
    expect((await new PortalClient(server.url).post('/portal/api/session', { token: second })).status).toBe(401);
  });

  test('asking for a link answers the same for everybody, and writes to those who are invited', async () => {
    const who = await person();
    await come(who);
    const ask = (email: string) => new PortalClient(server.url).post('/portal/api/log-in', { email });
    const [known, unknown] = [await ask(who.address.toUpperCase()), await ask('nobody@customer.test')];
    const shape = (answer: typeof known) => [answer.status, answer.text, [...answer.headers.keys()].filter((name) => name !== 'date').sort()];
    expect(shape(known)).toEqual(shape(unknown));
    expect(known.status).toBe(202);
    const [, token] = await links(mail, who.address, 2);
    expect(token).toBeDefined();
    expect(mail.received().filter((each) => each.to === 'nobody@customer.test')).toEqual([]);
    expect((await ask('not an address')).status).toBe(400);
  });

  test('nobody is flooded: five links in a quarter of an hour, and the answer does not tell', async () => {
    const who = await person();
    await come(who);
    for (let i = 0; i < 9; i += 1) {
      expect((await new PortalClient(server.url).post('/portal/api/log-in', { email: who.address })).status).toBe(202);
    }
    await links(mail, who.address, 6);
    await eventually(async () => database((db) => db.prepare("SELECT COUNT(*) AS n FROM portal_request WHERE waits = 1").get() as { n: number }), ({ n }) => n === 0);
    await eventually(async () => database((db) => db.prepare("SELECT COUNT(*) AS n FROM mail WHERE kind = 'notice' AND state = 'queued'").get() as { n: number }), ({ n }) => n === 0);
    expect(mail.received().filter((each) => each.to === who.address).length).toBe(6);
  });

  test('words that are no link are refused, and too many of them for a while', async () => {
    const nobody = new PortalClient(server.url);
    const statuses = new Set<number>();
    for (let i = 0; i < 110; i += 1) statuses.add((await nobody.post('/portal/api/session', { token: `x${i}` })).status);
    expect([...statuses].sort()).toEqual([401, 429]);
    database((db) => db.prepare("DELETE FROM portal_request WHERE subject LIKE 'tries:%'").run());
  });

  test('a form of another site opens nothing', async () => {
    const answer = await new PortalClient(server.url).request('POST', '/portal/api/session', 'token=x', { 'content-type': 'text/plain' });
    expect(answer.status).toBe(400);
  });
});

describe.skipIf(!canRunMailServer)('a visit', () => {
  test('is held by a cookie of the portal alone, and writes only with its token', async () => {
    const who = await person();
    await admin.post(`/api/accounts/${who.account}/portal/people`, { contact_id: who.contact });
    const [token] = await links(mail, who.address, 1);
    const client = new PortalClient(server.url);
    const opened = await client.post('/portal/api/session', { token });
    const [session, csrf] = opened.headers.getSetCookie();
    expect(session).toMatch(/^banso_portal=[\w-]{40,}; Path=\/portal; Max-Age=\d+; SameSite=Lax; HttpOnly; Secure$/);
    expect(csrf).toMatch(/^banso_portal_csrf=[\w-]{40,}; Path=\/portal; Max-Age=\d+; SameSite=Lax; Secure$/);
    expect((await client.get('/portal/api/me')).body).toMatchObject({ company: { name: `P-${count}` }, viewed_by: null, shows: everything });
    expect((await client.patch('/portal/api/me', { language: 'en' })).body.person.language).toBe('en');
    expect((await client.request('PATCH', '/portal/api/me', { language: 'ja' }, { 'x-csrf-token': 'guess' })).status).toBe(403);
    expect((await client.get('/api/teams')).status).toBe(401);
    expect((await client.delete('/portal/api/session')).status).toBe(204);
    expect((await client.get('/portal/api/me')).status).toBe(401);
  });

  test('ends at once when the portal is closed to the person, and no link opens it any more', async () => {
    const who = await person();
    const client = await come(who);
    const path = `/api/accounts/${who.account}/portal/people/${who.contact}`;
    expect((await admin.patch(path, { disabled: true })).body.disabled).toBe(true);
    expect((await client.get('/portal/api/me')).status).toBe(401);
    expect((await admin.post(`${path}/resend`)).status).toBe(409);
    await new PortalClient(server.url).post('/portal/api/log-in', { email: who.address });
    await eventually(async () => database((db) => db.prepare('SELECT COUNT(*) AS n FROM portal_request WHERE waits = 1').get() as { n: number }), ({ n }) => n === 0);
    expect(mail.received().filter((each) => each.to === who.address).length).toBe(1);
    expect((await admin.patch(path, { disabled: false })).status).toBe(200);
    expect((await client.get('/portal/api/me')).status).toBe(401);
  });

  test('ends when the address belongs to somebody else, or the person has left', async () => {
    const who = await person();
    const client = await come(who);
    expect((await admin.patch(`/api/contacts/${who.contact}`, { email: `new-${who.address}` })).status).toBe(200);
    expect((await client.get('/portal/api/me')).status).toBe(401);
    const other = await person();
    const theirs = await come(other);
    expect((await admin.delete(`/api/accounts/${other.account}/contacts/${other.contact}`)).status).toBe(204);
    expect((await theirs.get('/portal/api/me')).status).toBe(401);
  });

  test('goes to another company that invited the same address, and to no other', async () => {
    const who = await person();
    const client = await come(who);
    const second = await newAccount(admin, 'P-second');
    const { contact } = await contactOn(second, who.address);
    expect((await admin.post(`/api/accounts/${second}/portal/people`, { contact_id: contact })).status).toBe(201);
    const { accounts } = (await client.get('/portal/api/me')).body;
    expect(accounts.map((each: any) => each.company).sort()).toEqual([`P-${count}`, 'P-second'].sort());
    const there = accounts.find((each: any) => !each.is_current).person;
    expect((await client.post('/portal/api/account', { person: there })).body.company.name).toBe('P-second');
    const stranger = await person();
    await come(stranger);
    const theirs = database((db) => db.prepare('SELECT id FROM portal_person WHERE account_id = ?').get(stranger.account) as { id: number }).id;
    expect((await client.post('/portal/api/account', { person: theirs })).status).toBe(404);
  });
});

describe.skipIf(!canRunMailServer)('what is shared', () => {
  const parts = ['journey', 'plans', 'adoption', 'value', 'people', 'documents', 'tickets', 'surveys', 'health'];

  test('is what the rule of lowest rank says; all else is as if it did not exist', async () => {
    const who = await person();
    const client = await come(who);
    const mine = { combinator: 'and', rules: [{ field: 'name', operator: '=', value: `P-${count}` }] };
    await eventually(async () => (await admin.get(`/api/book?q=P-${count}&limit=1`)).body.total, (total) => total === 1);
    await share(admin, 'narrow', { rank: 1, condition: mine, shows: { people: true, tickets: true } });
    for (const part of parts) {
      const expected = ['people', 'tickets'].includes(part) ? 200 : 404;
      expect((await client.get(`/portal/api/${part}`)).status, part).toBe(expected);
    }
    expect((await client.get('/portal/api/me')).body.shows).toEqual({ ...Object.fromEntries(Object.keys(everything).map((part) => [part, false])), people: true, tickets: true });
    await share(admin, 'narrow', { rank: 1, condition: mine, shows: {} });
    for (const part of parts) expect((await client.get(`/portal/api/${part}`)).status, part).toBe(404);
    expect((await admin.get(`/api/accounts/${who.account}/portal`)).body.sharing).toMatchObject({ key: 'narrow' });
    await share(admin, 'narrow', { rank: 1000, condition: mine, shows: {} });
  });

  test('a rule names its faults by their paths', async () => {
    const answer = await admin.put('/api/definitions/portal_sharing/bad/draft', { name: { en: 'x', ja: '' }, shows: { health: true, secrets: true }, condition: { combinator: 'and', rules: [{ field: 'nope', operator: '=', value: 1 }] } });
    expect(answer.status).toBe(400);
    expect(answer.body.errors.map((each: any) => each.field)).toEqual(expect.arrayContaining(['name.ja', 'shows.secrets']));
  });

  test('how things go is told only with consent, in the words of the rule', async () => {
    const who = await person();
    const client = await come(who);
    expect((await client.get('/portal/api/health')).body).toEqual({ consent_needed: true, consent_given: false, words: null, as_of: null });
    expect((await client.put('/portal/api/health/consent', { given: true })).body.consent_given).toBe(true);
    expect((await admin.get(`/api/accounts/${who.account}/portal`)).body.consent).toMatchObject({ is_needed: true, given: true, by: `Person ${who.address}` });
    expect((await client.put('/portal/api/health/consent', { given: false })).body).toMatchObject({ consent_given: false, words: null });
  });

  test('use by department says how many and never who, to them and to us', async () => {
    const who = await person({ department: '営業部' });
    const client = await come(who);
    for (const [name, department] of [['second', '営業部'], ['third', '製造部'], ['fourth', null]] as const) await contactOn(who.account, `${name}@department.test`, { department });
    const source = await Source.make(server, admin, 'Departments');
    const use = (userId: string, event: string) => ({ type: 'track', userId, event, messageId: `${userId} ${event}`, context: { groupId: `P-${count}` } });
    const sent = await source.batch([use(who.address, 'Report Opened'), use(who.address, 'File Sent'), use('second@department.test', 'Report Opened'), use('nobody-we-know', 'File Sent')]);
    expect(sent.status).toBe(200);
    const adoption = await eventually(async () => client.get('/portal/api/adoption'), ({ body }) => body.people === 3);
    const { as_of, departments } = adoption.body;
    expect(departments).toEqual([
      { department: '営業部', known: 2, people: 2, features: 2, last_used: expect.any(String) },
      { department: '製造部', known: 1, people: 0, features: 0, last_used: null },
      { department: null, known: 1, people: 1, features: 1, last_used: expect.any(String) },
    ]);
    for (const name of ['@', 'Person', 'nobody-we-know']) expect(adoption.text).not.toContain(name);
    const ours = await admin.get(`/api/accounts/${who.account}/departments`);
    expect(ours.body).toEqual({ as_of, items: departments });
    // On earlier days nobody had a department yet.
    expect((await admin.get(`/api/accounts/${who.account}/departments?as_of=2020-01-01`)).body).toEqual({ as_of: '2020-01-01', items: [] });
    expect((await admin.get('/api/accounts/999999/departments')).status).toBe(404);
    await admin.patch(`/api/contacts/${who.contact}`, { account_id: who.account, department: '製造部' });
    expect((await client.get('/portal/api/adoption')).body.departments.map((each: any) => `${each.department} ${each.people}/${each.known}`)).toEqual(['製造部 1/2', '営業部 1/1', 'null 1/1']);
    await share(admin, 'without_use', { rank: 1, shows: { people: true } });
    expect((await client.get('/portal/api/adoption')).status).toBe(404);
    await share(admin, 'without_use', { rank: 1000, shows: {} });
  });

  test('the words follow the score, and a level that was set by hand', async () => {
    count += 1;
    const account = await newAccount(admin, `P-${count}`, { created_day: '2015-04-01' });
    const client = await come({ account, ...(await contactOn(account, `p${count}@customer.test`)) });
    const health = `/api/accounts/${account}/health`;
    const level = await eventually(async () => (await admin.get(health)).body.level as string | null, (found) => found !== null);
    const condition = { combinator: 'and', rules: [{ field: 'name', operator: '=', value: `P-${count}` }] };
    await share(admin, 'scored', { rank: 1, condition });
    // Of a customer who is not in the book yet, no rule with a condition tells anything.
    const before = await eventually(() => client.get('/portal/api/health'), ({ status }) => status === 200);
    expect(before.body.words, before.text).toBeNull();
    await client.put('/portal/api/health/consent', { given: true });
    const words = (wanted: string) => eventually(async () => (await client.get('/portal/api/health')).body, ({ words }) => words?.en === `Words for ${wanted}`);
    expect(await words(level!)).toMatchObject({ consent_given: true, words: { en: `Words for ${level}` } });
    const lowered = await admin.post(`${health}/override`, { level: 'critical', reason: '解約の申し出', expires_on: '2099-12-31' });
    expect(lowered.status, lowered.text).toBe(200);
    const told = await words('critical');
    expect(told.words).toEqual({ en: 'Words for critical', ja: 'Words for critical' });
    expect(JSON.stringify(told)).not.toContain('解約');
    await share(admin, 'scored', { rank: 1000, condition });
  });

  test('files are handed out as attachments, of a few kinds, to those they are for', async () => {
    const [one, other] = [await person(), await person()];
    const [theirs, stranger] = [await come(one), await come(other)];
    const pdf = Buffer.concat([Buffer.from('%PDF-1.7\n'), Buffer.alloc(700_000, 7)]);
    const put = (name: string, bytes: Uint8Array, query = `&account=${one.account}`) => admin.post(`/api/portal/documents?name=${encodeURIComponent(name)}${query}`, bytes);
    const made = await put('利用ガイド.pdf', pdf);
    expect(made.status, made.text).toBe(201);
    for (const [name, bytes] of [['x.html', '<script>'], ['x.svg', '<svg onload=alert(1)>'], ['x.pdf', '<html>'], ['x.exe', 'MZ'], ['x.docm', 'PK\x03\x04'], ['x.docx', 'PK\x03\x04word/vbaProject.bin']] as const) {
      expect((await put(name, Buffer.from(bytes))).status, name).toBe(400);
    }
    const got = await fetch(`${server.url}/portal/api/documents/${made.body.id}`, { headers: { cookie: theirs.cookie() } });
    expect(Buffer.from(await got.arrayBuffer()).equals(pdf)).toBe(true);
    expect(got.headers.get('content-disposition')).toBe("attachment; filename*=UTF-8''%E5%88%A9%E7%94%A8%E3%82%AC%E3%82%A4%E3%83%89.pdf");
    expect(got.headers.get('x-content-type-options')).toBe('nosniff');
    expect((await stranger.get(`/portal/api/documents/${made.body.id}`)).status).toBe(404);
    expect((await stranger.get('/portal/api/documents')).body.items).toEqual([]);
    expect((await theirs.get('/portal/api/documents')).body.items).toMatchObject([{ name: '利用ガイド.pdf', bytes: pdf.length }]);
    const csm = await signIn(admin, 'csm');
    expect((await csm.post('/api/portal/documents?name=all.pdf', pdf)).status).toBe(403);
    expect((await admin.get(`/api/portal/documents?account=${one.account}`)).body.items[0].downloads).toBe(1);
    expect((await admin.delete(`/api/portal/documents/${made.body.id}`)).status).toBe(204);
    expect((await theirs.get(`/portal/api/documents/${made.body.id}`)).status).toBe(404);
  });

  test('the look is the vendor\'s, with words that can be read', async () => {
    const look = { name: { en: 'Vendor', ja: 'ベンダー' }, accent: '#7a1fa2', welcome: { en: 'Welcome', ja: 'ようこそ' } };
    expect((await admin.put('/api/portal/settings', { ...look, accent: '#ffe066' })).body.errors[0].field).toBe('accent');
    expect((await admin.put('/api/portal/settings', look)).body).toMatchObject({ ...look, sends_mail: true, public_url: 'https://cs.vendor.test' });
    expect((await admin.put('/api/portal/logo', Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'))).status).toBe(400);
    const png = Buffer.concat([Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]), Buffer.alloc(1000, 1)]);
    expect((await admin.put('/api/portal/logo', png)).status).toBe(204);
    expect((await admin.put('/api/portal/logo', Buffer.concat([png, Buffer.alloc(300_000)]))).status).toBe(413);
    const nobody = new Client(server.url);
    const { logo, ...branding } = (await nobody.get('/portal/api/branding')).body;
    expect(branding).toEqual(look);
    const picture = await fetch(server.url + logo);
    expect(picture.headers.get('content-type')).toBe('image/png');
    expect(Buffer.from(await picture.arrayBuffer()).equals(png)).toBe(true);
  });
});

describe.skipIf(!canRunMailServer)('one of us', () => {
  test('looks as the customer would, changes nothing, and is on record', async () => {
    const who = await person();
    const csm = await signIn(admin, 'csm');
    const looked = await csm.post(`/api/accounts/${who.account}/portal/view`, { contact_id: who.contact });
    expect(looked.status, looked.text).toBe(200);
    expect((await csm.get('/portal/api/me')).body).toMatchObject({ person: { email: who.address }, viewed_by: 'csm', accounts: [] });
    const writes = JSON.parse((await run(['routes', '--json'])).stdout).filter((route: any) => route.permission === 'customer' && route.method !== 'GET');
    expect(writes.length).toBeGreaterThan(8);
    for (const route of writes) {
      const token = /banso_portal_csrf=([^;]*)/.exec(csm.cookie())![1]!;
      const answer = await csm.request(route.method, route.path.replaceAll(/\{[^}]+\}/g, '1'), {}, { 'x-csrf-token': token });
      expect(answer.status, `${route.method} ${route.path}`).toBe(403);
    }
    const audit = (await admin.get(`/api/accounts/${who.account}/portal/audit`)).body;
    expect(audit.items[0]).toMatchObject({ event: 'viewed_as', by: 'csm', contact_id: who.contact });
    const reader = await signIn(admin, 'read_only');
    expect((await reader.post(`/api/accounts/${who.account}/portal/view`, { contact_id: who.contact })).status).toBe(403);
    const stranger = await person();
    expect((await csm.post(`/api/accounts/${who.account}/portal/view`, { contact_id: stranger.contact })).status).toBe(404);
  });

  test('cannot look any longer than half an hour, nor after losing the role', async () => {
    const who = await person();
    const csm = await signIn(admin, 'csm');
    const { until } = (await csm.post(`/api/accounts/${who.account}/portal/view`, { contact_id: who.contact })).body;
    expect(Date.parse(until) - Date.now()).toBeLessThanOrEqual(30 * 60_000);
    const { id } = (await csm.get('/api/session')).body.user;
    expect((await admin.patch(`/api/users/${id}`, { role: 'read_only' })).status).toBe(200);
    expect((await csm.get('/portal/api/me')).status).toBe(401);
  });

  test('finds every log-in and deed on record, after a kill as well', async () => {
    const who = await person();
    const client = await come(who);
    await client.put('/portal/api/health/consent', { given: true });
    await server.kill();
    await open();
    Object.assign(client, { url: server.url });
    expect((await client.get('/portal/api/me')).status).toBe(200);
    const events = (await admin.get(`/api/accounts/${who.account}/portal/audit`)).body.items.map((each: any) => each.event);
    expect(events).toEqual(['consented', 'logged_in', 'invited']);
  });
});
