// Segments: made from a filter of the book, looked at while editing, published, followed, and used as a filter again.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';
import { csrfHeaders } from './intake/product';

const condition = { combinator: 'and', rules: [{ field: 'score', operator: '<', value: 65 }] };

async function defineByApi(page: Page, key: string) {
  const body = { name: { ja: '要注意の顧客', en: 'Needs attention' }, description: 'スコアが65未満', condition };
  const headers = await csrfHeaders(page.request);
  const draft = await page.request.put(`/api/definitions/segment/${key}/draft`, { data: body, headers });
  expect(draft.ok(), await draft.text()).toBe(true);
  const published = await page.request.post(`/api/definitions/segment/${key}/publish`, { data: { why: 'テスト' }, headers });
  expect(published.ok(), await published.text()).toBe(true);
}

test('a filter of the book becomes a segment, is published, and filters the book', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto(`/book?filter=${encodeURIComponent(JSON.stringify(condition))}`);
  await page.getByRole('button', { name: '絞り込み', exact: true }).click();
  await page.getByRole('link', { name: 'この条件をセグメントにする' }).click();

  const preview = page.getByRole('region', { name: 'プレビュー' });
  await expect(preview).toContainText(/\d+社/);
  const size = (await preview.getByText(/^\d+社$/).textContent())!;
  await page.getByLabel('名前(日本語)').fill('スコアの低い顧客');
  await page.getByLabel('名前(英語)').fill('Low score');
  await expect(page.getByLabel('キー', { exact: true })).toHaveValue('low_score');
  await page.getByRole('button', { name: '下書きを保存' }).click();

  await expect(page.getByRole('heading', { name: 'スコアの低い顧客', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '下書きを公開する' });
  await dialog.getByRole('textbox').fill('最初の版');
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText('公開しました。')).toBeVisible();

  await page.getByRole('tab', { name: '顧客' }).click();
  await expect(page.getByText('最初の評価の時点で').first()).toBeVisible();
  await page.goto('/segments');
  await expect(page.locator('tbody tr[data-index]').filter({ hasText: 'スコアの低い顧客' })).toContainText(size.replace('社', ''));
  expect(errors).toEqual([]);
});

test('list, members, history and editor are accessible', async ({ inDemo: page }) => {
  await defineByApi(page, 'needs_attention');
  for (const path of ['/segments', '/segments/needs_attention', '/segments/needs_attention?tab=history', '/segments/needs_attention?tab=definition']) {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.goto(path);
      await expect(page.getByText('要注意の顧客').first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
    }
  }
});
