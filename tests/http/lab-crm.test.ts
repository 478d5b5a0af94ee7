// The CRM vendor's event log judged in the Health Lab. Only 120 of its 296 accounts have raw events: only those are
// judged, because of the others nobody knows what they used.
import { copyFileSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, hasSharedData, root, run, type Server, sharedData, startServer } from '../support/banso.ts';
import type { Client } from '../support/client.ts';
import { adminOf, expectSane, panelOf, signedIn } from '../support/lab.ts';

const maps = join(root, 'docs/guide/maps');
const rowsOf = (text: string) => text.trim().split('\n');

// The tables of the vendor with the accounts that have raw events. No cell of them holds a comma.
function writeTables(into: string): { accounts: number; all: number } {
  mkdirSync(into, { recursive: true });
  const crm = join(sharedData, 'crm');
  const [, ...events] = rowsOf(gunzipSync(readFileSync(join(crm, 'events_120_accounts.csv.gz'))).toString());
  const withEvents = new Set(events.map((row) => row.split(',')[0]!));
  let all = 0;
  for (const table of ['account.csv', 'subscription.csv']) {
    const [header, ...rows] = rowsOf(readFileSync(join(crm, table), 'utf8'));
    if (table === 'account.csv') all = rows.length;
    writeFileSync(join(into, table), [header, ...rows.filter((row) => withEvents.has(row.split(',')[0]!)), ''].join('\n'));
  }
  for (const file of ['event_type.csv', 'events_120_accounts.csv.gz']) copyFileSync(join(crm, file), join(into, file));
  return { accounts: withEvents.size, all };
}

describe.skipIf(!hasSharedData)('the CRM vendor', () => {
  const folder = freshFolder();
  const data = join(folder, 'data');
  const tables = join(folder, 'tables');
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    expect(writeTables(tables)).toEqual({ accounts: 120, all: 296 });
    const steps = [
      ['workspace', '--name', 'CRM vendor', '--currency', 'USD', '--timezone', 'UTC', '--book-day', '2024-01-31'],
      ['import', join(tables, 'account.csv'), '--as', 'accounts', '--map', join(maps, 'crm-accounts.json')],
      ['import', join(tables, 'subscription.csv'), '--as', 'subscriptions', '--map', join(maps, 'crm-subscriptions.json')],
      ['import', join(tables, 'events_120_accounts.csv.gz'), '--as', 'events', '--map', join(maps, 'crm-events.json')],
      ['evaluate'],
    ];
    for (const step of steps) {
      const done = await run(['--data', data, ...step]);
      expect(done.code, done.stdout + done.stderr).toBe(0);
    }
    await adminOf(data);
    server = await startServer({ data });
    client = await signedIn(server.url);
  }, 600_000);
  afterAll(async () => {
    await server.stop();
    rmSync(folder, { recursive: true, force: true });
  });

  const judgedBy = async (outcome: string) => {
    const answer = await client.post('/api/lab/judge', { scorecard: 'health', outcome, lead_days: 30 });
    expect(answer.status, answer.text).toBe(200);
    expectSane(answer.body);
    return answer.body;
  };

  test('is judged by the ends of all subscriptions: the starter scorecard foresees them no better than chance', async () => {
    const panel = await panelOf(client);
    expect(panel).toMatchObject({ accounts: 120, to: '2024-01-31' });
    const judged = await judgedBy('churned');
    expect(judged.outcomes).toBe(78);
    expect(judged.warnings).toEqual([]);
    // Neither does the trivial baseline. Both intervals hold 0.5.
    expect(judged.auc.value).toBeCloseTo(0.465, 2);
    expect(judged.auc.low).toBeLessThan(0.5);
    expect(judged.auc.high).toBeGreaterThan(0.5);
    expect(judged.baseline.auc.value).toBeCloseTo(0.485, 2);
    for (const measure of judged.measures) expect(['noise', 'redundant', 'constant', 'weak']).toContain(measure.verdict);
  }, 300_000);

  test('learns weights that do somewhat better on later weeks', async () => {
    const { auc_suggested: suggested, auc_now: now, folds } = (await client.post('/api/lab/suggest', { scorecard: 'health', outcome: 'churned', lead_days: 30 })).body;
    expect(folds.length).toBeGreaterThan(0);
    expect(suggested.value).toBeGreaterThan(now.value);
    expect(suggested.low).toBeGreaterThan(0.5);
    expect(suggested.value).toBeLessThan(0.65);
  }, 300_000);

  test('warns of small samples, and gives no figure for tiny ones', async () => {
    const contracted = await judgedBy('contracted');
    expect(contracted).toMatchObject({ outcomes: 4, auc: null });
    expect(contracted.warnings.map(({ code }: { code: string }) => code)).toEqual(['few_outcomes']);
    const expanded = await judgedBy('expanded');
    expect(expanded.sense).toBe('good');
    expect(expanded.outcomes).toBe(14);
    expect(expanded.warnings.map(({ code }: { code: string }) => code)).toEqual(['few_outcomes']);
  });
});
