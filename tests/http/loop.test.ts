// From signal to action to proof, through the real binary and a real mail server: an account goes bad, a rule opens a
// call, its playbook gives the owner a task and writes to the champion, the account recovers, and everything closes by
// itself. Once, also where the process is killed on the way.
//
// The server's clock is a working morning in Tokyo (faketime), because mail waits for working hours.
import { existsSync, rmSync } from 'node:fs';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { freshFolder, type Server, startServer } from '../support/banso.ts';
import { Client, setUp } from '../support/client.ts';
import { eventually, newAccount } from '../support/intake.ts';
import { canRunMailServer, MailServer, type ReceivedMail } from '../support/mail_server.ts';
import { enter, share } from '../support/portal.ts';
import { pause } from '../support/producers.ts';

const faketime = '/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1';
const canRun = canRunMailServer && existsSync(faketime);
const kills = process.env.BANSO_TEST_SLOW === '1' ? 25 : 5;
const text = (en: string, ja = en) => ({ en, ja });
const all = (...rules: object[]) => ({ combinator: 'and', rules });
const is = (field: string, value: string) => all({ field, operator: '=', value });
const ended = ['done', 'goal', 'exited', 'stopped', 'failed'];

const tuesdayMorning_ms = Date.parse('2026-06-02T10:00:00+09:00');
let clock_s = Math.round((tuesdayMorning_ms - Date.now()) / 1000);
const data = freshFolder();
let mail: MailServer;
let server: Server;
let admin: Client;

async function open() {
  const env = { LD_PRELOAD: faketime, FAKETIME: `${clock_s >= 0 ? '+' : ''}${clock_s}`, DONT_FAKE_MONOTONIC: '1', FAKETIME_DONT_FAKE_MONOTONIC: '1' };
  server = await startServer({ data, args: [...mail.args(), '--public-url', 'https://cs.vendor.test'], env });
  if (admin) Object.assign(admin, { url: server.url });
}

beforeAll(async () => {
  if (!canRun) return;
  mail = await MailServer.start();
  await open();
  admin = await setUp(server.url, { timezone: 'Asia/Tokyo', language: 'en' });
  expect((await admin.post('/api/attributes', { name: text('Mood', '様子'), type: 'text', key: 'mood' })).status).toBe(201);
  const { smtp: _smtp, inbox: _inbox, from_address, public_url: _url, waiting: _waiting, ...settings } = (await admin.get('/api/outreach/settings')).body;
  expect(from_address).toBe('inbox@vendor.test');
  await answered(
    admin.put('/api/outreach/settings', {
      ...settings,
      sender: { name: text('Vendor Inc.', '株式会社ベンダー'), address: text('1 Chiyoda, Tokyo', '東京都千代田区1'), contact: 'inbox@vendor.test' },
    }),
  );
  // One person owns all accounts here: her noise budget must not hold calls back.
  await answered(admin.put('/api/signals/settings', { calls_per_person_week: null }));
  await define('mail_template', 'care', template('service'));
  await define('mail_template', 'offer', template('promotion'));
  // A rule begins with its first look at a book, and there is none before there is a customer.
  await customer('First');
}, 60_000);
afterAll(async () => {
  await server?.stop();
  mail?.stop();
  rmSync(data, { recursive: true, force: true });
});

async function answered(request: Promise<any>): Promise<any> {
  const answer = await request;
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

const template = (purpose: string) => ({
  name: text(purpose, purpose),
  purpose,
  subject: text('A word about {{account.name}}', '{{account.name}}様のご利用について'),
  body: text(
    'Hello {{contact.addressee}},\n\nhow is {{account.name}} doing?\n\n{{owner.name}}',
    '{{contact.addressee}}\n\n{{account.name}}様のご状況はいかがでしょうか。\n\n{{owner.name}}',
  ),
});

async function define(kind: string, key: string, body: object) {
  await answered(admin.put(`/api/definitions/${kind}/${key}/draft`, body));
  await answered(admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'test' }));
}

const step = (key: string, kind: string, more: object) => ({ key, kind, name: text(key), ...more });
const definePlaybook = (key: string, steps: object[], more: object = {}) =>
  define('playbook', key, { name: text(key), start: { on: 'call' }, steps, ...more });

const mailStep = (key: string, next: string | null, which = 'care') =>
  step(key, 'email', { template: which, to: { roles: ['champion'], at_most: 1 }, next });

async function defineSignal(key: string, mood: string, playbook: string) {
  await define('signal_rule', key, {
    name: text(`Mood ${key}`, `様子 ${key}`),
    kind: 'risk',
    severity: 'high',
    condition: is('attribute.mood', mood),
    cooldown_days: 0,
    closes_by_itself: true,
    explanation: text('The mood is {attribute.mood}.', '様子は「{attribute.mood}」です。'),
    call: { role: 'csm', due_business_days: 3, hours_estimate: 1, playbook },
  });
  // Who is in it at first is found before anybody changes.
  const ready = await eventually(
    async () => (await admin.get(`/api/signals/${key}`)).body.accounts,
    (accounts) => accounts !== null,
  );
  expect(ready).not.toBeNull();
}

interface Customer {
  account: number;
  contact: number;
  address: string;
}

async function customer(name: string, person: object = {}, more: object = {}): Promise<Customer> {
  const owner = (await admin.get('/api/session')).body.user.id;
  const account = await newAccount(admin, name, { owner_id: owner, attributes: { mood: 'fine' }, ...more });
  const address = `${name.toLowerCase().replace(/[^a-z0-9]/g, '')}@customer.test`;
  const { id } = await answered(
    admin.post(`/api/accounts/${account}/contacts`, { name: '山田 太郎', email: address, roles: ['champion'], language: 'ja', ...person }),
  );
  const known = await eventually(
    async () => (await admin.get(`/api/accounts/${account}/health`)).status,
    (status) => status === 200,
  );
  expect(known).toBe(200);
  return { account, contact: id, address };
}

const setMood = (account: number, mood: string) => answered(admin.patch(`/api/accounts/${account}`, { attributes: { mood } }));
const runsOf = async (playbook: string): Promise<any[]> => (await admin.get(`/api/runs?playbook=${playbook}&limit=100`)).body.items;
const runOf = async (id: number) => (await admin.get(`/api/runs/${id}`)).body;
const callsOf = async (account: number): Promise<any[]> => (await admin.get(`/api/accounts/${account}/calls?limit=100`)).body.items;
const tasksOf = async (account: number, states = 'open'): Promise<any[]> =>
  (await admin.get(`/api/tasks?scope=all&account=${account}&state=${states}`)).body.items;
const mailsTo = (to: Customer): ReceivedMail[] => mail.received().filter((each) => each.to === to.address);
const codes = (run: any): string[] => run.trace.map((line: any) => line.code);
const wordsOf = (run: any, language: 'en' | 'ja'): string => run.trace.map((line: any) => line.words[language]).join('\n');

async function theRun(playbook: string, account: number, holds: (run: any) => boolean, seconds = 30): Promise<any> {
  return eventually(
    async () => {
      const row = (await runsOf(playbook)).find((each) => each.account_id === account);
      return row && (await runOf(row.id));
    },
    (run) => run !== undefined && holds(run),
    seconds,
  );
}

test.skipIf(!canRun)('an account goes bad and recovers, the server is killed twice, and all is said and done once', async () => {
  await definePlaybook(
    'rescue',
    [
      mailStep('hello', 'phone'),
      step('phone', 'task', { title: text('Phone {{account.name}}', '{{account.name}}へ電話'), due_business_days: 2, wait: true, next: 'after', skipped: null }),
      step('after', 'wait', { days: 20, next: null }),
    ],
    { goal: is('attribute.mood', 'fine') },
  );
  await defineSignal('bad_mood', 'bad', 'rescue');
  const acme = await customer('Acme', {}, { name: '株式会社アクメ' });

  // Nobody takes mail, and the power is cut as soon as the call is there.
  mail.stopSmtp();
  await setMood(acme.account, 'bad');
  const [call] = await eventually(() => callsOf(acme.account), (calls) => calls.length === 1);
  await server.kill();
  await open();
  expect(call).toMatchObject({ status: 'open', kind: 'risk', severity: 'high', source: 'signal' });
  expect(call.explanation.ja).toBe('様子は「bad」です。');
  const waiting = await theRun('rescue', acme.account, (run) => run.waiting_for === 'person');
  expect(waiting.steps.map((each: any) => `${each.step} ${each.state}`)).toEqual(['hello done', 'phone waiting']);
  expect(waiting).toMatchObject({ started_by: 'call', call_id: call.id, arm: 'treated' });

  // Killed again while the mail waits; six minutes later the mail server is back.
  await pause(2500);
  await server.kill();
  mail.startSmtp();
  clock_s += 360;
  await open();
  const arrived = await eventually(async () => mailsTo(acme), (mails) => mails.length > 0, 30);
  expect(arrived).toHaveLength(1);
  expect(arrived[0]!.headers.get('subject')).toBe('株式会社アクメ様のご利用について');
  expect(arrived[0]!.text).toContain('山田 太郎 様');
  expect(arrived[0]!.text).toContain('株式会社アクメ様のご状況はいかがでしょうか。');
  expect(arrived[0]!.text).toContain('Admin');
  expect(arrived[0]!.headers.get('list-unsubscribe')).toContain('https://cs.vendor.test/');

  // The task is the owner's, hangs on the call, and moves the run on.
  const tasks = await tasksOf(acme.account);
  expect(tasks).toHaveLength(1);
  expect(tasks[0]).toMatchObject({ call: { id: call.id }, title: { ja: '株式会社アクメへ電話' }, responsible: { name: 'Admin' } });
  await answered(admin.post(`/api/tasks/${tasks[0].id}/finish`, { state: 'done' }));
  expect((await theRun('rescue', acme.account, (run) => run.waiting_for === 'time')).step).toBe('after');

  // It recovers: that is the goal, not a run cut short, and the call closes by itself.
  await setMood(acme.account, 'fine');
  const run = await theRun('rescue', acme.account, (each) => ended.includes(each.state));
  expect(run.state, wordsOf(run, 'en')).toBe('goal');
  const [closed] = await eventually(() => callsOf(acme.account), (calls) => calls[0].status === 'closed');
  expect(closed).toMatchObject({ status: 'closed', outcome: 'withdrawn' });
  const told = wordsOf(run, 'en');
  expect(told).toContain('Ordered for 山田 太郎.');
  expect(told).toContain('The mail was sent.');
  expect(told).toContain('Task "Phone 株式会社アクメ" for the CSM');
  expect(told).toContain('Admin did the task.');
  expect(told).toMatch(/goal/i);
  for (const line of run.trace) expect(line.words.ja, line.code).not.toBe('');
  expect(codes(run).filter((code) => code === 'mail_sent')).toHaveLength(1);

  // Nothing more comes of it, and it was all once.
  await pause(3000);
  expect(mailsTo(acme)).toHaveLength(1);
  expect(await callsOf(acme.account)).toHaveLength(1);
  expect(await runsOf('rescue')).toHaveLength(1);
  expect(await tasksOf(acme.account, 'open')).toHaveLength(0);
}, 120_000);

test.skipIf(!canRun)('mail goes out in the language of the contact', async () => {
  await definePlaybook('greet', [mailStep('hello', null)]);
  await defineSignal('greeted', 'greet_me', 'greet');
  const beta = await customer('Beta', { name: 'Jane Smith', language: 'en' }, { name: 'Beta Inc.', country: 'JP' });
  await setMood(beta.account, 'greet_me');
  const [letter] = await eventually(async () => mailsTo(beta), (mails) => mails.length > 0, 30);
  expect(letter?.headers.get('subject')).toBe('A word about Beta Inc.');
  expect(letter?.text).toContain('Hello Jane Smith,');
});

test.skipIf(!canRun)('a promotion leaves out who did not consent or unsubscribed, and the trace says so', async () => {
  await definePlaybook('promote', [mailStep('offer', 'told', 'offer'), step('told', 'task', { title: text('Call instead'), next: null })]);
  await defineSignal('promoted', 'ready', 'promote');
  const silent = await customer('Silent');
  const willing = await customer('Willing', { consent: { state: 'given', proof: 'Form of 2026-05-01' } });
  const gone = await customer('Gone away', { consent: { state: 'given', proof: 'Form of 2026-05-01' } });

  // One of them unsubscribes by the link of a service mail, with one click.
  const ordered = await answered(
    admin.post('/api/outreach/mails', { template: 'offer', account_id: gone.account, contact_id: gone.contact }),
  );
  expect(ordered.state, JSON.stringify(ordered)).toBe('queued');
  const [letter] = await eventually(async () => mailsTo(gone), (mails) => mails.length > 0, 30);
  const link = /<https:\/\/cs\.vendor\.test(\/[^>]+)>/.exec(letter!.headers.get('list-unsubscribe')!)![1]!;
  const click = await fetch(server.url + link, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'List-Unsubscribe=One-Click',
  });
  expect(click.status).toBe(200);

  for (const each of [silent, willing, gone]) await setMood(each.account, 'ready');
  const runs = await Promise.all(
    [silent, willing, gone].map((each) => theRun('promote', each.account, (run) => ended.includes(run.state))),
  );
  expect(runs.map((run) => run.steps[0].result)).toEqual(['no_consent', 'done', 'unsubscribed']);
  expect(wordsOf(runs[0], 'en')).toContain('There is no consent to promotional mail on record.');
  expect(wordsOf(runs[0], 'ja')).toContain('同意が記録されていません');
  expect(wordsOf(runs[2], 'en')).toContain('does not want mail of this kind');
  expect(runs.map((run) => run.state)).toEqual(['done', 'done', 'done']);
  await eventually(async () => mailsTo(willing), (mails) => mails.length > 0, 30);
  expect([silent, willing, gone].map((each) => mailsTo(each).length)).toEqual([0, 1, 1]);
}, 120_000);

test.skipIf(!canRun)('a held-out account gets a run and nothing else', async () => {
  await definePlaybook('measured', [mailStep('hello', 'phone'), step('phone', 'task', { title: text('Phone'), next: null })], {
    holdout_percent: 50,
  });
  await defineSignal('measured', 'measure_me', 'measured');
  const customers: Customer[] = [];
  for (let i = 0; i < 12; i += 1) customers.push(await customer(`Measured ${i}`));
  for (const each of customers) await setMood(each.account, 'measure_me');
  const runs = await eventually(
    () => runsOf('measured'),
    (found) => found.length === 12 && found.every((run) => run.arm === 'holdout' || ended.includes(run.state)),
    40,
  );
  expect(runs).toHaveLength(12);
  const held = runs.filter((run) => run.arm === 'holdout');
  expect(held.length).toBeGreaterThan(0);
  expect(held.length).toBeLessThan(12);
  const of = (account: number) => customers.find((each) => each.account === account)!;
  for (const run of runs.filter((each) => each.arm === 'treated')) {
    const mails = await eventually(async () => mailsTo(of(run.account_id)), (found) => found.length > 0, 30);
    expect(mails).toHaveLength(1);
  }
  for (const { id, account_id } of held) {
    const run = await runOf(id);
    expect(run.steps).toEqual([]);
    expect(wordsOf(run, 'ja')).toContain('対照群');
    expect(await tasksOf(account_id)).toEqual([]);
    expect(mailsTo(of(account_id))).toEqual([]);
    expect(await callsOf(account_id)).toHaveLength(1); // the call itself is opened: people still work
  }
}, 120_000);

test.skipIf(!canRun)('a survey goes out by a playbook, waits in the portal until it is answered, and the trace knows', async () => {
  await define('survey', 'csat', {
    name: text('Satisfaction', '満足度'),
    kind: 'csat',
    subject: text('How are we doing?', 'アンケートのお願い'),
    body: text('{{contact.addressee}}\n\n{{survey.link}}'),
    question: text('How satisfied are you?', '満足度を教えてください'),
    thanks: text('Thank you', 'ありがとうございました'),
  });
  await definePlaybook('ask', [step('ask', 'survey', { survey: 'csat', to: { roles: ['champion'], at_most: 1 }, next: 'wait' }), step('wait', 'wait', { days: 5, next: null })]);
  await defineSignal('asked', 'ask_me', 'ask');
  const asked = await customer('Asked');
  await setMood(asked.account, 'ask_me');
  const [letter] = await eventually(async () => mailsTo(asked), (mails) => mails.length > 0, 30);
  const path = /https:\/\/cs\.vendor\.test(\/survey\/[^\s>)]+)/.exec(letter!.text)![1]!;
  await share(admin, 'surveys', { shows: { surveys: true } });
  const portal = await enter(admin, mail, asked.account, asked.contact, asked.address);
  const waiting = async () => (await portal.get('/portal/api/surveys')).body.items;
  expect(await waiting()).toMatchObject([{ question: { ja: '満足度を教えてください' } }]);
  const [{ url }] = await waiting();
  expect((await fetch(server.url + path)).status).toBe(200);
  const answer = await fetch(new URL(url, server.url), {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: 'score=5&comment=good',
  });
  expect(answer.status).toBe(200);
  expect(await waiting()).toEqual([]);
  const run = await theRun('ask', asked.account, (each) => codes(each).includes('mail_answered'));
  expect(codes(run), wordsOf(run, 'en')).toEqual(expect.arrayContaining(['mail_sent', 'mail_answered']));
}, 60_000);

test.skipIf(!canRun)('killed again and again while mails go out: none twice, none lost without a word', async () => {
  await definePlaybook('many', [mailStep('hello', 'phone'), step('phone', 'task', { title: text('Phone'), next: null })]);
  await defineSignal('many', 'mail_me', 'many');
  const customers: Customer[] = [];
  for (let i = 0; i < 20; i += 1) customers.push(await customer(`Many ${i}`));
  for (const each of customers) await setMood(each.account, 'mail_me');
  for (let i = 0; i < kills; i += 1) {
    await pause(100 + Math.random() * 1500);
    await server.kill();
    await open();
  }
  for (const each of customers) {
    const run = await theRun('many', each.account, (found) => ended.includes(found.state), 40);
    expect(run?.state).toBe('done');
  }
  const rowsOf = async (state: string) =>
    (await admin.get(`/api/outreach/mails?template=care&state=${state}&limit=200`)).body.items.filter((row: any) => row.address.startsWith('many'));
  await eventually(async () => (await rowsOf('queued')).length + (await rowsOf('sending')).length, (left) => left === 0, 40);
  const sent = (await rowsOf('sent')).map((row: any) => row.address);
  const unclear = (await rowsOf('unclear')).map((row: any) => row.address);
  expect([...sent, ...unclear].sort()).toEqual(customers.map((each) => each.address).sort());
  await eventually(async () => sent.every((address: string) => mail.received().some((each) => each.to === address)), Boolean, 20);
  for (const each of customers) {
    const [mails, tasks, calls] = [mailsTo(each), await tasksOf(each.account), await callsOf(each.account)];
    if (sent.includes(each.address)) expect(mails, each.address).toHaveLength(1);
    else expect(mails.length, each.address).toBeLessThanOrEqual(1); // the answer was lost: a person decides
    expect(tasks, each.address).toHaveLength(1);
    expect(calls, each.address).toHaveLength(1);
  }
}, 180_000);
