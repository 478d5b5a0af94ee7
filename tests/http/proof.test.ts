// Proof and wins over HTTP: a world whose effect is known, made of accounts, runs and contracts through the API; then a
// win with its thanks, and who may see what.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';
import { eventually, newAccount } from '../support/intake.ts';

const accounts = 80;
const mrr = 100_000;
const arr = mrr * 12;
const today = new Date().toISOString().slice(0, 10);
const later = (days: number) => new Date(Date.parse(today) + days * 86_400_000).toISOString().slice(0, 10);
const text = (word: string) => ({ en: word, ja: word });

let server: Server;
let admin: Client;
let leader: Client;
let csm: Client;
let reader: Client;
const ids: number[] = [];
const lost = new Set<number>();

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url, { timezone: 'UTC' });
  [leader, csm, reader] = await Promise.all((['leader', 'csm', 'read_only'] as const).map((role) => signIn(admin, role)));
  for (let i = 0; i < accounts; i += 1) {
    const id = await newAccount(admin, `P-${i}`, { created_day: later(-400) });
    const contract = { product: 'Groupware', start: later(-400), billing_period_months: 1, amount: { amount_minor: mrr, currency: 'JPY' } };
    const made = await admin.post(`/api/accounts/${id}/subscriptions`, contract);
    expect(made.status, made.text).toBe(201);
    ids.push(id);
  }
}, 120_000);
afterAll(() => server.stop());

async function get(path: string, client = leader): Promise<any> {
  const answer = await client.get(path);
  expect(answer.status, answer.text).toBe(200);
  return answer.body;
}

describe('a playbook with a holdout', () => {
  const arms = new Map<number, string>();

  test('waits until the time of judgement is over', async () => {
    const steps = [{ key: 'call', kind: 'task', name: text('Call'), title: text('Call'), next: null }];
    const body = { name: text('Rescue'), purpose: 'risk', start: { on: 'manual' }, holdout_percent: 50, steps };
    expect((await admin.put('/api/definitions/playbook/rescue/draft', body)).status).toBe(200);
    expect((await admin.post('/api/definitions/playbook/rescue/publish', { why: 'test' })).status).toBe(200);
    const started = await eventually(
      () => admin.post('/api/playbooks/rescue/start', { accounts: ids }),
      ({ status, body: { items } }) => status === 200 && items.every((each: any) => !each.words.en.includes('not in the book')),
      60,
    );
    expect(started.status, started.text).toBe(200);
    const list = await get('/api/proof/playbooks/rescue/accounts?limit=1000');
    expect(list.total).toBe(accounts);
    for (const item of list.items) {
      expect(item.arm).toBe('waiting');
      arms.set(item.account.id, item.state === 'holdout' ? 'comparison' : 'treated');
    }
    const proof = await get('/api/proof/playbooks/rescue');
    expect(proof).toMatchObject({ verdict: 'too_early', comparison: 'holdout', runs: { observed: 0, waiting: accounts } });
    expect(proof.sentence.en).toMatch(/^Not enough yet: \d+ more accounts/);
  }, 90_000);

  test('shows the effect that was put in, to the yen', async () => {
    const count = { treated: 0, comparison: 0 } as Record<string, number>;
    const ends = { treated: 0, comparison: 0 } as Record<string, number>;
    for (const [id, arm] of arms) {
      const place = count[arm]++;
      // One in ten of the treated leaves, six in ten of the others.
      if (place % 10 >= (arm === 'treated' ? 1 : 6)) continue;
      const contract = (await get(`/api/accounts/${id}/subscriptions`, admin)).items[0];
      const changed = await admin.patch(`/api/subscriptions/${contract.id}`, { end: later(30) });
      expect(changed.status, changed.text).toBe(200);
      lost.add(id);
      ends[arm]++;
    }
    expect((await admin.patch('/api/workspace', { book_day: later(100) })).status).toBe(200);
    const proof = await get('/api/proof/playbooks/rescue');
    expect(proof.runs).toMatchObject({ observed: accounts, waiting: 0, holdout: count.comparison });
    const effect = (measure: string) => proof.effects.find((each: any) => each.measure === measure);
    const kept = (arm: string) => 1 - ends[arm]! / count[arm]!;
    const retained = effect('retained');
    expect(retained.treated.value).toBeCloseTo(kept('treated'), 3);
    expect(retained.difference).toBeCloseTo(kept('treated') - kept('comparison'), 3);
    expect(retained.verdict).toBe('helps');
    const money = effect('arr_change');
    expect(money.difference).toBeCloseTo(arr * (kept('treated') - kept('comparison')), 0);
    expect(money.total.value).toBeCloseTo(money.difference * count.treated!, -1);
    expect(money.low).toBeGreaterThan(0);
    expect(proof.verdict).toBe('helps');
    expect(proof.sentence.en).toMatch(/^Saved .* of ARR over \d+ accounts, 90% interval/);
    expect(proof.sentence.ja).toContain('守りました');
  }, 90_000);

  test('walks down to its accounts, and says the same in a file', async () => {
    for (const arm of ['treated', 'comparison']) {
      const list = await get(`/api/proof/playbooks/rescue/accounts?arm=${arm}&limit=1000`);
      expect(new Set(list.items.map((each: any) => each.account.id))).toEqual(new Set([...arms].filter(([, side]) => side === arm).map(([id]) => id)));
      for (const item of list.items) {
        expect(item.arr_before.amount_minor).toBe(arr);
        expect(item.arr_after.amount_minor).toBe(lost.has(item.account.id) ? 0 : arr);
      }
    }
    const file = await leader.get('/api/proof/playbooks/rescue/accounts.csv');
    expect(file.text.trimEnd().split('\r\n')).toHaveLength(accounts + 1);
  });

  test('counts the tasks that nobody did', async () => {
    const { adherence } = await get('/api/proof/playbooks/rescue');
    const treated = [...arms.values()].filter((arm) => arm === 'treated').length;
    const counted = await eventually(
      async () => (await get('/api/proof/playbooks/rescue')).adherence,
      ({ tasks }) => tasks === treated,
    );
    expect(counted).toMatchObject({ runs: treated, tasks: treated, overdue: treated, done: 0, on_time_share: 0 });
    expect(adherence.runs).toBe(treated);
  });

  test('is in the list, for leaders only', async () => {
    const list = await get('/api/proof/playbooks');
    expect(list.items.map((each: any) => each.key)).toEqual(['rescue']);
    expect(list.items[0]).toMatchObject({ verdict: 'helps', comparison: 'holdout', holdout_percent: 50 });
    expect((await csm.get('/api/proof/playbooks')).status).toBe(403);
    expect((await leader.get('/api/proof/playbooks/none')).status).toBe(404);
    expect((await leader.get('/api/proof/playbooks?horizon_days=30')).status).toBe(400);
  });
});

describe('a single mail with a holdout of its own', () => {
  test('is withheld from some by lot, says so, and is judged by itself', async () => {
    const template = { name: text('Tips'), purpose: 'service', subject: text('Tips'), body: text('Tips') };
    expect((await admin.put('/api/definitions/mail_template/tips/draft', template)).status).toBe(200);
    expect((await admin.post('/api/definitions/mail_template/tips/publish', { why: 'test' })).status).toBe(200);
    const mail = { key: 'mail', kind: 'email', name: text('Mail'), template: 'tips', to: { roles: ['admin'] }, holdout_percent: 50, next: 'call' };
    const call = { key: 'call', kind: 'task', name: text('Call'), title: text('Call'), next: null };
    const body = { name: text('Tips'), purpose: 'adoption', start: { on: 'manual' }, steps: [mail, call] };
    expect((await admin.put('/api/definitions/playbook/tips/draft', body)).status).toBe(200);
    expect((await admin.post('/api/definitions/playbook/tips/publish', { why: 'test' })).status).toBe(200);
    expect((await admin.post('/api/playbooks/tips/start', { accounts: ids })).body.started).toBe(accounts);
    const proof = await eventually(
      () => get('/api/proof/playbooks/tips?step=mail'),
      ({ steps }) => steps.find((each: any) => each.key === 'call')?.reached === accounts,
      60,
    );
    expect(proof).toMatchObject({ step: 'mail', holdout_percent: 0, comparison: 'holdout', runs: { observed: accounts, waiting: 0 } });
    expect(proof.steps.find((each: any) => each.key === 'call').reached).toBe(accounts);
    expect(proof.steps.find((each: any) => each.key === 'mail')).toMatchObject({ holdout_percent: 50 });
    const { holdout } = proof.runs;
    expect(holdout).toBeGreaterThan(accounts * 0.25);
    expect(holdout).toBeLessThan(accounts * 0.75);
    expect(proof.runs.treated).toBe(accounts - holdout);
    const runs = (await get('/api/runs?playbook=tips&limit=1000')).items;
    const results = await Promise.all(runs.slice(0, 20).map(async ({ id }: any) => (await get(`/api/runs/${id}`)).trace.map((line: any) => line.words.en).join(' ')));
    expect(results.some((words) => words.includes('held out from this one, by lot'))).toBe(true);
    expect(results.some((words) => words.includes('Nobody of these roles'))).toBe(true);
    expect((await leader.get('/api/proof/playbooks/tips?step=call')).status).toBe(404);
  }, 90_000);
});

describe('wins', () => {
  test('are recorded by hand, thanked for once, and seen by all', async () => {
    const body = { account_id: ids[0], kind: 'goal', title: 'All branches use it', story: 'A workshop each', value_minor: 500_000 };
    const made = await csm.post('/api/wins', body);
    expect(made.status, made.text).toBe(201);
    const { id } = made.body;
    for (const _ of [1, 2]) expect((await leader.put(`/api/wins/${id}/thanks`, {})).status).toBe(200);
    await admin.put(`/api/wins/${id}/thanks`, {});
    const feed = await get('/api/wins', reader);
    const win = feed.items.find((each: any) => each.id === id);
    expect(win).toMatchObject({ thanks: 2, thanked_by_me: false, may_change: false, title: { en: 'All branches use it' } });
    expect((await leader.delete(`/api/wins/${id}/thanks`)).body.thanks).toBe(1);
    expect((await reader.put(`/api/wins/${id}/thanks`, {})).status).toBe(403);
    expect((await reader.post('/api/wins', body)).status).toBe(403);
  });

  test('are found in outcomes once, and do not come back', async () => {
    const contract = { product: 'Analytics', start: later(60), billing_period_months: 1, amount: { amount_minor: mrr, currency: 'JPY' } };
    const stays = ids.find((id) => !lost.has(id))!;
    expect((await admin.post(`/api/accounts/${stays}/subscriptions`, contract)).status).toBe(201);
    const found = await leader.post('/api/wins/collect');
    expect(found.status, found.text).toBe(200);
    const { items } = await get(`/api/wins?account=${stays}&kind=expanded`);
    expect(items).toHaveLength(1);
    expect(items[0]).toMatchObject({ automatic: true, day: later(60), value: { amount_minor: arr, currency: 'JPY' } });
    expect((await leader.delete(`/api/wins/${items[0].id}`)).status).toBe(204);
    await leader.post('/api/wins/collect');
    expect((await get(`/api/wins?account=${stays}&kind=expanded`)).total).toBe(0);
  });

  test('refuse what cannot be, naming the field', async () => {
    const refused = await csm.post('/api/wins', { account_id: 999_999, kind: 'goal', title: '', day: later(400) });
    expect(refused.status).toBe(400);
    expect(refused.body.errors.map((each: any) => each.field).sort()).toEqual(['account_id', 'day', 'title']);
  });

  test('have rules that leaders set', async () => {
    const rules = await get('/api/wins/rules', reader);
    expect((await csm.put('/api/wins/rules', rules)).status).toBe(403);
    expect((await leader.put('/api/wins/rules', { ...rules, expanded: false })).body.expanded).toBe(false);
    expect((await leader.put('/api/wins/rules', { ...rules, expanded_percent: 0 })).status).toBe(400);
  });
});

describe('a renewal beyond the horizon', () => {
  test('is waited for in revenue, and said to be ahead', async () => {
    // Runs begin on the day of the clock, so the book's day has to be that one, too.
    expect((await admin.patch('/api/workspace', { book_day: today })).status).toBe(200);
    const renewing: number[] = [];
    for (let i = 0; i < 24; i += 1) {
      const id = await newAccount(admin, `R-${i}`, { created_day: later(-300) });
      const contract = { product: 'Groupware', start: later(-245), end: later(120), billing_period_months: 12, amount: { amount_minor: arr, currency: 'JPY' } };
      expect((await admin.post(`/api/accounts/${id}/subscriptions`, contract)).status).toBe(201);
      renewing.push(id);
    }
    const steps = [{ key: 'call', kind: 'task', name: text('Call'), title: text('Call'), next: null }];
    const body = { name: text('Renewal'), purpose: 'renewal', start: { on: 'manual' }, holdout_percent: 50, steps };
    expect((await admin.put('/api/definitions/playbook/renew/draft', body)).status).toBe(200);
    expect((await admin.post('/api/definitions/playbook/renew/publish', { why: 'test' })).status).toBe(200);
    const started = await eventually(
      () => admin.post('/api/playbooks/renew/start', { accounts: renewing }),
      ({ status, body: { items } }) => status === 200 && items.every((each: any) => !each.words.en.includes('not in the book')),
      60,
    );
    expect(started.status, started.text).toBe(200);
    // Proofs and what falls due follow a new day within seconds, each for itself.
    const ahead = async (days: number, judged: number) => {
      expect((await admin.patch('/api/workspace', { book_day: later(days) })).status).toBe(200);
      const judged_in = (proof: any) => {
        const retained = proof.effects?.find((each: any) => each.measure === 'retained');
        return (retained?.treated.accounts ?? 0) + (retained?.comparison.accounts ?? 0);
      };
      const proof = await eventually(
        () => get('/api/proof/playbooks/renew'),
        (each) => each.runs?.waiting === 0 && judged_in(each) === judged,
        60,
      );
      expect(judged_in(proof)).toBe(judged);
      return proof.cautions.find((each: any) => each.code === 'short_of_renewals');
    };
    const before = await ahead(100, 0); // the horizon is over, the renewals are not
    expect(before.words.en).toContain('24 accounts');
    expect(await ahead(140, 24)).toBeUndefined();
  }, 120_000);
});
