// The catalogue: event names become features in words people understand, and every change can be taken back.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';

const rows = (page: Page) => page.locator('tbody tr[data-index]');
const rowOf = (page: Page, name: string) => rows(page).filter({ hasText: name });

async function open(page: Page, search = '') {
  await page.goto(`/catalogue${search}`);
  await expect(rows(page).first()).toBeVisible();
}

async function select(page: Page, name: string) {
  await rowOf(page, name).getByRole('checkbox').check();
}

test('features are grouped into one and come apart again by undo', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await open(page);
  const before = await rows(page).count();
  await select(page, 'ファイル登録');
  await select(page, 'ファイル共有');
  await page.getByRole('button', { name: '1つの機能にまとめる' }).click();
  const dialog = page.getByRole('dialog', { name: '2件を1つの機能にまとめる' });
  await dialog.getByLabel('名前(日本語)').fill('ファイル');
  await dialog.getByLabel('名前(英語)').fill('Files');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'まとめる' }).click();
  await expect(rows(page)).toHaveCount(before - 1);
  await expect(page.getByText('2件を「ファイル」にまとめました。')).toBeVisible();
  await page.reload();
  await expect(rowOf(page, 'File Shared')).toContainText('File Uploaded');

  // Taken out by hand, and put back by undo.
  await rowOf(page, 'File Uploaded').locator('td').nth(4).click();
  const panel = page.getByRole('dialog', { name: 'ファイル' });
  await panel.getByRole('listitem').filter({ hasText: 'File Shared' }).getByRole('button', { name: '切り離す' }).click();
  await expect(rows(page)).toHaveCount(before);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(rows(page)).toHaveCount(before - 1);
  await panel.getByRole('listitem').filter({ hasText: 'File Shared' }).getByRole('button', { name: '切り離す' }).click();
  await expect(rows(page)).toHaveCount(before);
  expect(errors).toEqual([]);
});

test('grouping is undone at once by its toast', async ({ inDemo: page }) => {
  await open(page);
  const before = await rows(page).count();
  await select(page, '申請の提出');
  await select(page, '申請の承認');
  await page.getByRole('button', { name: '1つの機能にまとめる' }).click();
  await page.getByRole('dialog').getByRole('button', { name: 'まとめる' }).click();
  await expect(rows(page)).toHaveCount(before - 1);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(rows(page)).toHaveCount(before);
  await page.reload();
  await expect(rowOf(page, '申請の提出')).toBeVisible();
  await expect(rowOf(page, '申請の承認')).toBeVisible();
});

test('a module is set for several and the list narrows down to it', async ({ inDemo: page }) => {
  await open(page);
  await select(page, 'リアクション');
  await select(page, 'チャンネル作成');
  await page.getByRole('button', { name: 'モジュール', exact: true }).last().click();
  await page.getByRole('combobox', { name: 'モジュール' }).or(page.getByRole('textbox', { name: 'モジュール' })).last().fill('会話');
  await page.getByRole('button', { name: '設定', exact: true }).click();
  await expect(page.getByText('2件のモジュールを「会話」にしました。')).toBeVisible();
  await open(page, '?module=会話');
  await expect(rows(page)).toHaveCount(2);
});

test('a name is changed in place with the e key', async ({ inDemo: page }) => {
  await open(page, '?q=Logged');
  await page.keyboard.press('j');
  await page.keyboard.press('e');
  await page.getByRole('textbox', { name: '名前(日本語)' }).fill('サインイン');
  await expectAccessible(page);
  await page.keyboard.press('Enter');
  await expect(rowOf(page, 'サインイン')).toBeVisible();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(rowOf(page, 'ログイン')).toBeVisible();
});

test('the panel shows use, accounts and properties', async ({ inDemo: page }) => {
  await open(page, '?q=Message%20Sent');
  await rows(page).first().locator('td').nth(4).click();
  const panel = page.getByRole('dialog', { name: 'メッセージ送信' });
  await expect(panel.getByRole('figure', { name: /メッセージ送信の日別の利用/ })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'プロパティ' })).toBeVisible();
  const account = panel.getByRole('table').last().getByRole('link').first();
  await expect(account).toHaveAttribute('href', /\/accounts\/\d+/);
  await expectAccessible(page);
  await panel.getByRole('button', { name: '表で見る' }).click();
  await expect(panel.getByRole('table', { name: /日別の利用/ }).getByRole('row')).toHaveCount(91);
});
