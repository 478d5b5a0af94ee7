// Segment's own client for browsers, unmodified, in a real browser on a page of another origin: only the host that it sends
// to is ours. Its settings stand in the page; nothing is fetched from elsewhere.
import { existsSync, readFileSync } from 'node:fs';
import { createServer, type Server as HttpServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { type Browser, chromium, type Page } from '@playwright/test';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { chromium as ours } from '../e2e/browser.ts';
import { badNetwork } from '../support/bad_network.ts';
import { root, type Server, startServer } from '../support/banso.ts';
import { type Client, setUp } from '../support/client.ts';
import { allEvents, eventually, newAccount, Source } from '../support/intake.ts';

const client = readFileSync(join(root, 'tests/node_modules/@segment/analytics-next/dist/umd/index.js'));

describe.skipIf(!existsSync(ours.launchOptions.executablePath))('in a browser', () => {
  let server: Server;
  let admin: Client;
  let source: Source;
  let product: HttpServer; // the vendor's product
  let browser: Browser;

  beforeAll(async () => {
    server = await startServer();
    admin = await setUp(server.url, { timezone: 'UTC' });
    source = await Source.make(server, admin, 'Web app');
    product = createServer((request, response) => {
      if (request.url === '/analytics.js') response.writeHead(200, { 'content-type': 'text/javascript' }).end(client);
      else response.writeHead(200, { 'content-type': 'text/html' }).end('<!doctype html><title>Product</title><script src="/analytics.js"></script>');
    });
    await new Promise<void>((listening) => product.listen(0, '127.0.0.1', listening));
    browser = await chromium.launch(ours.launchOptions);
  });
  afterAll(async () => {
    await browser.close();
    product.close();
    await server.stop();
  });

  // A page of the product with the client loaded; `errors` are what the browser complains of, CORS above all.
  async function openProduct(url: string, deliveryStrategy: object = {}): Promise<{ page: Page; errors: string[] }> {
    const page = await browser.newPage();
    const errors: string[] = [];
    page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
    page.on('pageerror', (error) => errors.push(error.message));
    await page.goto(`http://127.0.0.1:${(product.address() as AddressInfo).port}/`);
    await page.evaluate(
      async ({ writeKey, apiHost, deliveryStrategy }) => {
        const segment = { apiKey: writeKey, apiHost, protocol: 'http', deliveryStrategy };
        const { AnalyticsBrowser } = (window as any).AnalyticsNext;
        const [analytics] = await AnalyticsBrowser.load({ writeKey, cdnSettings: { integrations: { 'Segment.io': segment } } }, { integrations: { 'Segment.io': segment } });
        (window as any).analytics = analytics;
      },
      { writeKey: source.key, apiHost: `${new URL(url).host}/v1`, deliveryStrategy },
    );
    return { page, errors };
  }

  const rowsOf = (account: number, total: number) =>
    eventually(
      () => allEvents(admin, account),
      (rows) => rows.length >= total,
      30,
    );

  test('every call reaches the account of its user, and the visitor becomes the user', async () => {
    const account = await newAccount(admin, 'web');
    const { page, errors } = await openProduct(server.url);
    await page.evaluate(async () => {
      const { analytics } = window as any;
      await analytics.page('Docs', 'Pricing', { plan: 'standard' }, { groupId: 'web' });
      await analytics.track('Looked Around', { rows: 3 }, { groupId: 'web' });
      await analytics.identify('u-web', { email: 'hanako@web.example', name: '花子' });
      await analytics.group('web', { plan: 'standard' });
      await analytics.track('Signed Up', { plan: 'standard' });
      await analytics.screen('Inbox');
    });
    const rows = await rowsOf(account, 6);
    expect(rows.filter((row) => ['track', 'page', 'screen'].includes(row.kind)).map((row) => [row.kind, row.event]).sort()).toEqual([
      ['page', 'Pricing'],
      ['screen', 'Inbox'],
      ['track', 'Looked Around'],
      ['track', 'Signed Up'],
    ]);
    const people = await eventually(
      () => admin.get(`/api/accounts/${account}/people`),
      (answer) => answer.body.total === 1 && answer.body.items[0].user_key === 'u-web',
    );
    expect(people.body.items).toMatchObject([{ user_key: 'u-web', email: 'hanako@web.example' }]);
    expect(errors).toEqual([]);
    await page.close();
  });

  test('batches arrive whole', async () => {
    const account = await newAccount(admin, 'web-batches');
    const { page, errors } = await openProduct(server.url, { strategy: 'batching', config: { size: 10, timeout: 300 } });
    await page.evaluate(async () => {
      const { analytics } = window as any;
      await analytics.identify('u-batch', {});
      for (let n = 0; n < 25; n += 1) void analytics.track('Clicked', { n }, { groupId: 'web-batches' });
    });
    const rows = await rowsOf(account, 25);
    expect(rows.filter((row) => row.event === 'Clicked').map((row) => row.properties.n).sort((a, b) => a - b)).toEqual(Array.from({ length: 25 }, (_, n) => n));
    expect(errors).toEqual([]);
    await page.close();
  });

  test('what a bad network swallowed is sent again, and counts once', async () => {
    const account = await newAccount(admin, 'web-retries');
    const network = await badNetwork(() => server, ['cut_before', 'busy', 'cut_after']);
    const { page } = await openProduct(network.url);
    await page.evaluate(() => {
      const { analytics } = window as any;
      for (let n = 0; n < 4; n += 1) void analytics.track('Clicked', { n }, { groupId: 'web-retries' });
    });
    const rows = await rowsOf(account, 4);
    await eventually(async () => network.troubles.length, (left) => left === 0);
    expect(network.troubles).toEqual([]);
    expect(rows.map((row) => row.properties.n).sort((a, b) => a - b)).toEqual([0, 1, 2, 3]);
    await new Promise((wait) => setTimeout(wait, 2000)); // a repetition may still be on its way
    expect(await allEvents(admin, account)).toHaveLength(4);
    network.close();
    await page.close();
  });
});
