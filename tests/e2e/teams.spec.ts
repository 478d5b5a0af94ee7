// Teams & workload: who carries how much, an engagement model with its preview, an assignment and its undo, a handover.
import { collectConsoleErrors, expect, test } from './fixtures';
import { expectViewsAccessible } from './views';

test('people show what they carry, and an absence is noted with who stands in', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto('/teams');
  await expect(page.getByRole('heading', { name: 'チームと担当', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: /^SMB \d+人/ }).click();
  const table = page.getByRole('region', { name: 'メンバー' });
  await expect(table.getByText('相沢 美咲')).toBeVisible();
  await expect(table.getByText('黒崎 大地')).toHaveCount(0);
  await table.getByText('折原 匠').click();
  const panel = page.getByRole('dialog', { name: '折原 匠' });
  await panel.getByRole('button', { name: '不在予定を登録' }).click();
  const back = new Date(Date.now() + 10 * 86_400_000);
  await panel.getByLabel('復帰日').fill(`${back.getFullYear()}/${back.getMonth() + 1}/${back.getDate()}`);
  await panel.getByLabel('復帰日').press('Tab');
  await panel.getByRole('combobox', { name: '代理' }).click();
  await page.getByRole('option', { name: '蓮見 結衣' }).click();
  await panel.getByLabel('メモ').fill('長期休暇');
  await panel.getByRole('button', { name: '保存' }).last().click();
  await expect(panel.getByText('代理: 蓮見 結衣 · 長期休暇')).toBeVisible();
  await panel.getByRole('link', { name: '担当顧客一覧へ' }).click();
  await expect(page.getByRole('heading', { name: '担当顧客一覧', level: 1 })).toBeVisible();
  await expect(page.getByRole('table').getByText('折原 匠').first()).toBeVisible();
  await expect(page.getByRole('table').getByText('相沢 美咲')).toHaveCount(0);
  expect(errors).toEqual([]);
});

test('a model shows whom it would take before it is published', async ({ inDemo: page }) => {
  await page.goto('/teams?tab=models');
  await page.getByRole('link', { name: 'タッチモデルを追加' }).click();
  await page.getByLabel('名称(日本語)').fill('全社ハイタッチ');
  await page.getByLabel('名称(英語)').fill('Everybody high');
  await page.getByLabel('順位').fill('1');
  const preview = page.getByRole('region', { name: '適用した場合の結果' });
  await expect(preview).toContainText(/社のタッチモデルが変わります/);
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByRole('heading', { name: '全社ハイタッチ', level: 1 })).toBeVisible();
});

test('a rule assigns what it showed, and is taken back', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto('/teams?tab=assignment');
  const rule = page.getByRole('listitem').filter({ hasText: '大口顧客のサポート担当' });
  await rule.getByRole('button', { name: '結果を確認' }).click();
  const apply = page.getByRole('button', { name: /社を割り当てる/ }).first();
  await apply.click();
  const dialog = page.getByRole('dialog', { name: '割り当てを実行しますか?' });
  await dialog.getByLabel('理由').fill('期初の体制');
  await dialog.getByRole('button', { name: /社を割り当てる/ }).click();
  await expect(page.getByText(/社を割り当てました/)).toBeVisible({ timeout: 20_000 });
  const past = page.getByRole('region', { name: 'これまでの割り当て' });
  await past.getByRole('button', { name: '元に戻す' }).first().click();
  await expect(page.getByText(/社の担当を元に戻しました/)).toBeVisible();
  expect(errors).toEqual([]);
});

test('a handover is begun in three steps and ticked off', async ({ inDemo: page }) => {
  await page.goto('/teams?tab=handovers');
  await page.getByRole('button', { name: '引き継ぎを開始' }).first().click();
  const wizard = page.getByRole('dialog', { name: '引き継ぎを開始' });
  await wizard.getByRole('combobox', { name: '前任' }).click();
  await page.getByRole('option', { name: '黒崎 大地' }).click();
  await wizard.getByRole('combobox', { name: '後任' }).click();
  await page.getByRole('option', { name: '蓮見 結衣' }).click();
  await wizard.getByRole('button', { name: '次へ' }).click();
  await wizard.getByRole('checkbox').first().check();
  await wizard.getByRole('button', { name: '次へ' }).click();
  await wizard.getByRole('button', { name: '1社の引き継ぎを開始' }).click();
  const panel = page.getByRole('dialog', { name: '黒崎 大地 → 蓮見 結衣' });
  const items = panel.getByRole('region', { name: 'チェックリスト' }).getByRole('checkbox');
  await expect(panel.getByRole('button', { name: '完了する' })).toBeDisabled();
  await items.first().check();
  await expect(panel.getByText(/完了: /)).toBeVisible();
});

expectViewsAccessible('teams', {
  people: '/teams',
  models: '/teams?tab=models',
  assignment: '/teams?tab=assignment&rule=new_customers',
  handovers: '/teams?tab=handovers',
  'a model': '/teams/models/high_touch',
  'a rule': '/teams/rules/new_customers',
});
