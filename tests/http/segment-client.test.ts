// Segment's own client for Node.js, unmodified: only its `host` is ours.
import { Analytics, type AnalyticsSettings } from '@segment/analytics-node';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { badNetwork } from '../support/bad_network.ts';
import { type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';
import { allEvents, eventsTotal, eventually, newAccount, Source } from '../support/intake.ts';

let server: Server;
let admin: Client;
let source: Source;

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'UTC' });
  source = await Source.make(server, admin, 'Node.js');
});
afterAll(() => server.stop());

// `delivered` collects what the client itself believes to have sent, `failed` what it gave up on.
function client(settings: Partial<AnalyticsSettings> = {}) {
  const analytics = new Analytics({ writeKey: source.key, host: server.url, flushInterval: 200, ...settings });
  const failed: string[] = [];
  const delivered = new Set<string>();
  analytics.on('error', (error) => failed.push(`${error.code}: ${error.reason ?? ''}`));
  for (const kind of ['identify', 'track', 'page', 'screen', 'group', 'alias'] as const) {
    analytics.on(kind, (context) => delivered.add(context.event.messageId!));
  }
  return { analytics, failed, delivered };
}

const rowsOf = (account: number, total: number) =>
  eventually(
    () => allEvents(admin, account),
    (rows) => rows.length >= total,
  );

describe('calls', () => {
  test('of every kind reach their account', async () => {
    const account = await newAccount(admin, 'kinds');
    const { analytics, failed } = client();
    const who = { userId: 'u-kinds', context: { groupId: 'kinds' } };
    analytics.identify({ ...who, traits: { email: 'kana@kinds.example', name: '山田 花' } });
    analytics.group({ userId: 'u-kinds', groupId: 'kinds', traits: { plan: 'standard' } });
    analytics.track({ ...who, event: 'Report Exported', properties: { rows: 120, format: 'csv', nested: { deep: [1, 2] } } });
    analytics.page({ ...who, name: 'Pricing', properties: { path: '/pricing' } });
    analytics.screen({ ...who, name: 'Inbox' });
    analytics.alias({ userId: 'u-kinds', previousId: 'visitor-kinds' });
    await analytics.closeAndFlush({ timeout: 5000 });
    expect(failed).toEqual([]);
    const rows = await rowsOf(account, 5);
    const byKind = Object.fromEntries(rows.map((row) => [row.kind, row]));
    expect(byKind.track).toMatchObject({ event: 'Report Exported', user_key: 'u-kinds', source: 'Node.js', properties: { rows: 120, nested: { deep: [1, 2] } } });
    expect(byKind.page).toMatchObject({ event: 'Pricing', properties: { path: '/pricing' } });
    expect(byKind.screen).toMatchObject({ event: 'Inbox' });
    expect(byKind.identify).toMatchObject({ properties: { email: 'kana@kinds.example' } });
    expect(byKind.group).toMatchObject({ properties: { plan: 'standard' } });
    const people = await admin.get(`/api/accounts/${account}/people`);
    expect(people.body.items).toMatchObject([{ user_key: 'u-kinds', email: 'kana@kinds.example', name: '山田 花', events_28d: 3 }]);
  });

  test('that name no account follow the group call of their person', async () => {
    const account = await newAccount(admin, 'by-group-call');
    const { analytics, failed } = client();
    analytics.track({ userId: 'u-before', event: 'Before' });
    analytics.group({ userId: 'u-before', groupId: 'by-group-call' });
    analytics.track({ userId: 'u-before', event: 'After' });
    await analytics.closeAndFlush({ timeout: 5000 });
    expect(failed).toEqual([]);
    const rows = await rowsOf(account, 3);
    expect(rows.map((row) => row.event).filter(Boolean).sort()).toEqual(['After', 'Before']);
  });

  test('of a visitor become those of the user who logs in', async () => {
    const account = await newAccount(admin, 'visitor');
    const { analytics, failed } = client();
    analytics.page({ anonymousId: 'cookie-1', name: 'Landing', context: { groupId: 'visitor' } });
    analytics.identify({ anonymousId: 'cookie-1', userId: 'u-visitor', traits: { email: 'visitor@example.com' }, context: { groupId: 'visitor' } });
    analytics.track({ userId: 'u-visitor', event: 'Signed Up', context: { groupId: 'visitor' } });
    await analytics.closeAndFlush({ timeout: 5000 });
    expect(failed).toEqual([]);
    const rows = await eventually(
      () => allEvents(admin, account),
      (found) => found.length === 3 && found.every((row) => row.user_key === 'u-visitor'),
    );
    expect(rows.map((row) => row.user_key)).toEqual(['u-visitor', 'u-visitor', 'u-visitor']);
  });

  test('keep the time they were made at, and the ids they were given', async () => {
    const account = await newAccount(admin, 'times');
    const { analytics, failed } = client();
    const twoDaysAgo = new Date(Date.now() - 2 * 86_400_000);
    const late = { userId: 'u', event: 'Late', messageId: 'given-by-the-caller', timestamp: twoDaysAgo, context: { groupId: 'times' } };
    analytics.track(late);
    analytics.track(late);
    await analytics.closeAndFlush({ timeout: 5000 });
    expect(failed).toEqual([]);
    const [row] = await rowsOf(account, 1);
    expect(Math.abs(Date.parse(row.at) - twoDaysAgo.getTime())).toBeLessThan(5000); // moved by the skew between both clocks
    expect(Date.now() - Date.parse(row.received_at)).toBeLessThan(60_000);
    expect(await eventsTotal(admin, account)).toBe(1);
  });
});

describe('batches', () => {
  test('of hundreds of calls arrive whole, each once', async () => {
    const account = await newAccount(admin, 'hundreds');
    const { analytics, failed, delivered } = client({ flushAt: 50 });
    for (let n = 0; n < 730; n += 1) {
      analytics.track({ userId: `u-${n % 7}`, event: 'Clicked', properties: { n }, context: { groupId: 'hundreds' } });
    }
    await analytics.closeAndFlush({ timeout: 10_000 });
    expect(failed).toEqual([]);
    expect(delivered.size).toBe(730);
    const rows = await rowsOf(account, 730);
    expect(rows.map((row) => row.properties.n).sort((a, b) => a - b)).toEqual(Array.from({ length: 730 }, (_, n) => n));
  });
});

describe('retries', () => {
  test('after 503, 429 and cut connections end with every event stored once', async () => {
    const account = await newAccount(admin, 'retries');
    const network = await badNetwork(() => server, ['busy', 'cut_before', 'cut_after', 'too_many', 'cut_after']);
    const { analytics, failed } = client({ host: network.url, flushAt: 10 });
    for (let n = 0; n < 20; n += 1) analytics.track({ userId: 'u', event: 'Clicked', properties: { n }, context: { groupId: 'retries' } });
    await analytics.closeAndFlush({ timeout: 40_000 });
    network.close();
    expect(failed).toEqual([]);
    expect(network.troubles).toEqual([]);
    const rows = await rowsOf(account, 20);
    expect(rows.map((row) => row.properties.n).sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, n) => n));
  });

  test('over a restart of the server lose nothing and double nothing', async () => {
    const account = await newAccount(admin, 'restart');
    const { analytics, failed } = client({ flushAt: 5 });
    const port = Number(new URL(server.url).port);
    for (let n = 0; n < 60; n += 1) {
      analytics.track({ userId: 'u', event: 'Clicked', properties: { n }, context: { groupId: 'restart' } });
      if (n === 20) await server.kill();
      if (n === 40) server = await startServer({ data: server.data, port });
      await new Promise((wait) => setTimeout(wait, 10));
    }
    await analytics.closeAndFlush({ timeout: 40_000 });
    expect(failed).toEqual([]);
    const rows = await rowsOf(account, 60);
    expect(rows.map((row) => row.properties.n).sort((a, b) => a - b)).toEqual(Array.from({ length: 60 }, (_, n) => n));
  });

  test('are not made where they cannot help: an unknown key is told at once', async () => {
    const { analytics, failed } = client({ writeKey: 'nobody-has-this-key' });
    analytics.track({ userId: 'u', event: 'Clicked' });
    await analytics.closeAndFlush({ timeout: 5000 });
    expect(failed.join()).toContain('401');
  });
});
