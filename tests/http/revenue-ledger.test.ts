// A small book made by hand: movements, currencies, restatements, things to mend, goals, roles, and bad input.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type Server, startServer } from '../support/banso.ts';
import { Client, setUp, signIn } from '../support/client.ts';
import { newAccount } from '../support/intake.ts';
import { expectReconciled, kinds } from '../support/revenue.ts';

let server: Server;
let admin: Client;
const accounts: Record<string, number> = {};

async function contract(account: string, body: object): Promise<number> {
  const answer = await admin.post(`/api/accounts/${accounts[account]}/subscriptions`, { product: 'Groupware', billing_period_months: 1, ...body });
  expect(answer.status, answer.text).toBe(201);
  return answer.body.id;
}
const yen = (amount_minor: number) => ({ amount_minor, currency: 'JPY' });
const usd = (amount_minor: number) => ({ amount_minor, currency: 'USD' });

async function cells(query: string): Promise<any[]> {
  const answer = await admin.get(`/api/revenue/figures?${query}`);
  expect(answer.status, answer.text).toBe(200);
  for (const series of answer.body.series) for (const cell of series.cells) expectReconciled(cell, `${query} ${series.value} ${cell.month}`);
  return answer.body.series[0].cells;
}

beforeAll(async () => {
  server = await startServer();
  admin = await setUp(server.url);
  expect((await admin.patch('/api/workspace', { book_day: '2026-06-30' })).status).toBe(200);
  for (const name of ['grows', 'leaves', 'returns', 'abroad', 'gives', 'takes']) accounts[name] = await newAccount(admin, name);
  await admin.put('/api/rates', {
    items: [
      { currency: 'USD', rate: '150' },
      { currency: 'USD', month: '2026-03-01', rate: '140' },
      { currency: 'USD', month: '2026-04-01', rate: '160' },
    ],
  });
  await contract('grows', { start: '2026-01-01', end: '2026-04-01', amount: yen(100_000), plan: 'Small' });
  await contract('grows', { start: '2026-04-01', amount: yen(150_000), plan: 'Large' });
  await contract('leaves', { start: '2025-05-01', end: '2026-05-01', amount: yen(1_200_000), billing_period_months: 12 });
  await contract('returns', { start: '2025-06-01', end: '2026-01-01', amount: yen(30_000) });
  await contract('returns', { start: '2026-03-01', amount: yen(40_000) });
  await contract('abroad', { start: '2026-03-01', amount: usd(1_000_00) });
  await contract('gives', { external_id: 'G-1', start: '2026-01-01', end: '2026-05-01', amount: yen(50_000) });
  await contract('takes', { external_id: 'T-1', start: '2026-05-01', amount: yen(60_000), transferred_from: 'G-1' });
});
afterAll(() => server.stop());

describe('movements', () => {
  test('are named by what happened to the account', async () => {
    const [january, , march, april, may] = await cells('from=2026-01-01&to=2026-06-30');
    expect(january.new).toBe(150_000);
    expect(january.churn).toBe(-30_000);
    expect(march.reactivation).toBe(40_000);
    expect(march.new).toBe(140_000);
    expect(april.expansion).toBe(50_000);
    expect(may.churn).toBe(-100_000);
    expect(may.transfer_out).toBe(-50_000);
    expect(may.transfer_in).toBe(50_000);
    expect(may.expansion + may.new).toBe(10_000);
  });

  test('lead to the contracts that made them', async () => {
    const found = (await admin.get('/api/revenue/movements?month=2026-04-10&kind=expansion')).body;
    expect(found.total).toBe(1);
    expect(found.amount).toBe(50_000);
    const [item] = found.items;
    expect(item.account.name).toBe('grows');
    expect(item.rows.map((row: any) => [row.plan, row.mrr_before, row.mrr_after]).sort()).toEqual([
      ['Large', 0, 150_000],
      ['Small', 100_000, 0],
    ]);
  });

  test('by plan are those of that plan', async () => {
    const answer = (await admin.get('/api/revenue/figures?from=2026-04-01&to=2026-04-30&by=plan')).body;
    const large = answer.series.find((series: any) => series.value === 'Large').cells[0];
    const small = answer.series.find((series: any) => series.value === 'Small').cells[0];
    expect([large.new, small.churn]).toEqual([150_000, -100_000]);
  });

  test('come as a table for a spreadsheet', async () => {
    const table = await admin.get('/api/revenue/movements.csv?month=2026-05-01');
    expect(table.text.split('\r\n').filter(Boolean).length).toBe(1 + (await admin.get('/api/revenue/movements?month=2026-05-01')).body.total);
    const figures = await admin.get('/api/revenue/figures.csv?from=2026-01-01');
    expect(figures.text).toContain('Opening MRR');
    expect(figures.text.split('\r\n')).toHaveLength(8);
  });
});

test('exchange effects are apart where the rules value each month anew', async () => {
  const body = (await admin.get('/api/revenue/rules')).body.items[0].body;
  const drafted = await admin.put('/api/definitions/revenue_rules/monthly_rates/draft', {
    ...body,
    name: { en: 'Monthly rates', ja: '月次レート' },
    rates: 'each_month',
  });
  expect(drafted.status, drafted.text).toBeLessThan(300);
  expect((await admin.post('/api/definitions/revenue_rules/monthly_rates/publish', { why: 'test' })).status).toBe(200);
  const [march, april, may] = await cells('from=2026-03-01&to=2026-05-31&rules=monthly_rates');
  expect(march.new).toBe(140_000);
  expect(april.currency).toBe(20_000);
  expect(may.currency).toBe(-10_000);
  const plain = await cells('from=2026-04-01&to=2026-04-30');
  expect(plain[0].currency).toBe(0);
  const compared = (await admin.get('/api/revenue/rules/compare?left=banso&right=monthly_rates&from=2026-03-01&to=2026-06-30')).body;
  expect(compared.switches).toEqual(['rates']);
  expect(compared.items.map((item: any) => item.account.name)).toEqual(['abroad']);
  for (const kind of kinds) {
    const ofMonths = compared.months.reduce((sum: number, month: any) => sum + month.right[kind] - month.left[kind], 0);
    expect(compared.items[0].right[kind] - compared.items[0].left[kind], kind).toBe(ofMonths);
  }
  const refused = await admin.put('/api/definitions/revenue_rules/wrong/draft', { ...body, gap_days: -1 });
  expect(refused.status).toBe(400);
  expect(refused.body.errors[0].field).toContain('gap_days');
});

describe('a change', () => {
  test('shows at once in every figure', async () => {
    const before = (await admin.get('/api/revenue/executive')).body;
    const id = await contract('grows', { product: 'Archive', start: '2026-06-01', amount: yen(7_000) });
    const after = (await admin.get('/api/revenue/executive')).body;
    expect(after.arr.value - before.arr.value).toBe(7_000 * 12);
    if (after.health.length > 0) expect(after.health.reduce((sum: number, level: any) => sum + level.arr, 0)).toBe(after.arr.value);
    expect((await admin.delete(`/api/subscriptions/${id}`)).status).toBe(204);
    expect((await admin.get('/api/revenue/executive')).body.arr).toEqual(before.arr);
  });

  test('of an account moves it between the values of a dimension', async () => {
    await admin.patch(`/api/accounts/${accounts.grows}`, { region: 'Kansai' });
    const figures = (await admin.get('/api/revenue/figures?from=2026-06-01&by=region')).body;
    for (const series of figures.series) expectReconciled(series.cells[0], series.value);
    expect(figures.series.map((series: any) => series.value)).toContain('Kansai');
  });

  test('of a closed month is a restatement, with before and after', async () => {
    expect((await admin.post('/api/revenue/months', { month: '2026-06-30' })).status).toBe(201);
    expect((await admin.delete('/api/revenue/months/2026-06-01')).status).toBe(204);
    const closed = await admin.post('/api/revenue/months', { month: '2026-04-01' });
    expect(closed.status, closed.text).toBe(201);
    expect(closed.body.restated).toBe(false);
    expect((await admin.post('/api/revenue/months', { month: '2026-04-01' })).status).toBe(409);
    const before = (await cells('from=2026-04-01&to=2026-04-30'))[0];
    await new Promise((wait) => setTimeout(wait, 20));
    await contract('grows', { product: 'Backdated', start: '2026-04-15', amount: yen(9_000) });
    const [month] = (await admin.get('/api/revenue/months')).body.items;
    expect(month).toMatchObject({ month: '2026-04-01', restated: true, closing_then: before.closing, closing_now: before.closing + 9_000 });
    const restated = (await admin.get('/api/revenue/restatements?month=2026-04-01')).body;
    expect(restated.before.closing).toBe(before.closing);
    expect(restated.now.closing).toBe(before.closing + 9_000);
    expect(restated.now.expansion - restated.before.expansion).toBe(9_000);
    expect(restated.accounts).toHaveLength(1);
    expect(restated.accounts[0].rows_gone).toEqual([]);
    expect(restated.accounts[0].rows_added.map((row: any) => row.product)).toEqual(['Backdated']);
    const faults = (await admin.get('/api/revenue/faults?code=backdated')).body;
    expect(faults.items.map((fault: any) => fault.account.name)).toEqual(['grows']);
  });

  test('of the rates is a restatement, too', async () => {
    const rates = (await admin.get('/api/rates')).body.items;
    expect((await admin.post('/api/revenue/months', { month: '2026-03-01' })).status).toBe(201);
    const then = (await cells('from=2026-03-01&to=2026-03-31'))[0];
    await admin.put('/api/rates', { items: rates.map((rate: any) => (rate.month === '2026-03-01' ? { ...rate, rate: '145' } : rate)) });
    const restated = await (async () => {
      for (let i = 0; i < 50; i += 1) {
        const answer = (await admin.get('/api/revenue/restatements?month=2026-03-01')).body;
        if (answer.now.closing !== answer.before.closing) return answer;
        await new Promise((wait) => setTimeout(wait, 100));
      }
      throw new Error('the new rate did not show');
    })();
    expect(restated.before.closing).toBe(then.closing);
    expect(restated.now.new - restated.before.new).toBe(5_000);
    await admin.put('/api/rates', { items: rates });
  });
});

describe('things to mend', () => {
  const open = async (code: string) => (await admin.get(`/api/revenue/faults?code=${code}&state=open`)).body;

  test('are found, can be accepted with a reason, and are gone once mended', async () => {
    accounts.odd = await newAccount(admin, 'odd');
    await contract('odd', { start: '2026-01-01', end: '2026-03-10', amount: yen(10_000) });
    await contract('odd', { start: '2026-03-01', end: '2026-04-01', amount: yen(12_000) });
    await contract('odd', { start: '2026-04-04', amount: yen(12_000) });
    await contract('odd', { product: 'Free', start: '2026-01-01', amount: yen(0) });
    const abroad = await contract('odd', { product: 'Abroad', start: '2026-01-01', amount: { amount_minor: 100, currency: 'CHF' } });
    await contract('odd', { product: 'Moved', start: '2026-02-01', amount: yen(1), transferred_from: 'nowhere' });
    for (const code of ['overlapping_product', 'gap_of_days', 'zero_amount', 'currency_without_rate', 'transfer_without_source']) {
      const found = (await open(code)).items.filter((fault: any) => fault.account.name === 'odd');
      expect(found, code).toHaveLength(1);
      expect(found[0].text.ja).toContain('odd');
      expect(found[0].rows.length).toBeGreaterThan(0);
    }
    const gap = (await open('gap_of_days')).items[0];
    expect((await admin.put(`/api/revenue/faults/${gap.id}/acceptance`, { reason: 'The customer paused over the holidays' })).status).toBe(204);
    expect((await open('gap_of_days')).total).toBe(0);
    const accepted = (await admin.get('/api/revenue/faults?state=accepted')).body.items[0];
    expect(accepted).toMatchObject({ id: gap.id, reason: 'The customer paused over the holidays', accepted_by: 'Admin' });
    expect((await admin.delete(`/api/revenue/faults/${gap.id}/acceptance`)).status).toBe(204);
    expect((await open('gap_of_days')).total).toBe(1);
    await admin.patch(`/api/subscriptions/${abroad}`, { amount: yen(100) });
    expect((await open('currency_without_rate')).total).toBe(0);
    expect((await admin.put('/api/revenue/faults/0000/acceptance', { reason: 'x' })).status).toBe(404);
  });

  test('the page for a board counts them', async () => {
    const total = (await admin.get('/api/revenue/faults?state=open')).body.total;
    expect((await admin.get('/api/revenue/executive')).body.faults_open).toBe(total);
  });
});

test('goals of a quarter show what was reached', async () => {
  const answer = await admin.put('/api/revenue/goals', {
    items: [{ quarter: '2026-04-01', arr: 1_000_000, nrr: 1.1, grr: 0.9, new: 600_000, churn: 2_000_000 }],
  });
  expect(answer.status, answer.text).toBe(200);
  const progress = Object.fromEntries(answer.body.items[0].progress.map((each: any) => [each.key, each]));
  const [quarter] = await cells('from=2026-04-01&to=2026-06-30&grain=quarter');
  expect(progress.arr).toMatchObject({ goal: 1_000_000, actual: quarter.arr, reached: true });
  expect(progress.churn.actual).toBe(-(quarter.churn + quarter.contraction) * 12);
  expect(progress.new.actual).toBe(quarter.new * 12);
  expect((await admin.get('/api/revenue/executive')).body.nrr.goal).toBe(1.1);
  const none = { arr: null, nrr: null, grr: null, new: null, churn: null };
  expect((await admin.put('/api/revenue/goals', { items: [{ quarter: '2026-04-01', ...none }] })).body.items).toEqual([]);
});

test('every figure of a cell is defined', async () => {
  const defined = new Set((await admin.get('/api/revenue/definitions')).body.items.map((each: any) => each.key));
  for (const key of ['opening', 'closing', 'arr', 'arpa', 'net_new', 'quick_ratio', 'logo_churn', 'revenue_churn', 'grr_12', 'nrr_12', ...kinds]) {
    expect([...defined], key).toContain(key);
  }
});

test('only leaders see what the company earns', async () => {
  const csm = await signIn(admin, 'csm');
  const leader = await signIn(admin, 'leader');
  for (const path of ['figures', 'movements?month=2026-04-01', 'executive', 'faults', 'months', 'goals', 'window?start=2026-04-01&end=2026-05-01']) {
    expect((await csm.get(`/api/revenue/${path}`)).status, path).toBe(403);
    expect((await leader.get(`/api/revenue/${path}`)).status, path).toBe(200);
  }
  expect((await csm.get('/api/revenue/definitions')).status).toBe(200);
  expect((await leader.post('/api/revenue/months', { month: '2026-01-01' })).status).toBe(403);
});

test('what cannot be meant is refused, by its name', async () => {
  const wrong: [string, string][] = [
    ['figures?rules=none', 'rules'],
    ['figures?by=colour', 'by'],
    ['figures?grain=week', 'grain'],
    ['figures?fiscal_start=13', 'fiscal_start'],
    ['figures?from=yesterday', 'from'],
    ['figures?from=2026-05-01&to=2026-01-01', 'to'],
    ['figures?from=2031-01-01', 'from'],
    ['figures?as_of=x', 'as_of'],
    ['movements', 'month'],
    ['movements?month=2026-04-01&kind=loss', 'kind'],
    ['movements?month=2026-04-01&by=plan', 'value'],
    ['movements?month=1990-04-01', 'month'],
    ['window?start=2026-04-01', 'end'],
    ['window?start=2026-04-01&end=2026-04-01', 'end'],
    ['executive?month=1990-01-01', 'month'],
    ['rules/compare?left=banso', 'right'],
    ['rules/compare?left=x&right=banso', 'left'],
    ['faults?code=x', 'code'],
    ['faults?state=x', 'state'],
    ['restatements', 'month'],
  ];
  for (const [path, field] of wrong) {
    const answer = await admin.get(`/api/revenue/${path}`);
    expect(answer.status, `${path} ${answer.text}`).toBe(400);
    expect(answer.body.errors?.map((each: any) => each.field), path).toContain(field);
  }
  const refused: [string, string, unknown, string][] = [
    ['POST', 'months', {}, 'month'],
    ['POST', 'months', { month: '2099-01-01' }, 'month'],
    ['PUT', 'goals', {}, 'items'],
    ['PUT', 'goals', { items: [{ quarter: 'x' }] }, 'items[0].quarter'],
    ['PUT', 'goals', { items: [{ quarter: '2026-04-01', grr: 1.5 }] }, 'items[0].grr'],
    ['PUT', 'goals', { items: [{ quarter: '2026-04-01', arr: -1 }] }, 'items[0].arr'],
  ];
  for (const [method, path, body, field] of refused) {
    const answer = await admin.request(method, `/api/revenue/${path}`, body);
    expect(answer.status, `${path} ${JSON.stringify(body)} ${answer.text}`).toBe(400);
    expect(answer.body.errors?.map((each: any) => each.field), path).toContain(field);
  }
  expect((await admin.get('/api/revenue/restatements?month=2026-02-01')).status).toBe(404);
  expect((await admin.delete('/api/revenue/months/soon')).status).toBe(404);
  expect((await admin.get('/api/revenue/movements?month=2026-04-01&by=plan&value=Nothing')).body.total).toBe(0);
});
