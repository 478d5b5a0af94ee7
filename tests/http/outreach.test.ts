import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';

let server: Server;
let admin: Client;
let account: number;
let contact: number;

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'Asia/Tokyo' });
  const [owner] = (await admin.get('/api/users/choices')).body.items;
  const acme = { external_id: 'acme', name: '株式会社アクメ', owner_id: owner.id };
  account = (await admin.post('/api/accounts', acme)).body.id;
  const made = await admin.post(`/api/accounts/${account}/contacts`, {
    name: '山田 太郎',
    email: 'taro@customer.test',
  });
  contact = made.body.id;
});
afterAll(() => server.stop());

test('starter templates are drafts that can be published as they are', async () => {
  const added = await admin.post('/api/outreach/starters', {});
  expect(added.status).toBe(200);
  expect(added.body.added).toBeGreaterThan(5);
  expect((await admin.post('/api/outreach/starters', {})).body.added).toBe(0);
  const { items } = (await admin.get('/api/outreach/templates')).body;
  for (const { kind, key } of items) {
    const published = await admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'start' });
    expect(published.status, key).toBe(200);
  }
});

test('a preview addresses the contact, and names what is missing', async () => {
  const body = {
    name: { ja: '例', en: 'Example' },
    purpose: 'service',
    subject: { ja: '{{account.name}}', en: 'x' },
    body: { ja: '{{contact.addressee}} {{contact.title}}', en: 'x' },
  };
  const preview = await admin.post('/api/outreach/preview', {
    kind: 'mail_template',
    body,
    account_id: account,
    contact_id: contact,
  });
  expect(preview.status).toBe(200);
  expect(preview.body.subject).toBe('株式会社アクメ');
  expect(preview.body.text).toContain('山田 太郎 様');
  expect(preview.body.missing.map(({ field }: { field: string }) => field)).toEqual(['contact.title']);
  const wrong = await admin.post('/api/outreach/preview', {
    kind: 'mail_template',
    body: { ...body, subject: { ja: '{{nobody.knows}}', en: '{{{raw}}}' } },
  });
  expect(wrong.status).toBe(400);
  expect(wrong.body.errors.map(({ field }: { field: string }) => field)).toEqual(
    expect.arrayContaining(['body.subject.ja', 'body.subject.en']),
  );
});

test('promotional mail waits for consent, which keeps its proof', async () => {
  const order = () =>
    admin.post('/api/outreach/mails', { template: 'win_back', account_id: account, contact_id: contact });
  expect((await order()).body.reason).toBe('no_consent');
  const given = await admin.post(`/api/contacts/${contact}/consent`, {
    account_id: account,
    allowed: true,
    how: '展示会の申込書',
    text_shown: 'メールでのご案内に同意します',
  });
  expect(given.body.consent).toBe('given');
  expect(given.body.history[0].how).toBe('展示会の申込書');
  expect((await order()).body.reason).toBe('no_sender_identity');
});

test('an address that was put on the list gets nothing until it is taken off', async () => {
  const put = await admin.post('/api/outreach/suppressions', { address: 'Taro@customer.test', note: 'asked by phone' });
  expect(put.body.address).toBe('taro@customer.test');
  const order = { template: 'onboarding_welcome', account_id: account, contact_id: contact };
  expect((await admin.post('/api/outreach/mails', order)).body.reason).toBe('suppressed');
  await admin.post(`/api/outreach/suppressions/${put.body.id}/lift`, { why: 'asked again' });
  const queued = await admin.post('/api/outreach/mails', { ...order, unique_key: 'one' });
  expect(queued.body.state).toBe('queued');
  const again = await admin.post('/api/outreach/mails', { ...order, unique_key: 'one' });
  expect(again.body).toMatchObject({ id: queued.body.id, is_new: false });
});

test('links that nobody signed lead nowhere', async () => {
  for (const path of ['/survey/1.0.x', '/unsubscribe/preview', '/m/c/a.b.c', '/m/o/x']) {
    expect((await fetch(server.url + path)).status, path).toBe(404);
  }
});
