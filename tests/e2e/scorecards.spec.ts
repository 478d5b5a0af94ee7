// Designing a score without code: nested groups, measures, curves by age, steps that do not fit, formulas, levels by hand.
import { expect, expectAccessible, logInByRequest, test as base } from './fixtures';
import { startDemo, type DemoServer } from './server';
import type { Page } from '@playwright/test';

// A vendor of its own: what is published here changes every score.
const test = base.extend<{ designer: Page }, { vendor: DemoServer }>({
  vendor: [
    async ({}, use) => {
      const server = await startDemo();
      await use(server);
      await server.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  designer: async ({ browser, vendor }, use) => {
    const context = await browser.newContext({ baseURL: vendor.url, locale: 'ja-JP', timezoneId: 'Asia/Tokyo' });
    await context.addInitScript(() => localStorage.setItem('banso.language', 'ja'));
    const page = await context.newPage();
    await logInByRequest(page, vendor.url, vendor.administrator);
    await use(page);
    await context.close();
  },
});

async function publish(page: Page, why: string) {
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByText('公開されていない下書きがあります。', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByLabel('変更の理由').fill(why);
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText(why)).toBeVisible();
}

test('a group within a group gets a measure with a curve of its own for older customers', async ({ designer: page }) => {
  await page.goto('/settings/scorecards/health');
  const relationship = page.getByRole('region', { name: '関係性', exact: true });
  await relationship.getByRole('button', { name: '「関係性」の中にグループを追加' }).click();
  const nested = relationship.getByRole('region').last();
  await nested.getByRole('textbox', { name: '名前(日本語)' }).fill('イベントの活用');
  await nested.getByRole('textbox', { name: '名前(英語)' }).fill('Events');
  const events = page.getByRole('region', { name: 'イベントの活用', exact: true });

  await events.getByRole('combobox', { name: '「イベントの活用」に指標を追加' }).fill('存在しない指標');
  await expect(page.getByText('当てはまる指標がありません')).toBeVisible();
  await events.getByRole('combobox', { name: '「イベントの活用」に指標を追加' }).fill('利用者の割合');
  await page.getByRole('option').first().click();
  const details = events.getByRole('button', { name: /の換算と条件$/ });
  await details.click();
  await events.getByRole('button', { name: '利用期間で分ける' }).click();
  await expect(events.getByRole('button', { name: '利用180日目以降' })).toHaveAttribute('aria-pressed', 'true');
  await expectAccessible(page);

  await page.getByRole('button', { name: '影響を確認' }).click();
  await expect(page.getByText(/社のレベルが変わります|レベルが変わる顧客はありません/)).toBeVisible({ timeout: 30_000 });
  await publish(page, 'イベントの活用を見る');
  await page.reload();
  await expect(events.getByText('換算2種類')).toBeVisible();
});

test('steps with a gap and an overlap are marked and resolved with one click each', async ({ designer: page }) => {
  await page.goto('/settings/scorecards/health');
  await page.getByRole('button', { name: '「席の利用率」の換算と条件' }).click();
  await page.getByRole('radiogroup', { name: '換算の形' }).getByText('段階').click();
  await page.getByRole('switch', { name: '上限と下限を別々に入力' }).check({ force: true });
  await page.getByRole('textbox', { name: '段階2の上限', exact: true }).fill('20');
  await page.getByRole('textbox', { name: '段階4の上限', exact: true }).fill('80');
  await expect(page.getByText('20%〜30%は段階2と段階3のどちらにも含まれません。')).toBeVisible();
  await expect(page.getByText('75%〜80%が段階4と段階5の両方に含まれています。')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '20%〜30%を段階3に含める' }).click();
  await page.getByRole('button', { name: '75%〜80%を段階4に含める' }).click();
  await expect(page.getByRole('textbox', { name: '段階3の下限', exact: true })).toHaveValue('20');
  await expect(page.getByRole('textbox', { name: '段階5の下限', exact: true })).toHaveValue('80');
  await expect(page.getByRole('button', { name: /を段階\dに含める/ })).toHaveCount(0);
});

test('measures move by the arrow keys on their handles and into other groups by their menus', async ({ designer: page }) => {
  await page.goto('/settings/scorecards/health');
  const support = page.getByRole('region', { name: 'サポート', exact: true });
  const names = () => support.getByRole('link').allTextContents();
  // Until the measures' names are there, their keys stand for them.
  await expect(support).not.toContainText('tickets_per_month');
  const before = await names();
  const handle = support.getByRole('button', { name: `「${before[0]}」を移動` });
  await handle.focus();
  await page.keyboard.press('ArrowDown');
  await expect(handle).toBeFocused();
  expect(await names()).toEqual([before[1], before[0], ...before.slice(2)]);
  await expect(page.getByText(`「${before[0]}」を${before.length}件中2番目に移動しました`)).toBeAttached();

  await support.getByRole('button', { name: `「${before[0]}」の操作` }).click();
  await page.getByRole('menuitem', { name: '定着度' }).click();
  await expect(page.getByRole('region', { name: '定着度', exact: true }).getByRole('link', { name: before[0]! })).toBeVisible();
  expect(await names()).not.toContain(before[0]);

  const first = support.getByRole('button', { name: `「${before[1]}」を移動` });
  await first.dragTo(support.getByRole('link', { name: before[2]! }), { targetPosition: { x: 10, y: 40 }, force: true });
  await expect.poll(names).toEqual([before[2], before[1]]);
});

test('a formula is completed, checked while typed, and tried on the book', async ({ designer: page }) => {
  await page.goto('/settings/measures/new');
  await page.getByLabel('名前(日本語)').fill('席あたりの緊急問い合わせ');
  await page.getByLabel('名前(英語)').fill('Urgent tickets per seat');
  await page.getByRole('textbox', { name: 'キー' }).fill('urgent_per_use');
  await page.getByRole('combobox', { name: 'データ', exact: true }).click();
  await page.getByRole('option', { name: 'ほかの指標' }).click();
  const formula = page.getByLabel('計算式', { exact: true }).and(page.locator('textarea'));
  await formula.fill('urgent_open_tickets / (licence_utilisation + 1');
  await expect(page.getByText('かっこ ( が閉じられていません。')).toBeVisible();
  await formula.pressSequentially(') * 100 + feat');
  await page.getByRole('option', { name: /features_used_28d/ }).click();
  await expect(formula).toHaveValue('urgent_open_tickets / (licence_utilisation + 1) * 100 + features_used_28d');
  await expect(page.getByText(/^読み方: .* ÷ \(席の利用率 \+ 1\) × 100 \+ /)).toBeVisible();
  await expect(page.getByText(/社に値があります。/)).toBeVisible({ timeout: 30_000 });
  await expect(page.getByRole('img', { name: '顧客全体での値の分布' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByRole('heading', { name: '席あたりの緊急問い合わせ' })).toBeVisible();
});

test('a CSM sets a level by hand next to what the machine thinks, and lifts it', async ({ designer: page }) => {
  const response = await page.request.get('/api/book?limit=1&sort=score');
  const { items } = (await response.json()) as { items: { id: number }[] };
  await page.goto(`/accounts/${items[0]!.id}`);
  await page.getByRole('button', { name: 'レベルを手動で設定' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('combobox', { name: 'レベル' }).click();
  await page.getByRole('option', { name: '良好' }).click();
  await dialog.getByLabel('理由').fill('役員から更新の内諾をもらった');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '設定', exact: true }).click();
  const panel = page.getByRole('region', { name: '手動で設定されたレベル' });
  await expect(panel).toContainText('役員から更新の内諾をもらった');
  await expect(panel).toContainText('自動判定のレベル');
  await expectAccessible(page);
  await panel.getByRole('button', { name: '手動の設定を解除' }).click();
  await page.getByRole('dialog').getByRole('button', { name: '手動の設定を解除' }).click();
  await expect(panel).toHaveCount(0);
  await expect(page.getByRole('button', { name: 'レベルを手動で設定' })).toBeVisible();
});
