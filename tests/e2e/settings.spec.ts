// Settings that shape the score and the data: definitions with drafts and versions, attributes.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, expectAccessible, logInByRequest, test as base } from './fixtures';
import { runBanso, setUp, startServer, type RunningServer } from './server';

const test = base.extend<object, { vendor: RunningServer }>({
  vendor: [
    async ({}, use) => {
      const server = await startServer(async (folder) => {
        await runBanso(folder, 'demo', '--accounts', '30', '--months', '6', '--seed', '3');
        await runBanso(folder, 'user', 'list');
      });
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
});

/** The demo's administrator, as its folder tells it. */
function demoAdministrator({ dataFolder }: RunningServer) {
  const [email, password] = readFileSync(join(dataFolder, 'demo-login.txt'), 'utf8').trim().split('\n');
  return { name: '', email: email!, password: password! };
}

test('a weight is drafted, its effect seen, published with a reason, and rolled back', async ({ page, vendor }) => {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'ja'));
  await logInByRequest(page, vendor.url, demoAdministrator(vendor));
  await page.goto(`${vendor.url}/settings/scorecards/health`);
  const weight = page.getByRole('textbox', { name: '定着度の重み' });
  const before = await weight.inputValue();
  await weight.fill('90');
  await page.getByRole('button', { name: '影響を確認' }).click();
  await expect(page.getByText(/社のレベルが変わります|レベルが変わる顧客はありません/)).toBeVisible({ timeout: 30_000 });
  await expectAccessible(page);
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByText('公開されていない下書きがあります。', { exact: false })).toBeVisible();
  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog.getByText('重み')).toBeVisible();
  await dialog.getByLabel('変更の理由').fill('利用状況を重視する');
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText('利用状況を重視する')).toBeVisible();
  await expect(weight).toHaveValue('90');

  await page.getByRole('button', { name: 'この版に戻す' }).click();
  const back = page.getByRole('dialog');
  await back.getByLabel('変更の理由').fill('元の重みに戻す');
  await back.getByRole('button', { name: 'この版に戻す' }).click();
  await expect(page.getByText('元の重みに戻す')).toBeVisible();
  await expect(weight).toHaveValue(before);
});

test('a choice attribute is made, renamed and deleted', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/settings/attributes`);
  await page.getByRole('button', { name: '属性を作成' }).first().click();
  const panel = page.getByRole('dialog');
  await panel.getByLabel('名前(日本語)').fill('契約ランク');
  await panel.getByLabel('名前(英語)').fill('Contract tier');
  await panel.getByRole('combobox', { name: '型' }).click();
  await page.getByRole('option', { name: '選択' }).click();
  await panel.getByRole('button', { name: '選択肢を追加' }).click();
  await panel.getByLabel('選択肢1(日本語)').fill('ゴールド');
  await expectAccessible(page);
  await panel.getByRole('button', { name: '作成' }).click();
  const row = page.getByRole('row', { name: /契約ランク/ });
  await expect(row).toContainText('ゴールド');
  await row.click();
  await page.getByRole('dialog').getByLabel('名前(日本語)').fill('契約等級');
  await page.getByRole('dialog').getByRole('button', { name: '保存' }).click();
  await expect(page.getByRole('row', { name: /契約等級/ })).toBeVisible();
  await page.getByRole('row', { name: /契約等級/ }).click();
  await page.getByRole('dialog').getByRole('button', { name: '削除', exact: true }).click();
  await page.getByRole('dialog', { name: /削除しますか/ }).getByRole('button', { name: '削除' }).click();
  await expect(page.getByRole('heading', { name: 'カスタム属性はまだありません' })).toBeVisible();
});

test('what moved out of the settings is found where it went', async ({ inDemo: page }) => {
  await page.goto('/settings/sources');
  await expect(page).toHaveURL(/\/intake$/);
  await page.goto('/settings/features');
  await expect(page).toHaveURL(/\/catalogue$/);
  await page.goto('/settings/profile');
  await page.getByRole('navigation', { name: '設定' }).getByRole('link', { name: '機能カタログ' }).click();
  await expect(page.getByRole('heading', { name: '機能カタログ' })).toBeVisible();
});
