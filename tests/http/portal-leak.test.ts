// Nothing of another customer, and no word that is ours alone, leaves through the customers' own view. Two customers
// with everything filled by marked words; every route for customers, asked as each of them, with the ids of both in
// paths and bodies; and every route as everybody who is no customer.
import { rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, run, type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';
import { eventually } from '../support/intake.ts';
import { canRunMailServer, MailServer } from '../support/mail_server.ts';
import { enter, PortalClient, share } from '../support/portal.ts';

const data = freshFolder();
const internal = 'INTERNALWORD';
const names = ['Acme', 'Borg'] as const;
type Name = (typeof names)[number];
const text = (words: string) => ({ en: words, ja: words });
const all = (field: string, value: string) => ({ combinator: 'and', rules: [{ field, operator: '=', value }] });

interface Customer {
  name: Name;
  account: number;
  contact: number;
  address: string;
  plan: number;
  document: number;
  person: number;
  client: PortalClient;
}
interface Route {
  method: string;
  path: string;
  permission: string;
}

let mail: MailServer;
let server: Server;
let admin: Client;
let routes: Route[];
const customers = {} as Record<Name, Customer>;

// What no other customer may ever read: words of this one. Names of files and people are theirs as much as the rest.
const marks = (name: Name) => [`${name}MARK`, `${name.toLowerCase()}@customer.test`];

async function answered(request: Promise<any>): Promise<any> {
  const answer = await request;
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
}

async function definition(kind: string, key: string, body: object) {
  await answered(admin.put(`/api/definitions/${kind}/${key}/draft`, body));
  await answered(admin.post(`/api/definitions/${kind}/${key}/publish`, { why: 'test' }));
}

async function bringIn(kind: string, rows: string) {
  const file = join(data, `${kind}.csv`);
  writeFileSync(file, rows);
  const done = await run(['--data', data, 'import', file, '--as', kind]);
  expect(done.code, done.stdout + done.stderr).toBe(0);
}

async function fill(name: Name): Promise<Customer> {
  const mark = `${name}MARK`;
  const hit = (await answered(admin.get(`/api/search?q=${mark}`))).items.find((item: any) => item.kind === 'account');
  const account: number = hit.id;
  const address = `${name.toLowerCase()}@customer.test`;
  const { id: contact } = await answered(
    admin.post(`/api/accounts/${account}/contacts`, { name: `${mark} person`, email: address, department: `${mark} department`, roles: ['champion', 'decision_maker'], language: 'ja' }),
  );
  await answered(admin.post(`/api/accounts/${account}/interactions`, { kind: 'note', occurred_at: '2026-05-01T00:00:00Z', subject: `${internal} ${mark}`, body: internal }));
  await answered(admin.put(`/api/accounts/${account}/journey/assumption`, { stage: 'start', why: `${internal} why` }));
  await answered(admin.post(`/api/accounts/${account}/journey/feelings`, { feeling: 2, words: `${internal} as we heard`, contact_id: contact }));
  const plan = await answered(admin.post('/api/plans', { account_id: account, blank: true, name: text(`${mark} plan`) }));
  const changed = await answered(
    admin.post(`/api/plans/${plan.id}/changes`, {
      base_version: plan.version,
      operations: [
        { op: 'set_head', head: { purpose: text(`${mark} purpose`), internal_note: internal } },
        { op: 'put', kind: 'goal', item: { key: 'goal', name: text(`${mark} goal`), criterion: text(`${mark} criterion`), kind: 'figure', unit: text('件'), baseline: 0, target: 10, due: '2030-01-01' } },
        { op: 'put', kind: 'action', item: { key: 'theirs', name: text(`${mark} action`), owner: { side: 'theirs' }, due: '2029-01-01' } },
        { op: 'put', kind: 'action', item: { key: 'hidden', name: text(internal), owner: { side: 'ours' }, internal: true } },
        { op: 'put', kind: 'risk', item: { key: 'risk', name: text(internal), severity: 'high', mitigation: text(internal) } },
      ],
    }),
  );
  await answered(admin.post(`/api/plans/${plan.id}/comments`, { item: 'goal', words: `${internal} comment`, internal: true }));
  await answered(admin.post(`/api/plans/${plan.id}/comments`, { item: 'goal', words: `${mark} comment`, internal: false }));
  expect(changed.version).toBeGreaterThan(0);
  await answered(admin.post(`/api/plans/${plan.id}/send`, { contact_ids: [contact] }));
  const made = await answered(admin.post(`/api/portal/documents?name=${mark}.txt&account=${account}`, Buffer.from(`${mark} content`)));
  const client = await enter(admin, mail, account, contact, address);
  const { accounts } = (await client.get('/portal/api/me')).body;
  return { name, account, contact, address, plan: plan.id, document: made.id, person: accounts[0].person, client };
}

beforeAll(async () => {
  if (!canRunMailServer) return;
  await bringIn('accounts', `external_id,name\n${names.map((name) => `${name},${name}MARK Inc`).join('\n')}\n`);
  await bringIn('tickets', `account,external_id,subject,status,priority,opened_at\n${names.map((name) => `${name},T-${name},${name}MARK ticket,open,high,2026-05-01 09:00`).join('\n')}\n`);
  mail = await MailServer.start();
  server = await startServer({ data, args: [...mail.args(), '--public-url', 'https://cs.vendor.test'] });
  admin = await setUp(server.url);
  routes = JSON.parse((await run(['routes', '--json'])).stdout);
  await definition('journey', 'way', {
    name: text('The way'),
    description: internal,
    stages: [
      { key: 'start', name: text('Start'), outcome: text('It runs'), feeling: text(internal), moments_of_truth: [{ key: 'm', name: text(internal), what: text(internal) }], milestones: [{ key: 'agreed', name: text('Agreed'), confirmed_by_customer: true }] },
      { key: 'use', name: text('Use'), milestones: [{ key: 'used', name: text('Used'), confirmed_by_customer: true }] },
    ],
  });
  await share(admin, 'everyone', { health_needs_consent: false });
  await eventually(async () => (await admin.get('/api/journeys')).body.items?.[0]?.total.accounts, (accounts) => accounts === 2);
  for (const name of names) customers[name] = await fill(name);
}, 120_000);
afterAll(async () => {
  await server?.stop();
  mail?.stop();
  rmSync(data, { recursive: true, force: true });
});

const forCustomers = () => routes.filter((route) => route.permission === 'customer');
const idsOf = (customer: Customer) => [customer.plan, customer.document, customer.person, customer.account, customer.contact];

// Every way to fill the places of a path: ids of `of`, and keys that both have.
function addresses(route: Route, of: Customer): string[] {
  const ids = route.path.includes('{id}') ? idsOf(of) : [0];
  const keys = route.path.includes('{key}') ? ['goal', 'theirs', 'hidden', 'risk', 'agreed', 'used'] : [''];
  return ids.flatMap((id) => keys.map((key) => route.path.replace('{id}', String(id)).replace('{key}', key)));
}

// A body that every route finds something of its own in, with the ids of `of` wherever one could be put.
const bodies = (of: Customer): object[] => [
  { words: 'From outside', item: 'goal', goal: 'goal', value: 5, done: true, confirmed: true, feeling: 4, given: true, language: 'en', person: of.person, account: of.account, account_id: of.account, contact_id: of.contact, plan: of.plan, id: of.plan },
  { words: 'From outside', confirmed: true },
  { words: 'From outside', item: 'hidden' },
  { words: 'From outside', item: 'goal' },
  { done: true },
  { goal: 'goal', value: 7 },
  { person: of.person },
];

function clean(customer: Customer, answer: { text: string; status: number }, where: string) {
  const other = customers[names.find((name) => name !== customer.name)!];
  for (const word of [internal, ...marks(other.name)]) {
    expect(answer.text.includes(word), `${customer.name}: ${where} (${answer.status}) shows ${word}: ${answer.text.slice(0, 500)}`).toBe(false);
  }
  expect(answer.status, `${where}: ${answer.text}`).toBeLessThan(500);
}

describe.skipIf(!canRunMailServer)('the customers\' own view', () => {
  test('shows each what is theirs: the walk looks at something', async () => {
    for (const customer of Object.values(customers)) {
      const shown: Record<string, string> = {};
      for (const part of ['me', 'journey', 'plans', 'adoption', 'value', 'people', 'documents', 'tickets', 'surveys', 'health']) {
        const answer = await customer.client.get(`/portal/api/${part}`);
        expect(answer.status, `${part}: ${answer.text}`).toBe(200);
        shown[part] = answer.text;
      }
      for (const part of ['me', 'journey', 'plans', 'adoption', 'documents', 'tickets']) expect(shown[part], part).toContain(`${customer.name}MARK`);
      expect(shown['plans']).toContain(`${customer.name}MARK comment`);
      expect((await customer.client.get(`/portal/api/documents/${customer.document}`)).text).toBe(`${customer.name}MARK content`);
    }
  });

  test.each(names)('tells %s nothing of the other, and nothing that is ours alone, on any route with any id', async (name) => {
    const me = customers[name];
    const other = customers[names.find((each) => each !== name)!];
    let calls = 0;
    for (const route of forCustomers()) {
      for (const of of [other, me]) {
        for (const address of addresses(route, of)) {
          for (const body of route.method === 'GET' ? [undefined] : bodies(of)) {
            const answer = await me.client.request(route.method, address, body);
            clean(me, answer, `${route.method} ${address} ${JSON.stringify(body ?? {})}`);
            // Nothing of the other's is there to be changed.
            if (of === other && address.includes(String(of.plan)) && route.method !== 'GET') expect([400, 404], address).toContain(answer.status);
            if (route.path === '/portal/api/documents/{id}' && of === other) expect(answer.status, address).toBe(404);
            calls += 1;
          }
        }
      }
    }
    expect(calls).toBeGreaterThan(300);
    // Whatever was tried, they are still where they were, and so is the other.
    expect((await me.client.get('/portal/api/me')).body.company.name).toBe(`${name}MARK Inc`);
    expect((await other.client.get('/portal/api/me')).body.company.name).toBe(`${other.name}MARK Inc`);
    expect((await admin.get(`/api/plans/${other.plan}`)).text).not.toContain(`${name}MARK person`);
  }, 120_000);

  test('lets nobody else in: not nobody, not one of us by their own log-in, and no customer into ours', async () => {
    const strangers: Record<string, Client> = { nobody: new PortalClient(server.url), admin };
    for (const role of ['read_only', 'csm', 'leader'] as const) strangers[role] = await signIn(admin, role);
    for (const [who, client] of Object.entries(strangers)) {
      for (const route of forCustomers()) {
        const address = addresses(route, customers.Acme)[0]!;
        const answer = await client.request(route.method, address, route.method === 'GET' ? undefined : bodies(customers.Acme)[0]);
        expect(answer.status, `${who}: ${route.method} ${address}`).toBe(401);
      }
    }
    const ours = routes.filter((route) => ['read_only', 'csm', 'leader', 'admin'].includes(route.permission));
    expect(ours.length).toBeGreaterThan(150);
    for (const route of ours) {
      const address = route.path.replaceAll(/\{[^}]+\}/g, String(customers.Acme.account));
      const answer = await customers.Acme.client.request(route.method, address, route.method === 'GET' || route.method === 'DELETE' ? undefined : {});
      expect(answer.status, `${route.method} ${address}`).toBe(401);
    }
  }, 120_000);

  test('shows one of us no more than the customer sees, and lets them write nothing', async () => {
    const csm = await signIn(admin, 'csm');
    for (const name of names) {
      const customer = customers[name];
      await answered(csm.post(`/api/accounts/${customer.account}/portal/view`, { contact_id: customer.contact }));
      const token = /banso_portal_csrf=([^;]*)/.exec(csm.cookie())![1]!;
      for (const route of forCustomers()) {
        for (const of of Object.values(customers)) {
          const address = addresses(route, of)[0]!;
          const answer = await csm.request(route.method, address, route.method === 'GET' ? undefined : bodies(of)[0], { 'x-csrf-token': token });
          clean(customer, answer, `as ${name}: ${route.method} ${address}`);
          if (route.method !== 'GET') expect(answer.status, `${route.method} ${address}`).toBe(403);
        }
      }
    }
  }, 60_000);

  test('shows nothing at all where no rule holds', async () => {
    const { client } = customers.Borg;
    await share(admin, 'nobody', { rank: 1, shows: {}, condition: all('name', 'BorgMARK Inc') });
    for (const route of forCustomers()) {
      if (['/portal/api/me', '/portal/api/account'].includes(route.path)) continue;
      for (const address of addresses(route, customers.Borg)) {
        const answer = await client.request(route.method, address, route.method === 'GET' ? undefined : bodies(customers.Borg)[0]);
        expect(answer.status, `${route.method} ${address}`).toBe(404);
      }
    }
  });
});
