import { administrator } from '../server';
import { collectConsoleErrors, expect, expectAccessible, test } from '../fixtures';

test('a fresh installation is set up in Japanese and lets its administrator in', async ({ page, freshServer }) => {
  const errors = collectConsoleErrors(page);
  await page.goto(freshServer.url);
  await expect(page).toHaveURL(/\/setup$/);
  await expect(page.getByRole('heading', { name: 'はじめに' })).toBeVisible();
  await expectAccessible(page);

  await page.getByRole('button', { name: '登録して始める' }).click();
  await expect(page.getByText('会社名・チーム名を入力してください。')).toBeVisible();
  await expect(page.getByText('パスワードは10文字以上にしてください。')).toBeVisible();

  await page.getByLabel('会社名・チーム名').fill('青空ソフト株式会社');
  await page.getByLabel('氏名').fill(administrator.name);
  await page.getByLabel('メールアドレス').fill(administrator.email);
  await page.getByLabel('パスワード', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: '登録して始める' }).click();

  await expect(page.getByRole('navigation', { name: 'メインメニュー' }).first()).toBeVisible();
  await expect(page.getByText('青空ソフト株式会社')).toBeVisible();
  expect(errors).toEqual([]);

  await page.goto(`${freshServer.url}/setup`);
  await expect(page).not.toHaveURL(/\/setup$/);
});

test('it can be set up in English', async ({ page, freshServer }) => {
  await page.goto(freshServer.url);
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Welcome' })).toBeVisible();
  await expect(page.locator('html')).toHaveAttribute('lang', 'en');
  await page.getByLabel('Company or team').fill('Blue Sky Ltd');
  await page.getByLabel('Name', { exact: true }).fill('Ann Lee');
  await page.getByLabel('E-mail address').fill('ann@example.com');
  await page.getByLabel('Password', { exact: true }).fill('correct horse battery');
  await page.getByRole('combobox', { name: 'Fiscal year starts in' }).click();
  await page.getByRole('option', { name: 'January' }).click();
  await page.getByRole('button', { name: 'Create and start' }).click();
  await expect(page.getByRole('navigation', { name: 'Main menu' }).first()).toBeVisible();

  const session = await (await page.request.get(`${freshServer.url}/api/session`)).json();
  expect(session).toMatchObject({ state: 'signed_in', user: { language: 'en', role: 'admin' }, workspace: { fiscal_year_start_month: 1 } });
});
