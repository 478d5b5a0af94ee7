// In-app messages: written in Banso, shown by the script inside of another site's page, worked with by its user.
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';

const both = (ja: string, en: string) => ({ ja, en });

/** The vendor's product: a page of another origin that embeds the script, and its server that fetches tokens. */
async function startVendor(banso: string, secret: string, account: string, language: string): Promise<{ url: string; server: Server }> {
  const server = createServer((request, response) => {
    if (request.url === '/banso-token') {
      void fetch(`${banso}/in-app/v1/tokens`, {
        method: 'POST',
        headers: { authorization: `Bearer ${secret}`, 'content-type': 'application/json' },
        body: JSON.stringify({ user_id: `visitor-${language}`, account_id: account, language }),
      })
        .then(async (answer) => (await answer.json()) as { token: string })
        .then(({ token }) => response.end(token));
      return;
    }
    if (request.url === '/favicon.ico') return void response.writeHead(204).end();
    response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' }).end(`<!doctype html><html lang="${language}"><title>Vendor</title><main><h1>Product</h1></main>
      <script src="${banso}/in-app.js" defer></script>
      <script>addEventListener('DOMContentLoaded', () => Banso.start({ token: () => fetch('/banso-token').then((answer) => answer.text()) }));</script></html>`);
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, server };
}

async function ask(page: Page, method: 'put' | 'post', path: string, data: object) {
  const token = (await page.context().cookies()).find(({ name }) => name === 'banso_csrf')?.value ?? '';
  const answer = await page.request[method](path, { data, headers: { 'X-CSRF-Token': token } });
  expect(answer.ok(), await answer.text()).toBe(true);
  return (await answer.json()) as Record<string, unknown>;
}

for (const [language, title, invite] of [
  ['ja', '最初の一週間', 'メンバーを招待する'],
  ['en', 'Your first week', 'Invite your team'],
] as const) {
  test(`a checklist is ticked inside of the product (${language})`, async ({ inDemo: page, demo }) => {
    const key = `steps_${language}`;
    const { items } = (await (await page.request.get('/api/book?limit=2&columns=external_id')).json()) as { items: { external_id: string }[] };
    const account = items[language === 'ja' ? 0 : 1]!.external_id;
    const { secret } = await ask(page, 'post', '/api/in-app/keys', { name: `Product ${language}` });
    await ask(page, 'put', `/api/definitions/in_app_message/${key}/draft`, {
      name: both('最初の手順', 'First steps'),
      form: 'checklist',
      // The demo is shared: messages of other walks may be for this account, too. This one goes first, under a title of its own.
      rank: 1,
      title: both('最初の一週間', 'Your first week'),
      text: both('2つの手順で準備が整います。', 'Two steps and you are ready.'),
      audience: { combinator: 'and', rules: [{ field: 'external_id', operator: '=', value: account }] },
      items: [
        { key: 'invite', label: both('メンバーを招待する', 'Invite your team') },
        { key: 'import', label: both('データを取り込む', 'Import your data') },
      ],
    });
    await ask(page, 'post', `/api/definitions/in_app_message/${key}/publish`, { why: 'test' });
    const vendor = await startVendor(demo.url, secret as string, account, language);
    const context = await page.context().browser()!.newContext();
    const visitor = await context.newPage();
    const errors = collectConsoleErrors(visitor);
    try {
      await visitor.goto(vendor.url);
      const box = visitor.getByRole('region', { name: title });
      await expect(box).toBeVisible();
      await expectAccessible(visitor);
      await box.getByRole('checkbox', { name: invite }).check();
      await expect(box.getByRole('progressbar')).toHaveAttribute('aria-label', '1 / 2');
      await visitor.reload();
      await expect(box.getByRole('checkbox', { name: invite })).toBeChecked();
      await box.getByRole('button', { name: language === 'ja' ? '閉じる' : 'Close' }).click();
      await expect(box).toBeHidden();
      await visitor.reload();
      await expect(visitor.getByRole('heading', { name: 'Product' })).toBeVisible();
      await expect(box).toHaveCount(0);
      expect(errors).toEqual([]);
    } finally {
      await context.close();
      vendor.server.close();
    }
  });
}

test('a message is written with its picture beside it, in both languages', async ({ inDemo: page }) => {
  await page.goto('/in-app/new');
  await page.getByLabel('名前(社内用)(日本語)').fill('新機能のお知らせ');
  await page.getByLabel('名前(社内用)(英語)').fill('New feature');
  await page.getByLabel('見出し(日本語)').fill('レポートが速くなりました');
  await page.getByLabel('見出し(英語)').fill('Reports are faster');
  const picture = page.getByRole('complementary', { name: '表示イメージ' });
  await expect(picture.getByText('レポートが速くなりました')).toBeVisible();
  await picture.getByText('English').click();
  await expect(picture.getByText('Reports are faster')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByRole('heading', { name: '新機能のお知らせ', level: 1 })).toBeVisible();
});
