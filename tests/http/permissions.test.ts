// Deny by default: every route of the binary, called as nobody and as every role.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type Server, startServer } from '../support/banso.ts';
import { Client, type RoleName, setUp, signIn } from '../support/client.ts';
import { operations } from '../support/contract.ts';

interface Route {
  method: string;
  path: string;
  permission: 'anyone' | 'write_key' | 'customer' | RoleName;
}

const rank: Record<string, number> = { read_only: 0, csm: 1, leader: 2, admin: 3 };
let server: Server;
let routes: Route[];
const clients: Partial<Record<RoleName, Client>> = {};

beforeAll(async () => {
  routes = JSON.parse((await run(['routes', '--json'])).stdout);
  server = await startServer();
  clients.admin = await setUp(server.url);
  for (const role of ['read_only', 'csm', 'leader'] as const) clients[role] = await signIn(clients.admin, role);
});
afterAll(() => server.stop());

function example(route: Route): string {
  return route.path.replaceAll(/\{[^}]+\}/g, '999999999');
}

function call(client: Client, route: Route) {
  return client.request(route.method, example(route), route.method === 'GET' || route.method === 'DELETE' ? undefined : {});
}

test('the contract and the server name the same routes', () => {
  const name = ({ method, path }: { method: string; path: string }) => `${method} ${path.replaceAll(/\{[^}]+\}/g, '{}')}`;
  expect(routes.map(name).sort()).toEqual(operations().map(name).sort());
});

// What recipients of a mail reach by its links, which carry a signed token.
const byLink = [
  'GET /m/c/{token}',
  'GET /m/o/{token}',
  'GET /survey/{token}',
  'POST /survey/{token}',
  'GET /unsubscribe/{token}',
  'POST /unsubscribe/{token}',
];

// The look of the page on which customers log in, and how they do.
const forWhoWantsIn = ['GET /portal/api/branding', 'GET /portal/api/logo', 'POST /portal/api/log-in', 'POST /portal/api/session', 'DELETE /portal/api/session'];

test('only log-in, set-up, links in mails and intake are open', () => {
  const open = routes.filter((route) => route.permission === 'anyone').map((route) => `${route.method} ${route.path}`);
  expect(open.sort()).toEqual(['GET /api/session', 'GET /metrics', 'POST /api/session', 'POST /api/setup', ...byLink, ...forWhoWantsIn].sort());
  for (const route of routes.filter((each) => each.permission === 'write_key')) expect(route.path).toMatch(/^\/(in-app\/)?v1\//);
});

test('routes for customers are apart, and name no account', () => {
  for (const { method, path, permission } of routes) {
    expect(path.startsWith('/portal/'), `${method} ${path}`).toBe(permission === 'customer' || forWhoWantsIn.includes(`${method} ${path}`));
    if (permission === 'customer') expect(path).not.toMatch(/account.*\{|\{account/);
  }
  expect(routes.filter((route) => route.permission === 'customer').length).toBeGreaterThan(15);
});

describe('nobody', () => {
  test('gets nothing without logging in', async () => {
    const nobody = new Client(server.url);
    for (const route of routes.filter((each) => each.permission in rank || each.permission === 'customer')) {
      expect((await call(nobody, route)).status, `${route.method} ${route.path}`).toBe(401);
    }
  });

  test('gets nothing by a link that nobody signed', async () => {
    const nobody = new Client(server.url);
    for (const route of routes.filter(({ method, path }) => byLink.includes(`${method} ${path}`))) {
      expect((await call(nobody, route)).status, `${route.method} ${route.path}`).toBe(404);
    }
  });

  test('gets nothing in without a write key', async () => {
    const nobody = new Client(server.url);
    for (const route of routes.filter((each) => each.permission === 'write_key')) {
      // A pixel comes whatever becomes of its call, or the reader would see a broken image.
      const allowed = route.path.startsWith('/v1/pixel/') ? [200] : [400, 401, 403];
      expect(allowed, `${route.method} ${route.path}`).toContain((await call(nobody, route)).status);
    }
  });
});

describe.each(['read_only', 'csm', 'leader', 'admin'] as const)('%s', (role) => {
  test('is no customer', async () => {
    for (const route of routes.filter((each) => each.permission === 'customer')) {
      expect((await call(clients[role]!, route)).status, `${role}: ${route.method} ${route.path}`).toBe(401);
    }
  });

  test('is let in where the table says so, and nowhere else', async () => {
    for (const route of routes.filter((each) => each.permission in rank && each.path !== '/api/session')) {
      const { status } = await call(clients[role]!, route);
      const name = `${role}: ${route.method} ${route.path} answered ${status}`;
      if (rank[role]! < rank[route.permission]!) expect(status, name).toBe(403);
      else {
        expect(status, name).not.toBe(401);
        expect(status, name).toBeLessThan(500);
      }
    }
  });
});
