// In-app messages over HTTP, as the vendor's server and a user's browser come: keys, tokens, whom a message is for, what
// becomes of it; and that nobody sees what is meant for another.
import { rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, password } from '../support/client.ts';

const data = freshFolder();
const email = 'in-app@example.com';
let server: Server;
let admin: Client;
let secret: string;
let mine: any;
let other: any;

const ofTheDemo = new Set<string>(); // messages that are there before the test

async function signedIn() {
  const client = new Client(server.url);
  expect((await client.post('/api/session', { email, password })).status).toBe(200);
  return client;
}

beforeAll(async () => {
  const demo = await run(['--data', data, 'demo', '--accounts', '12', '--months', '4', '--seed', '5', '--until', '2026-10-01']);
  expect(demo.code, demo.stderr).toBe(0);
  const added = await run(['--data', data, 'user', 'add', '--name', 'Admin', '--email', email, '--role', 'admin'], { input: `${password}\n` });
  expect(added.code, added.stderr).toBe(0);
  server = await startServer({ data });
  admin = await signedIn();
  [mine, other] = (await admin.get('/api/book?limit=2&columns=external_id')).body.items;
  for (const { key } of (await admin.get('/api/in-app/messages')).body.items) ofTheDemo.add(key);
});
afterAll(async () => {
  await server.stop();
  rmSync(data, { recursive: true, force: true });
});

const words = (text: string) => ({ en: text, ja: `${text}(日本語)` });
const only = (account: any) => ({ combinator: 'and', rules: [{ field: 'external_id', operator: '=', value: account.external_id }] });

async function publish(key: string, body: object) {
  const draft = await admin.put(`/api/definitions/in_app_message/${key}/draft`, { name: words(key), title: words(`Title ${key}`), text: words('Text'), ...body });
  expect(draft.status, draft.text).toBe(200);
  expect((await admin.post(`/api/definitions/in_app_message/${key}/publish`, { why: 'test' })).status).toBe(200);
}

async function keyed(method: string, path: string, bearer: string | undefined, body?: object) {
  const answer = await fetch(`${server.url}/in-app/v1${path}`, {
    method,
    headers: { ...(bearer && { authorization: `Bearer ${bearer}` }), ...(body && { 'content-type': 'application/json' }) },
    body: body && JSON.stringify(body),
  });
  const text = await answer.text();
  return { status: answer.status, origin: answer.headers.get('access-control-allow-origin'), body: text ? JSON.parse(text) : undefined };
}
async function tokenFor(account: any, user: string, language = 'en') {
  const made = await keyed('POST', '/tokens', secret, { user_id: user, account_id: account.external_id, language });
  expect(made.status).toBe(200);
  return made.body.token as string;
}
const ours = (answer: { body: any }) => answer.body.messages.filter((message: any) => !ofTheDemo.has(message.key)) as any[];
const shown = async (token: string) => ours(await keyed('GET', '/messages', token)).map((message) => message.key);

test('only a server with a key gets tokens', async () => {
  const made = await admin.post('/api/in-app/keys', { name: 'Product' });
  expect(made.status, made.text).toBe(201);
  secret = made.body.secret;
  expect((await admin.get('/api/in-app/keys')).text).not.toContain(secret);
  const ask = { user_id: 'u1', account_id: mine.external_id };
  for (const wrong of [undefined, 'bia_guess', '']) expect((await keyed('POST', '/tokens', wrong, ask)).status).toBe(401);
  expect((await keyed('POST', '/tokens', secret, { ...ask, account_id: 'nobody' })).status).toBe(404);
  expect((await keyed('POST', '/tokens', secret, { ...ask, expires_in_s: 1 })).status).toBe(400);
  expect((await keyed('POST', '/tokens', secret, ask)).status).toBe(200);
});

test('a message reaches those it is for, in their language, until they dismiss it', async () => {
  await publish('hello', { form: 'banner', audience: only(mine), link: { label: words('Open'), url: 'https://example.com' } });
  const hanako = await tokenFor(mine, 'hanako', 'ja');
  const answer = await keyed('GET', '/messages', hanako);
  expect(answer.origin).toBe('*');
  expect(ours(answer)).toEqual([
    { key: 'hello', form: 'banner', title: 'Title hello(日本語)', text: 'Text(日本語)', link: { label: 'Open(日本語)', url: 'https://example.com' }, items: [] },
  ]);
  expect(await shown(await tokenFor(other, 'hanako'))).toEqual([]);
  for (const event of ['seen', 'seen', 'clicked', 'dismissed']) expect((await keyed('POST', '/messages/hello', hanako, { event })).status).toBe(204);
  expect(await shown(hanako)).toEqual([]);
  expect(await shown(await tokenFor(mine, 'taro'))).toEqual(['hello']);
  const { items } = (await admin.get('/api/in-app/messages')).body;
  expect(items.find((item: any) => item.key === 'hello')).toMatchObject({ accounts: 1, seen: 1, clicked: 1, dismissed: 1 });
});

test('a checklist is ticked by its user, and by itself', async () => {
  const items = [
    { key: 'invite', label: words('Invite'), url: '/invite' },
    { key: 'known', label: words('Known'), done_when: only(mine) },
    { key: 'import', label: words('Import') },
  ];
  await publish('steps', { form: 'checklist', items, rank: 1 });
  const token = await tokenFor(mine, 'jiro');
  const states = async () => (await keyed('GET', '/messages', token)).body.messages.find((message: any) => message.key === 'steps')?.items.map((item: any) => item.done);
  expect(await states()).toEqual([false, true, false]);
  expect((await keyed('POST', '/messages/steps', token, { event: 'item_done', item: 'known' })).status).toBe(400);
  await keyed('POST', '/messages/steps', token, { event: 'item_done', item: 'invite' });
  expect(await states()).toEqual([true, true, false]);
  await keyed('POST', '/messages/steps', token, { event: 'item_undone', item: 'invite' });
  expect(await states()).toEqual([false, true, false]);
  for (const item of ['invite', 'import']) await keyed('POST', '/messages/steps', token, { event: 'item_done', item });
  expect(await states()).toBeUndefined();
  const { items: list } = (await admin.get('/api/in-app/messages')).body;
  expect(list.find((item: any) => item.key === 'steps').done).toBe(1);
});

test('a token speaks for its user alone, and a key that is disabled for nobody', async () => {
  const token = await tokenFor(mine, 'saburo');
  for (let i = 0; i < token.length; i += 7) {
    const changed = token.slice(0, i) + (token[i] === 'x' ? 'y' : 'x') + token.slice(i + 1);
    expect((await keyed('GET', '/messages', changed)).status).toBe(401);
  }
  expect((await keyed('GET', '/messages', secret)).status).toBe(401);
  const [key] = (await admin.get('/api/in-app/keys')).body.items;
  expect((await admin.request('DELETE', `/api/in-app/keys/${key.id}`)).status).toBe(204);
  expect((await keyed('POST', '/tokens', secret, { user_id: 'u', account_id: mine.external_id })).status).toBe(401);
  expect((await keyed('GET', '/messages', token)).status).toBe(200);
});

test('what could run in a page is refused with its field', async () => {
  const answer = await admin.put('/api/definitions/in_app_message/evil/draft', {
    name: words('evil'),
    title: words('evil'),
    text: words(''),
    form: 'banner',
    link: { label: words('Go'), url: 'javascript:alert(1)' },
  });
  expect(answer.status).toBe(400);
  expect(answer.body.errors[0].field).toContain('link.url');
});
