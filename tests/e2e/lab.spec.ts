// The Health Lab on the demo: a history is prepared, weights are moved by keyboard, suggested, and kept as a draft.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';

/** Opens the Lab with a history to judge; the first who comes prepares it. */
async function openLab(page: Page, search = '') {
  await page.goto(`/lab${search}`);
  const prepare = page.getByRole('button', { name: '分析用データを準備', exact: true });
  const headline = page.getByRole('heading', { name: '予測力(AUC)' });
  await expect(prepare.or(headline)).toBeVisible({ timeout: 30_000 });
  if (await prepare.isVisible()) {
    await expectAccessible(page);
    await prepare.click();
    await page.getByRole('button', { name: 'この期間で準備' }).click();
  }
  await expect(headline).toBeVisible({ timeout: 60_000 });
}

const aucOf = (page: Page, row: string) => page.locator(`[data-auc="${row}"]`);

test('a history is prepared, and the published score is judged against it', async ({ inDemo: page }) => {
  await openLab(page, '?outcome=expanded');
  await expect(aucOf(page, 'candidate')).toContainText(/0\.\d\d/);
  await expect(aucOf(page, 'baseline')).toContainText(/0\.\d\d/);
  // Few customers of this demo expanded: the figures are there, but not to be trusted.
  await expect(page.getByText('参考値', { exact: true })).toBeVisible();
  await expect(page.getByText('適合率', { exact: true })).toBeVisible();
  await expect(page.getByRole('heading', { name: 'レベルごとの実際の発生率' })).toBeVisible();
  await expectAccessible(page);
});

test('every tab says something, and the address keeps what was chosen', async ({ inDemo: page }) => {
  await openLab(page, '?lead=180');
  await page.getByRole('tab', { name: '指標', exact: true }).click();
  await expect(page.getByRole('grid', { name: '指標' }).or(page.getByRole('table', { name: '指標' }))).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('tab', { name: '気づける早さ' }).click();
  await expect(page.getByRole('tabpanel')).toContainText(/週前|該当する顧客がいません/);
  await page.getByRole('tab', { name: '公開中との比較' }).click();
  await expect(page.getByText('公開中のスコアカードから変更されていません')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('tab', { name: '公開中との比較' })).toHaveAttribute('aria-selected', 'true');
  await expect(page).toHaveURL(/lead=180/);
});

test('a weight moved by keyboard changes the figures at once, and the address carries it', async ({ inDemo: page }) => {
  await openLab(page, '?tab=compare&outcome=expanded');
  const weight = page.getByRole('slider', { name: '定着度の重み' });
  const before = Number(await weight.getAttribute('aria-valuenow'));
  await weight.focus();
  await weight.press('End');
  await expect(weight).toHaveAttribute('aria-valuenow', '100');
  await expect(aucOf(page, 'published')).toContainText(/0\.\d\d/);
  await expect(page.getByText(/最新の週で\d+社のレベルが変わります/)).toBeVisible();
  await expectAccessible(page);
  await expect(page).toHaveURL(/tuned=/);
  await page.reload();
  await expect(weight).toHaveAttribute('aria-valuenow', '100');
  await page.getByRole('button', { name: `定着度を${before}に戻す` }).click();
  await expect(weight).toHaveAttribute('aria-valuenow', String(before));
  await expect(aucOf(page, 'published')).toBeHidden();
});

test('suggested weights are applied to the sliders and kept as a draft', async ({ inDemo: page }) => {
  // Of the demo's outcomes the one that happened often enough to learn from.
  await openLab(page, '?outcome=expanded');
  await page.getByRole('button', { name: '重みを提案' }).click();
  const dialog = page.getByRole('dialog', { name: '重みの提案' });
  await expect(dialog.getByRole('heading', { name: 'スコア全体に占める重み(現在 → 提案)' })).toBeVisible({ timeout: 30_000 });
  await expect(dialog.getByRole('table', { name: '期間ごとの検証' })).toBeVisible();
  await expectAccessible(page);
  await dialog.getByRole('button', { name: 'スライダーに反映' }).click();
  await expect(page).toHaveURL(/tuned=/);
  await expect(aucOf(page, 'published')).toBeVisible();
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await page.getByRole('link', { name: '公開へ進む' }).click();
  await expect(page.getByText('公開されていない下書きがあります。', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '下書きを破棄' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '下書きを破棄' }).click();
  await expect(page.getByText('公開されていない下書きがあります。', { exact: false })).toBeHidden();
});
