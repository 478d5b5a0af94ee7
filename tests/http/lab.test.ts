// The Health Lab over HTTP: the demo vendor's scorecard and the telephone company's, judged by what became of accounts.
import { mkdirSync, rmSync, truncateSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, hasSharedData, root, run, type Server, sharedData, startServer } from '../support/banso.ts';
import { type Client, setUp, signIn } from '../support/client.ts';
import { adminOf, areaUnder, expectSane, panelOf, signedIn } from '../support/lab.ts';

describe('a new workspace', () => {
  const data = freshFolder();
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    server = await startServer({ data });
    client = await setUp(server.url);
  }, 60_000);
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  test('says how to build its panel', async () => {
    expect((await client.get('/api/lab/panel')).body.state).toBe('none');
    const refused = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned' });
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('/api/lab/panel');
  });
});

describe('the demo vendor', () => {
  const data = freshFolder();
  let server: Server;
  let client: Client;
  let panel: any;

  beforeAll(async () => {
    const made = await run(['--data', data, 'demo', '--accounts', '300', '--months', '18']);
    expect(made.code, made.stdout + made.stderr).toBe(0);
    await adminOf(data);
    server = await startServer({ data });
    client = await signedIn(server.url);
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    rmSync(data, { recursive: true, force: true });
  });

  test('comes with a panel, so that the Lab answers at once', async () => {
    expect((await client.get('/api/lab/panel')).body).toMatchObject({ state: 'ready', stale: false });
  });

  test('builds a panel of every account and week', async () => {
    panel = await panelOf(client);
    expect(panel).toMatchObject({ state: 'ready', stale: false, error: null });
    expect(panel.rows).toBe(panel.accounts * panel.weeks);
    expect(panel.bytes).toBeGreaterThan(panel.rows);
    expect(panel.outcomes.map((each: any) => each.key)).toEqual(expect.arrayContaining(['churned', 'contracted', 'expanded']));
  }, 120_000);

  test('judges the published scorecard better than chance', async () => {
    const judged = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned', lead_days: 90 });
    expect(judged.status, judged.text).toBe(200);
    expectSane(judged.body);
    expect(judged.body.outcomes).toBeGreaterThan(5);
    expect(judged.body.auc.value).toBeGreaterThan(0.55);
    expect(areaUnder(judged.body.roc)).toBeCloseTo(judged.body.auc.value, 2);
  }, 60_000);

  test('judges a body with other weights differently, and names who changes level', async () => {
    const body = (await client.get('/api/definitions/scorecard/health')).body.body;
    body.groups.forEach((group: any, index: number) => (group.weight = index === 0 ? 100 : 1));
    const wanted = { scorecard: 'health', use: 'body', body, outcome: 'churned', lead_days: 90 };
    const compared = await client.post('/api/lab/compare', wanted);
    expect(compared.status, compared.text).toBe(200);
    const { published, candidate, moved, moved_total: total } = compared.body;
    expectSane(published);
    expectSane(candidate);
    expect(candidate.auc.value).not.toBe(published.auc.value);
    expect(total).toBeGreaterThan(0);
    expect(moved.length).toBe(Math.min(total, 200));
    for (const account of moved) expect(account.level_after).not.toBe(account.level_before);
    // The same body as it is published changes nobody.
    const same = (await client.get('/api/definitions/scorecard/health')).body.body;
    const unchanged = (await client.post('/api/lab/compare', { ...wanted, body: same })).body;
    expect(unchanged.moved_total).toBe(0);
    expect(unchanged.candidate.auc).toEqual(unchanged.published.auc);
  }, 60_000);

  test('takes the published scorecard from memory while the sliders move, and anew after a publication', async () => {
    const body = (await client.get('/api/definitions/scorecard/health')).body.body;
    const wanted = { scorecard: 'health', use: 'body', body, outcome: 'churned', lead_days: 90 };
    const first = (await client.post('/api/lab/compare', wanted)).body;
    const second = (await client.post('/api/lab/compare', { ...wanted, body: { ...body, levels: body.levels } })).body;
    expect(second.published.computed_ms).toBeLessThan(second.candidate.computed_ms);
    expect({ ...second.published, computed_ms: 0 }).toEqual({ ...first.published, computed_ms: 0 });
  }, 60_000);

  test('asks whether the choice of an attribute is bad or good, and judges accordingly', async () => {
    const attribute = panel.outcomes.find((each: any) => each.key.startsWith('attribute.') && each.accounts >= 10);
    expect(attribute.sense).toBeNull();
    expect(attribute.attribute.choice_name.ja).not.toBe('');
    expect(panel.outcomes.find((each: any) => each.key === 'expanded')).toMatchObject({ attribute: null, sense: 'good' });
    const wanted = { scorecard: 'health', outcome: attribute.key, lead_days: 60 };
    const refused = await client.post('/api/lab/judge', wanted);
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].field).toBe('sense');
    const [bad, good] = await Promise.all(['bad', 'good'].map(async (sense) => (await client.post('/api/lab/judge', { ...wanted, sense })).body));
    expect([bad.sense, good.sense]).toEqual(['bad', 'good']);
    // What low scores announce, high ones do not.
    if (bad.auc && good.auc) expect(bad.auc.value + good.auc.value).toBeCloseTo(1, 6);
    expect(bad.at_level).not.toBe(good.at_level);
    const wrong = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned', sense: 'good' });
    expect(wrong.status).toBe(400);
    expect(wrong.body.errors[0].field).toBe('sense');
  }, 60_000);

  test('suggests weights, tested only on later weeks', async () => {
    const suggested = await client.post('/api/lab/suggest', { scorecard: 'health', outcome: 'churned', lead_days: 60 });
    expect(suggested.status, suggested.text).toBe(200);
    const { weights, folds, body } = suggested.body;
    expect(weights.reduce((sum: number, each: any) => sum + each.weight_suggested, 0)).toBeCloseTo(100, 1);
    for (const each of weights) expect(each.weight_suggested).toBeGreaterThanOrEqual(0);
    for (const fold of folds) {
      expect(fold.train_to <= fold.test_from).toBe(true);
      expect(fold.penalty).toBeGreaterThan(0);
      if (fold.auc_now) expect(fold.auc_now.low).toBeLessThanOrEqual(fold.auc_now.high);
    }
    expect(weights.some((each: any) => Math.abs(each.missed_if_dropped) > 0)).toBe(true);
    const judged = await client.post('/api/lab/judge', { scorecard: 'health', use: 'body', body, outcome: 'churned', lead_days: 60 });
    expect(judged.status, judged.text).toBe(200);
  }, 60_000);

  test('a draft is judged as it stands', async () => {
    const body = (await client.get('/api/definitions/scorecard/health')).body.body;
    const none = await client.post('/api/lab/judge', { scorecard: 'health', use: 'draft', outcome: 'churned' });
    expect(none.status).toBe(400);
    expect(none.body.errors[0].field).toBe('use');
    body.levels[0].from = 99;
    const kept = await client.put('/api/definitions/scorecard/health/draft?why=stricter', body);
    expect(kept.status, kept.text).toBeLessThan(300);
    const judged = await client.post('/api/lab/judge', { scorecard: 'health', use: 'draft', outcome: 'churned' });
    expect(judged.status, judged.text).toBe(200);
    const published = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned' });
    expect(judged.body.levels[0].rows).toBeLessThan(published.body.levels[0].rows);
  }, 60_000);

  test('an unknown outcome is refused with its field and the remedy', async () => {
    const refused = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'eaten' });
    expect(refused.status).toBe(400);
    expect(refused.body.errors[0].field).toBe('outcome');
    expect(refused.text).toContain('churned');
    for (const [wrong, field] of [
      [{ lead_days: 45 }, 'lead_days'],
      [{ at_level: 'purple' }, 'at_level'],
      [{ segment_by: 'shoe_size' }, 'segment_by'],
      [{ use: 'body' }, 'body'],
      [{ scorecard: 'unheard_of' }, 'scorecard'],
    ] as const) {
      const answer = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned', ...wrong });
      expect(answer.status, field).toBe(400);
      expect(answer.body.errors[0].field).toBe(field);
    }
  });

  test('does not judge on measures that have changed since, until the panel is built again', async () => {
    const scorecard = (await client.get('/api/definitions/scorecard/health')).body.body;
    const used = scorecard.groups[0].measures[0].measure;
    const path = `/api/definitions/measure/${used}`;
    const body = (await client.get(path)).body.body;
    const renamed = { ...body, name: { en: 'Another name', ja: '別の名前' } };
    const publish = async (next: object, why: string) => {
      const kept = await client.put(`${path}/draft?why=${why}`, next);
      expect(kept.status, kept.text).toBeLessThan(300);
      const published = await client.post(`${path}/publish`, {});
      expect(published.status, published.text).toBeLessThan(300);
    };
    const wanted = { scorecard: 'health', outcome: 'churned', lead_days: 90 };
    await publish(renamed, 'renamed');
    expect((await client.post('/api/lab/judge', wanted)).status).toBe(200);
    await publish({ ...renamed, minimum_age_days: 45 }, 'later');
    const refused = await client.post('/api/lab/judge', wanted);
    expect(refused.status).toBe(409);
    expect(refused.text).toContain('Another name');
    const status = (await client.get('/api/lab/panel')).body;
    expect(status.stale).toBe(true);
    expect(status.changed_measures.map((each: any) => each.key)).toContain(used);
    expect((await panelOf(client)).changed_measures).toEqual([]);
    expect((await client.post('/api/lab/judge', wanted)).status).toBe(200);
  }, 120_000);

  test('keeps the panel over a restart, and builds it again by itself where the file is damaged', async () => {
    const wanted = { scorecard: 'health', outcome: 'churned', lead_days: 90 };
    const before = (await client.post('/api/lab/judge', wanted)).body;
    const built = (await client.get('/api/lab/panel')).body;
    const again = async () => {
      await server.stop();
      server = await startServer({ data });
      client = await signedIn(server.url);
      return panelOf(client, null);
    };
    const kept = await again();
    expect(kept).toMatchObject({ state: 'ready', built_at: built.built_at, stale: false });
    expect({ ...(await client.post('/api/lab/judge', wanted)).body, computed_ms: 0 }).toEqual({ ...before, computed_ms: 0 });
    truncateSync(join(data, 'lab-panel.bin'), 1000);
    const rebuilt = await again();
    expect(rebuilt).toMatchObject({ state: 'ready', from: built.from, to: built.to });
    expect(rebuilt.built_at > built.built_at).toBe(true);
    expect({ ...(await client.post('/api/lab/judge', wanted)).body, computed_ms: 0 }).toEqual({ ...before, computed_ms: 0 });
  }, 120_000);

  test('is closed to a csm', async () => {
    const csm = await signIn(client, 'csm');
    expect((await csm.get('/api/lab/panel')).status).toBe(403);
    expect((await csm.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned' })).status).toBe(403);
  });
});

describe.skipIf(!hasSharedData)('the telephone company', () => {
  const data = freshFolder();
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    mkdirSync(data, { recursive: true });
    const steps = [
      ['workspace', '--name', 'Telephone company', '--currency', 'USD', '--timezone', 'UTC', '--book-day', '2024-01-01'],
      ['import', join(sharedData, 'telco/Telco-Customer-Churn.csv'), '--as', 'accounts', '--map', join(root, 'docs/guide/maps/telco-accounts.json')],
      ['import', join(sharedData, 'telco/Telco-Customer-Churn.csv'), '--as', 'subscriptions', '--map', join(root, 'docs/guide/maps/telco-subscriptions.json')],
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
    rmSync(data, { recursive: true, force: true });
  });

  test('is judged by the customers who left', async () => {
    const panel = await panelOf(client);
    expect(panel.accounts).toBe(7043);
    const churned = panel.outcomes.find((each: any) => each.key === 'churned');
    expect(churned.accounts).toBe(1869);
    const judged = await client.post('/api/lab/judge', { scorecard: 'health', outcome: 'churned', lead_days: 90, segment_by: panel.segment_fields[0]?.key });
    expect(judged.status, judged.text).toBe(200);
    expectSane(judged.body);
    // All 1,869 left on the day of the snapshot; 503 of them had come within the lead time, after the week that is judged.
    expect(judged.body.outcomes).toBe(1366);
    expect(judged.body.auc.low).toBeGreaterThan(0.5);
    // What the snapshot alone says, such as the months of tenure, was not known in the weeks before it.
    expect(judged.body.measures.find((each: any) => each.key === 'attribute_tenure')).toMatchObject({ auc: null, coverage: 0 });
    expect(judged.body.measures.find((each: any) => each.key === 'attribute_plan').auc.value).toBeCloseTo(0.743, 2);
  }, 300_000);
});
