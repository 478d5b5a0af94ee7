import { administrator } from '../server';
import { expect, expectAccessible, test } from '../fixtures';

test('whoever is not signed in is led to the log-in page and back to where they wanted to go', async ({ page }) => {
  await page.goto('/settings/users?asOf=2026-01-31');
  await expect(page).toHaveURL(/\/login\?next=/);
  await expectAccessible(page);
  await page.getByLabel('メールアドレス').fill(administrator.email);
  await page.getByLabel('パスワード', { exact: true }).fill(administrator.password);
  await page.getByLabel('パスワード', { exact: true }).press('Enter');
  await expect(page).toHaveURL(/\/settings\/users\?asOf=2026-01-31/);
  await expect(page.getByRole('heading', { name: 'ユーザーと権限' })).toBeVisible();
});

test('an address elsewhere is not followed after the log-in', async ({ page, server }) => {
  await page.goto('/login?next=' + encodeURIComponent('//example.com/'));
  await page.getByLabel('メールアドレス').fill(administrator.email);
  await page.getByLabel('パスワード', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'ログイン' }).click();
  await expect(page.getByRole('navigation', { name: 'メインメニュー' }).first()).toBeVisible();
  expect(new URL(page.url()).origin).toBe(server.url);
});

test('a wrong password gets a sentence, not a way in', async ({ page }) => {
  await page.goto('/login');
  await page.getByRole('button', { name: 'ログイン' }).click();
  await expect(page.getByText('メールアドレスを入力してください。')).toBeVisible();
  await page.getByLabel('メールアドレス').fill(administrator.email);
  await page.getByLabel('パスワード', { exact: true }).fill('something else');
  await page.getByRole('button', { name: 'ログイン' }).click();
  await expect(page.getByRole('alert')).toContainText('メールアドレスまたはパスワードが正しくありません');
  await expect(page).toHaveURL(/\/login/);
});

test('the language can be changed before the log-in, and stays', async ({ page }) => {
  await page.goto('/login');
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Log in' })).toBeVisible();
});

test('logging out ends it in this browser', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: '山田 花子さんのメニュー' }).click();
  await page.getByRole('menuitem', { name: 'ログアウト' }).click();
  await expect(page).toHaveURL(/\/login/);
  await page.goto('/settings/profile');
  await expect(page).toHaveURL(/\/login/);
});

test('a log-in that ended elsewhere leads to the log-in page, not to an error', async ({ signedIn: page }) => {
  await page.goto('/settings/profile');
  await expect(page.getByRole('heading', { name: 'プロフィール' })).toBeVisible();
  await page.context().clearCookies();
  await page.getByRole('link', { name: 'ユーザーと権限' }).click();
  await expect(page).toHaveURL(/\/login\?next=/);
});
