import { expect, expectAccessible, test } from '../fixtures';

test('the palette finds pages in either language and script', async ({ signedIn: page }) => {
  const search = page.getByRole('textbox', { name: '検索とコマンド' }).or(page.getByRole('searchbox', { name: '検索とコマンド' }));
  for (const words of ['とりこみ', 'torikomi', 'IMPORT', 'トリコミ']) {
    await page.keyboard.press('Control+k');
    await search.fill(words);
    await expect(page.getByRole('button', { name: 'データ取り込み' }).first()).toBeVisible();
    await page.keyboard.press('Escape');
    await expect(search).toBeHidden();
  }
  await page.keyboard.press('Control+k');
  await expect(search).toBeFocused();
  await page.keyboard.type('import');
  await expect(page.getByRole('button', { name: 'データ取り込み' }).first()).toBeVisible();
  await page.keyboard.press('Enter');
  await expect(page).toHaveURL(/\/import$/);
});

test('"as known on" stays in the address from page to page', async ({ signedIn: page }) => {
  await page.goto('/?asOf=2026-01-31');
  await expect(page.getByRole('status').filter({ hasText: '2026年1月31日(土)' })).toBeVisible();
  await page.getByRole('navigation', { name: 'メインメニュー' }).first().getByRole('link', { name: '設定' }).click();
  await expect(page).toHaveURL(/\/settings\/profile\?asOf=2026-01-31/);
  await page.getByRole('button', { name: '最新に戻す' }).click();
  await expect(page).not.toHaveURL(/asOf/);
  await page.goBack();
  await expect(page).toHaveURL(/asOf=2026-01-31/);
});

test('the day can be chosen from a calendar', async ({ signedIn: page }) => {
  await page.goto('/settings/profile?asOf=2026-03-15');
  await page.getByRole('button', { name: /表示する時点/ }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '2026年3月10日(火)' }).click();
  await expect(page).toHaveURL(/asOf=2026-03-10/);
});

test('"?" lists the keys that work here', async ({ signedIn: page }) => {
  await page.goto('/settings/users');
  await expect(page.getByRole('row', { name: /山田 花子/ })).toBeVisible();
  await page.keyboard.press('?');
  const overlay = page.getByRole('dialog', { name: 'キーボード操作' });
  await expect(overlay.getByText('次の行へ')).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(overlay).toBeHidden();
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('dialog', { name: '山田 花子' })).toBeVisible();
});

test('the menu folds away and stays so', async ({ signedIn: page }) => {
  await page.getByRole('button', { name: 'メニューをたたむ' }).click();
  await expect(page.getByRole('button', { name: 'メニューを広げる' })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('button', { name: 'メニューを広げる' })).toBeVisible();
});

test('an unknown address says so and offers the way home', async ({ signedIn: page }) => {
  await page.goto('/no-such-page');
  await expect(page.getByRole('heading', { name: 'ページが見つかりません' })).toBeVisible();
  await page.getByRole('link', { name: 'ホームへ' }).click();
  await expect(page).toHaveURL(/\/$/);
});
