// Retention of the contracts of ../shared/data/crm, through the real import, against the published figures.
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, hasSharedData, root, run, type Server, sharedData, startServer } from '../support/banso.ts';
import { adminOf, signedIn } from '../support/lab.ts';
import { Client } from '../support/client.ts';
import { expectReconciled, kinds } from '../support/revenue.ts';

const data = freshFolder();
let server: Server;
let client: Client;

describe.skipIf(!hasSharedData)('the contracts of a real CRM vendor', () => {
  beforeAll(async () => {
    const steps = [
      ['workspace', '--name', 'CRM', '--currency', 'USD', '--timezone', 'UTC', '--book-day', '2024-01-31'],
      ['import', join(sharedData, 'crm/account.csv'), '--as', 'accounts', '--map', join(root, 'docs/guide/maps/crm-accounts.json')],
      ['import', join(sharedData, 'crm/subscription.csv'), '--as', 'subscriptions', '--map', join(root, 'docs/guide/maps/crm-subscriptions.json')],
    ];
    for (const step of steps) {
      const finished = await run(['--data', data, ...step]);
      expect(finished.code, finished.stdout + finished.stderr).toBe(0);
    }
    await adminOf(data);
    server = await startServer({ data });
    client = await signedIn(server.url);
  }, 120_000);
  afterAll(async () => {
    await server?.stop();
    rmSync(data, { recursive: true, force: true });
  });

  const window = async (query: string) => {
    const answer = await client.get(`/api/revenue/window?${query}`);
    expect(answer.status, answer.text).toBe(200);
    expectReconciled(answer.body, query);
    return answer.body;
  };

  test('a month', async () => {
    const month = await window('start=2023-04-01&end=2023-05-01');
    expect(month.opening).toBe(120_370_00);
    expect(month.accounts_opening).toBe(114);
    expect(month.accounts_lost).toBe(2);
    expect(month.nrr).toBeCloseTo(1.0055994, 7);
    expect(month.grr).toBeCloseTo(0.9794799, 7);
  });

  test('a year', async () => {
    const year = await window('start=2022-02-01&end=2023-02-01');
    // Published as 0.9885684; the file's whole numbers give 24,645 of 24,930, which is 0.9885680.
    expect(year.nrr).toBeCloseTo(0.9885684, 6);
    expect(year.grr).toBeCloseTo(0.788207, 7);
  });

  test('a year without two products', async () => {
    const year = await window('start=2022-02-01&end=2023-02-01&without=meetings,search_unlimited');
    expect(year.nrr).toBeCloseTo(1.1148694, 7);
    expect(year.grr).toBeCloseTo(0.7803081, 7);
  });

  test('every cell of every dimension adds up, and the values of a dimension to the whole', async () => {
    const first = (await client.get('/api/revenue/figures?from=2022-01-01')).body;
    expect(first.months).toHaveLength(25);
    for (const { key } of first.dimensions) {
      const figures = (await client.get(`/api/revenue/figures?from=2022-01-01&by=${key}`)).body;
      const [all, ...values] = figures.series;
      for (const series of figures.series) for (const cell of series.cells) expectReconciled(cell, `${key} ${series.value} ${cell.month}`);
      if (figures.overlapping || values.length === 0) continue;
      all.cells.forEach((cell: any, i: number) => {
        const sum = values.reduce((total: number, series: any) => total + series.cells[i].closing, 0);
        expect(sum, `${key} ${cell.month}`).toBe(cell.closing);
      });
    }
  });

  test('quarters and fiscal years say what their months say', async () => {
    const months = (await client.get('/api/revenue/figures?from=2022-04-01&to=2023-03-31')).body.series[0].cells;
    for (const grain of ['quarter', 'fiscal_year']) {
      const periods = (await client.get(`/api/revenue/figures?from=2022-04-01&to=2023-03-31&grain=${grain}`)).body.series[0].cells;
      expect(periods).toHaveLength(grain === 'quarter' ? 4 : 1);
      for (const kind of kinds) {
        const total = (cells: any[]) => cells.reduce((sum, cell) => sum + cell[kind], 0);
        expect(total(periods), `${grain} ${kind}`).toBe(total(months));
      }
      expect(periods.at(-1).closing).toBe(months.at(-1).closing);
    }
  });

  test('a cell leads to accounts, and these to the contracts that made it', async () => {
    const figures = (await client.get('/api/revenue/figures?from=2023-04-01&to=2023-06-30&by=product')).body;
    for (const series of figures.series.slice(0, 4)) {
      for (const cell of series.cells) {
        for (const kind of kinds) {
          const part = series.value === null ? '' : `&by=product&value=${encodeURIComponent(series.value)}`;
          const found = (await client.get(`/api/revenue/movements?month=${cell.month}&kind=${kind}&limit=1000${part}`)).body;
          const where = `${series.value} ${cell.month} ${kind}`;
          expect(found.amount, where).toBe(cell[kind]);
          expect(
            found.items.reduce((sum: number, item: any) => sum + item.amount, 0),
            where,
          ).toBe(cell[kind]);
          for (const item of found.items) {
            const rows = item.rows.reduce((sum: number, row: any) => sum + row.mrr_after - row.mrr_before, 0);
            expect(rows, `${where} ${JSON.stringify(item)}`).toBe(item.mrr_after - item.mrr_before);
          }
        }
      }
    }
  });

  test('list prices are net prices and what was taken off', async () => {
    const body = (await client.get('/api/revenue/rules')).body.items[0].body;
    for (const [key, price] of [
      ['net_prices', 'net'],
      ['list_prices', 'list'],
    ]) {
      await client.put(`/api/definitions/revenue_rules/${key}/draft`, { ...body, name: { en: key, ja: key }, price, gap_days: 0 });
      expect((await client.post(`/api/definitions/revenue_rules/${key}/publish`, { why: 'test' })).status).toBe(200);
    }
    const closing = async (rules: string) => (await client.get(`/api/revenue/figures?from=2023-06-01&to=2023-06-30&rules=${rules}`)).body.series[0].cells[0].closing;
    // The file says the share that was taken off; halves round away from zero, once for the discount and once a month.
    const divided = (numerator: number, denominator: number) => Math.floor((2 * numerator + denominator) / (2 * denominator));
    let net = 0;
    let list = 0;
    for (const line of readFileSync(join(sharedData, 'crm/subscription.csv'), 'utf8').trim().split('\n').slice(1)) {
      const [, , start, end, mrr, , , months, discount] = line.split(',');
      if (!(start! <= '2023-06-30' && '2023-06-30' < end!)) continue;
      const amount = Number(mrr) * 100 * Number(months);
      const share = Math.round(Number(discount) * 1e6);
      net += Number(mrr) * 100;
      list += divided(amount + divided(amount * share, 1e6 - share), Number(months));
    }
    expect(await closing('net_prices')).toBe(net);
    expect(await closing('list_prices')).toBe(list);
    expect(list).toBeGreaterThan(net);
  });

  test('two ways of counting differ, and every cent of it is explained', async () => {
    const items = (await client.get('/api/revenue/rules')).body.items;
    expect(items.map((each: any) => each.key).slice(0, 4)).toEqual(['banso', 'chartmogul_like', 'stripe_like', 'saas_metrics_board']);
    let differing = 0;
    for (const { key } of items.slice(1, 4)) {
      const compared = (await client.get(`/api/revenue/rules/compare?left=banso&right=${key}&from=2022-06-01&to=2023-12-31&limit=1000`)).body;
      differing += compared.total;
      for (const kind of kinds) {
        const ofMonths = compared.months.reduce((sum: number, month: any) => sum + month.right[kind] - month.left[kind], 0);
        const ofAccounts = compared.items.reduce((sum: number, item: any) => sum + item.right[kind] - item.left[kind], 0);
        expect(ofAccounts, `${key} ${kind}`).toBe(ofMonths);
      }
      for (const item of compared.items) expect(item.switches.length, JSON.stringify(item).slice(0, 300)).toBeGreaterThan(0);
    }
    expect(differing).toBeGreaterThan(0);
  });

  test('as known on an earlier day', async () => {
    const now = (await client.get('/api/revenue/figures?from=2023-01-01&to=2023-01-31')).body.series[0].cells[0];
    const then = (await client.get('/api/revenue/figures?from=2023-01-01&to=2023-01-31&as_of=2023-01-15')).body.series[0].cells[0];
    expectReconciled(then);
    expect(then.opening).toBe(now.opening);
    expect(then.is_over).toBe(false);
    expect(then.end).toBe('2023-01-15');
    expect(then.new).toBeLessThanOrEqual(now.new);
  });

  test('the page for a board agrees with the table', async () => {
    const page = (await client.get('/api/revenue/executive?month=2023-06-01')).body;
    const cells = (await client.get('/api/revenue/figures?from=2022-06-01&to=2023-06-30')).body.series[0].cells;
    const june = cells.at(-1);
    expect(page.arr.value).toBe(june.closing * 12);
    expect(page.arr.series.map((point: any) => point.value)).toEqual(cells.map((cell: any) => cell.closing * 12));
    expect(page.nrr.value).toBe(june.nrr_12);
    expect(page.grr.value).toBe(june.grr_12);
    for (const waterfall of Object.values<any>(page.waterfalls)) expectReconciled(waterfall);
    expect(page.waterfalls.year.opening).toBe(cells.find((cell: any) => cell.month === '2023-04-01').opening * 12);
    expect(page.concentration.largest[0].arr).toBeGreaterThan(0);
    expect(page.cost_of_churn.text.en).toMatch(/\$/);
    expect(page.cohorts[0].retained[0]).toBe(1);
  });
});
