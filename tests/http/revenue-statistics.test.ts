// Cohorts, survival, unit economics and acquisition costs over HTTP, on data that nobody here wrote, through the real import.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gunzipSync } from 'node:zlib';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { freshFolder, hasSharedData, root, run, type Server, sharedData, startServer } from '../support/banso.ts';
import { type Client, signIn } from '../support/client.ts';
import { adminOf, signedIn } from '../support/lab.ts';

interface Import {
  file: string;
  kind: string;
  map: string;
}

// A workspace of its own with these files in it, and a server on it.
async function serverWith(bookDay: string, imports: Import[]): Promise<Server> {
  const data = freshFolder();
  const banso = async (...args: string[]) => {
    const done = await run(['--data', data, ...args]);
    expect(done.code, done.stdout + done.stderr).toBe(0);
  };
  await banso('workspace', '--name', 'Vendor', '--currency', 'USD', '--timezone', 'UTC', '--book-day', bookDay);
  for (const { file, kind, map } of imports) {
    await banso('import', join(sharedData, file), '--as', kind, '--map', join(root, `docs/guide/maps/${map}.json`));
  }
  await adminOf(data);
  return startServer({ data });
}

const month = (day: string) => day.slice(0, 7);
const monthsBetween = (from: string, to: string) =>
  (Number(to.slice(0, 4)) - Number(from.slice(0, 4))) * 12 + Number(to.slice(5, 7)) - Number(from.slice(5, 7));
const lastDay = (yearMonth: string) => {
  const [year, number] = yearMonth.split('-').map(Number);
  return new Date(Date.UTC(year!, number!, 0)).toISOString().slice(0, 10);
};
const rowsOf = (file: string) => {
  const bytes = readFileSync(join(sharedData, file));
  const [, ...lines] = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString().trim().split('\n');
  return lines.map((line) => line.trim().split(','));
};

describe.skipIf(!hasSharedData)('a telephone company', () => {
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    const file = 'telco/Telco-Customer-Churn.csv';
    server = await serverWith('2024-01-01', [
      { file, kind: 'accounts', map: 'telco-accounts' },
      { file, kind: 'subscriptions', map: 'telco-subscriptions' },
    ]);
    client = await signedIn(server.url);
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    rmSync(server.data, { recursive: true, force: true });
  });

  const survivalAt = (group: any, at: number) => group.months.find((each: any) => each.month === at).survival;

  test('has the published survival after 12, 24 and 72 months', async () => {
    const { status, body } = await client.get('/api/revenue/survival?horizon_months=84');
    expect(status).toBe(200);
    const [all] = body.groups;
    expect(survivalAt(all, 12)).toBeCloseTo(0.8432, 6);
    expect(survivalAt(all, 24)).toBeCloseTo(0.788736, 6);
    expect(survivalAt(all, 72)).toBeCloseTo(0.59279, 6);
    expect(all.lost).toBe(1869);
    // Eleven have just begun and were not seen for a day.
    expect(body.left_out.not_yet_begun).toBe(11);
    expect(all.customers + body.left_out.not_yet_begun).toBe(7043);
    for (const { low, survival, high } of all.months.slice(1)) {
      expect(low).toBeLessThan(survival);
      expect(high).toBeGreaterThan(survival);
    }
    expect(all.median_months.value).toBeNull();
    expect(all.projection.state).toBe('fitted');
    expect(all.projection.months.at(-1).month).toBe(84);
    expect(body.comparison).toBeNull();
    // Most leave in the first month.
    const rates = all.hazard.map((each: any) => each.rate);
    expect(Math.max(...rates)).toBe(rates[0]);
  });

  test('compares groups, and says in words whether they differ', async () => {
    const { body } = await client.get('/api/revenue/survival?by=plan');
    expect(body.groups.map((each: any) => each.name.en)).toEqual(['Month-to-month', 'Two year', 'One year']);
    // survdiff(Surv(tenure, Churn) ~ Contract) of R, on the 7,032 with a tenure.
    expect(body.comparison.chi_square).toBeCloseTo(2352.8725, 3);
    expect(body.comparison.degrees_of_freedom).toBe(2);
    expect(body.comparison.is_significant).toBe(true);
    expect(body.comparison.text.en).toContain('different speeds');
    expect(body.comparison.groups.reduce((sum: number, each: any) => sum + each.observed, 0)).toBe(1869);
  });

  test('knows on an earlier day only what was known then', async () => {
    const { body } = await client.get('/api/revenue/survival?as_of=2023-06-30');
    expect(body.as_of).toBe('2023-06-30');
    expect(body.groups[0].lost).toBe(0);
    expect(body.groups[0].projection.state).toBe('no_loss');
    expect(body.groups[0].months.every((each: any) => each.survival === 1)).toBe(true);
  });

  test('lets those from before enter late where only the last year is asked for', async () => {
    const { body } = await client.get('/api/revenue/survival?since=2023-01-01');
    const [all] = body.groups;
    expect(all.lost).toBe(1869); // the table knows ends of its own day only
    expect(all.months[1].at_risk).toBeLessThan(7032 / 2);
  });

  test('names the parameter that is wrong', async () => {
    for (const [query, field] of [['by=colour', 'by'], ['horizon_months=0', 'horizon_months'], ['band=wide', 'band'], ['rules=mine', 'rules']]) {
      const { status, text } = await client.get(`/api/revenue/survival?${query}`);
      expect(status, query).toBe(400);
      expect(text).toContain(`"${field}"`);
    }
  });

  test('is for leaders', async () => {
    const csm = await signIn(client, 'csm');
    for (const path of ['cohorts', 'survival', 'unit-economics', 'costs']) {
      expect((await csm.get(`/api/revenue/${path}`)).status).toBe(403);
    }
  });
});

describe.skipIf(!hasSharedData)('a vendor of CRM software', () => {
  let server: Server;
  let client: Client;
  const contracts = hasSharedData ? rowsOf('crm/subscription.csv').map(([account, , start, end, mrr]) => ({ account: account!, start: start!, end: end!, mrr: Number(mrr) })) : [];
  const begins = new Map<string, string>();
  for (const { account, start } of contracts) if (start < (begins.get(account) ?? '9')) begins.set(account, start);

  beforeAll(async () => {
    server = await serverWith('2024-01-31', [
      { file: 'crm/account.csv', kind: 'accounts', map: 'crm-accounts' },
      { file: 'crm/subscription.csv', kind: 'subscriptions', map: 'crm-subscriptions' },
      { file: 'crm/events_120_accounts.csv.gz', kind: 'events', map: 'crm-events' },
    ]);
    client = await signedIn(server.url);
  }, 300_000);
  afterAll(async () => {
    await server.stop();
    rmSync(server.data, { recursive: true, force: true });
  });

  test('has the cohorts of customers and revenue that its contracts say', async () => {
    for (const measure of ['logos', 'mrr']) {
      const { status, body } = await client.get(`/api/revenue/cohorts?measure=${measure}`);
      expect(status).toBe(200);
      expect(body.cohorts.reduce((sum: number, each: any) => sum + each.size, 0)).toBe(296);
      for (const cohort of body.cohorts) {
        const members = [...begins].filter(([, begin]) => month(begin) === month(cohort.begin)).map(([account]) => account);
        expect(cohort.size).toBe(members.length);
        for (const cell of cohort.cells) {
          const day = lastDay(month(cell.period));
          const active = contracts.filter((each) => members.includes(each.account) && each.start <= day && day < each.end && each.mrr > 0);
          expect(cell.members, `${cohort.begin} after ${cell.age}`).toBe(new Set(active.map((each) => each.account)).size);
          expect(cell.amount).toBe(active.reduce((sum, each) => sum + each.mrr * 100, 0));
          const base = measure === 'mrr' ? cohort.cells[0].amount : cohort.size;
          if (base > 0) expect(cell.share).toBeCloseTo((measure === 'mrr' ? cell.amount : cell.members) / base, 12);
          expect(cell.is_partial).toBe(false); // the book day ends its month
        }
      }
    }
  });

  test('has the cohorts of usage that its log of events says', async () => {
    const people = new Map<string, Set<string>>();
    for (const [account, time, , user] of rowsOf('crm/events_120_accounts.csv.gz')) {
      if (!account || monthsBetween(begins.get(account)!, time!) < 0) continue;
      const key = `${month(begins.get(account)!)} ${month(time!)} ${account}`;
      people.set(key, (people.get(key) ?? new Set()).add(user!));
    }
    const { body } = await client.get('/api/revenue/cohorts?measure=usage');
    let members = 0;
    for (const cohort of body.cohorts) {
      for (const cell of cohort.cells) {
        const used = [...people].filter(([key]) => key.startsWith(`${month(cohort.begin)} ${month(cell.period)} `)).map(([, users]) => users);
        expect(cell.members, `${cohort.begin} after ${cell.age}`).toBe(used.length);
        expect(cell.amount).toBe(used.reduce((sum, users) => sum + [...users].filter((user) => user !== '').length, 0));
        members += cell.members;
      }
    }
    expect(members).toBeGreaterThan(500);
    expect(body.indicators.with_use).toBe(120);
    expect(body.indicators.paying).toBeGreaterThan(body.indicators.active);
  });

  test('adds cohorts up by quarter and fiscal year, and for one value of a dimension', async () => {
    const months = (await client.get('/api/revenue/cohorts')).body;
    const years = (await client.get('/api/revenue/cohorts?grain=fiscal_year&fiscal_start=4')).body;
    expect(years.cohorts.map((each: any) => each.begin)).toEqual(['2021-04-01', '2022-04-01', '2023-04-01']);
    const size = (body: any) => body.cohorts.reduce((sum: number, each: any) => sum + each.size, 0);
    expect(size(years)).toBe(size(months));
    let parts = 0;
    const { values } = (await client.get('/api/revenue/cohorts?by=attribute:channel')).body;
    expect(values.length).toBeGreaterThan(1);
    for (const { value } of values) parts += size((await client.get(`/api/revenue/cohorts?by=attribute:channel&value=${encodeURIComponent(value)}`)).body);
    expect(parts).toBe(size(months));
  });

  test('says what it cannot say before margin and costs are known', async () => {
    const { total, marks } = (await client.get('/api/revenue/unit-economics')).body;
    expect(total.ltv_simple.value).toBeGreaterThan(0);
    expect(total.ltv_margin.cannot_say.code).toBe('margin_unknown');
    expect(total.ltv_cac.cannot_say.code).toBe('no_costs');
    expect(total.ltv_cac.cannot_say.text.ja).toContain('獲得費用');
    expect(marks.every((each: any) => each.is_met === null)).toBe(true);
  });

  test('takes costs from a spreadsheet, or says line by line why not', async () => {
    const bad = await client.post('/api/revenue/costs/import', 'month,channel,amount\n2023-13,Web,100\n2023-05,,100\n2023-06,Web,lots\n2023-07,Web,5,\n');
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map((each: any) => each.field)).toEqual(['line 2, month', 'line 3, channel', 'line 4, amount']);
    expect((await client.get('/api/revenue/costs')).body.items).toEqual([]);
    expect((await client.post('/api/revenue/costs/import', 'channel;amount\nWeb;3\n')).status).toBe(400);
    expect((await client.post('/api/revenue/costs/import', '')).status).toBe(400);

    const rows = Array.from({ length: 12 }, (_, i) => lastDay(i < 11 ? `2023-${String(i + 2).padStart(2, '0')}` : '2024-01').slice(0, 7));
    const table = rows.flatMap((each) => [`${each},appstore1,"20,000"`, `${each},web,10000.50`]).join('\r\n');
    const good = await client.post('/api/revenue/costs/import', `月,チャネル,金額\r\n${table}\r\n`);
    expect(good.body).toEqual({ rows: 24, changed: 24 });
    expect((await client.post('/api/revenue/costs/import', `月,チャネル,金額\r\n${table}\r\n`)).body.changed).toBe(0);
    const { items } = (await client.get('/api/revenue/costs?from=2023-02-01&to=2023-02-28')).body;
    expect(items).toEqual([
      { month: '2023-02-01', channel: 'appstore1', amount: { amount_minor: 2_000_000, currency: 'USD' } },
      { month: '2023-02-01', channel: 'web', amount: { amount_minor: 1_000_050, currency: 'USD' } },
    ]);
  });

  test('sets what a customer is worth against what it costs to win', async () => {
    expect((await client.put('/api/revenue/unit-economics/settings', { gross_margin: 8, yearly_discount_rate: 0, horizon_months: 60, channel_attribute: null })).status).toBe(400);
    const settings = { gross_margin: 0.8, yearly_discount_rate: 0.1, horizon_months: 36, channel_attribute: 'channel' };
    expect((await client.put('/api/revenue/unit-economics/settings', settings)).body).toEqual(settings);
    const { total, channels, marks, window, groups } = (await client.get('/api/revenue/unit-economics?by=attribute:channel')).body;
    expect(window).toEqual({ from: '2023-02-01', to: '2024-01-31', months: 12 });

    const won = [...begins.values()].filter((begin) => begin >= '2023-02-01').length;
    expect(total.acquisition).toMatchObject({ costs: 12 * 3_000_050, won, months_with_costs: 12, without_rate: 0 });
    expect(total.acquisition.cac.value).toBeCloseTo((12 * 3_000_050) / won, 6);
    expect(total.ltv_margin.value).toBeCloseTo((total.arpa.value * 0.8) / total.monthly_churn.value, 3);
    const { value, low, high } = total.ltv_survival;
    expect(low).toBeLessThan(value);
    expect(high).toBeGreaterThan(value);
    expect(total.ltv_cac.value).toBeCloseTo(value / total.acquisition.cac.value, 9);
    expect(total.payback_months.value).toBeCloseTo(total.acquisition.cac.value / (total.arpa.value * 0.8), 9);
    expect(total.survival_payback_months.value).toBeGreaterThanOrEqual(total.payback_months.value);
    expect(marks.find((each: any) => each.key === 'ltv_cac').is_met).toBe(total.ltv_cac.value >= 3);
    expect(channels.find((each: any) => each.channel === 'appstore1').won).toBeGreaterThan(0);
    expect(channels.find((each: any) => each.channel === 'web').costs).toBe(12 * 1_000_050);
    expect(groups.reduce((sum: number, each: any) => sum + each.customers, 0)).toBe(296);
    expect(groups.reduce((sum: number, each: any) => sum + each.mrr, 0)).toBe(total.mrr);
  });

  test('corrects costs without forgetting what was known', async () => {
    const change = { items: [{ month: '2023-03-15', channel: 'web', amount: null }, { month: '2023-04-01', channel: 'web', amount: { amount_minor: 1, currency: 'USD' } }] };
    const changed = (await client.put('/api/revenue/costs', change)).body;
    expect(changed.changed).toBe(2);
    expect(changed.items).toHaveLength(23);
    // As known at the end of May 2023: history counts as known when its month was over, corrections since today.
    const then = (await client.get('/api/revenue/costs?as_of=2023-05-31')).body.items;
    expect(then.map((each: any) => each.month)).toEqual(['2023-02-01', '2023-02-01', '2023-03-01', '2023-03-01', '2023-04-01', '2023-04-01', '2023-05-01', '2023-05-01'].slice(0, then.length));
    expect(then.find((each: any) => each.month === '2023-04-01' && each.channel === 'web').amount.amount_minor).toBe(1_000_050);
    const bad = await client.put('/api/revenue/costs', { items: [{ month: 'spring', channel: 'web', amount: { amount_minor: -1, currency: 'USD' } }] });
    expect(bad.status).toBe(400);
    expect(bad.body.errors.map((each: any) => each.field)).toEqual(['items[0].month', 'items[0].amount']);
  });
});

describe('customers that come back, move on, or will leave', () => {
  let server: Server;
  let client: Client;

  beforeAll(async () => {
    const data = freshFolder();
    const file = (name: string, lines: string[]) => {
      writeFileSync(join(data, name), lines.join('\n'));
      return join(data, name);
    };
    const banso = async (...args: string[]) => {
      const done = await run(['--data', data, ...args]);
      expect(done.code, done.stdout + done.stderr).toBe(0);
    };
    await banso('workspace', '--name', 'Vendor', '--currency', 'JPY', '--timezone', 'Asia/Tokyo', '--book-day', '2024-10-01');
    const accounts = ['external_id,name', ...['stays', 'returns', 'moves', 'receives', 'will leave'].map((name) => `${name},${name}`)];
    await banso('import', file('accounts.csv', accounts), '--as', 'accounts');
    const contracts = [
      'external_id,account,product,mrr,start,end,transferred_from',
      's-1,stays,Suite,1000,2024-01-01,,',
      'r-1,returns,Suite,1000,2024-01-01,2024-04-01,',
      'r-2,returns,Suite,1000,2024-09-01,,',
      'm-1,moves,Suite,1000,2024-02-01,2024-06-01,',
      'd-1,receives,Suite,1000,2024-06-01,,m-1',
      'w-1,will leave,Suite,1000,2024-03-01,2024-12-31,',
    ];
    await banso('import', file('contracts.csv', contracts), '--as', 'subscriptions');
    await adminOf(data);
    server = await startServer({ data });
    client = await signedIn(server.url);
  }, 120_000);
  afterAll(async () => {
    await server.stop();
    rmSync(server.data, { recursive: true, force: true });
  });

  test('only the one that stopped paying is lost', async () => {
    const [all] = (await client.get('/api/revenue/survival')).body.groups;
    expect(all).toMatchObject({ customers: 5, lost: 1, returned: 1 });
    expect(all.months.find((each: any) => each.month === 2).survival).toBe(1);
    // Five were there in the third month, of whom one left; who moved on is out of sight after four months.
    expect(all.months.find((each: any) => each.month === 3)).toMatchObject({ survival: 0.8, at_risk: 4, lost: 1 });
    expect(all.months.find((each: any) => each.month === 4).at_risk).toBe(2);
    expect(all.projection.state).toBe('too_few_losses');
  });

  test('who is back counts in its own cohort again', async () => {
    const { cohorts } = (await client.get('/api/revenue/cohorts')).body;
    expect(cohorts[0]).toMatchObject({ begin: '2024-01-01', size: 2 });
    expect(cohorts[0].cells.map((cell: any) => cell.members)).toEqual([2, 2, 2, 1, 1, 1, 1, 1, 2, 2]);
    expect(cohorts[0].cells.at(-1).is_partial).toBe(true);
  });
});
