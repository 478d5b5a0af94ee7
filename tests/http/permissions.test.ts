// Deny by default: every route of the binary, called as nobody and as every role.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { run, type Server, startServer } from '../support/banso.ts';
import { Client, type RoleName, setUp, signIn } from '../support/client.ts';
import { operations } from '../support/contract.ts';

interface Route {
  method: string;
  path: string;
  permission: 'anyone' | 'write_key' | RoleName;
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

test('only log-in, set-up and intake are open', () => {
  const open = routes.filter((route) => route.permission === 'anyone').map((route) => `${route.method} ${route.path}`);
  expect(open.sort()).toEqual(['GET /api/session', 'GET /metrics', 'POST /api/session', 'POST /api/setup']);
  for (const route of routes.filter((each) => each.permission === 'write_key')) expect(route.path).toMatch(/^\/v1\//);
});

describe('nobody', () => {
  test('gets nothing without logging in', async () => {
    const nobody = new Client(server.url);
    for (const route of routes.filter((each) => each.permission in rank)) {
      expect((await call(nobody, route)).status, `${route.method} ${route.path}`).toBe(401);
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
