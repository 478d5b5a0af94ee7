// Success plans: made for a customer, filled with goals and actions, moved on the timeline, sent, confirmed, closed.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';
import { accountWithoutPlan, closePlan, makePlan } from './plans';

interface PlanAnswer {
  version: number;
  state: string;
  document: { goals: { key: string; name: { ja: string; en: string }; target: number | null }[]; actions: { key: string; start: string; due: string; done_on: string | null }[] };
  goals: { key: string; confirmation: string }[];
}

const readPlan = async (page: Page, id: number) => (await (await page.request.get(`/api/plans/${id}`)).json()) as PlanAnswer;

const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);

async function spanOf(page: Page, id: number, key: string) {
  const { document } = await readPlan(page, id);
  const { start, due } = document.actions.find((action) => action.key === key)!;
  return { start, due };
}

test('a plan is made on the account, gets a goal, and a change is undone', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  const account = await accountWithoutPlan(page.request);
  await page.goto(`/accounts/${account.id}?tab=plan`);
  // The account's lead offers the same above; this is the section's own.
  await page.getByRole('main').getByRole('button', { name: 'サクセスプランを作成' }).last().click();
  const dialog = page.getByRole('dialog', { name: 'サクセスプランを作成' });
  await dialog.getByRole('combobox', { name: 'テンプレート' }).click();
  await page.getByRole('option', { name: 'テンプレートを使わない' }).click();
  await dialog.getByRole('button', { name: '作成', exact: true }).click();
  await expect(page).toHaveURL(/\/plans\/\d+/);
  const id = Number(/plans\/(\d+)/.exec(page.url())![1]);

  await page.getByRole('button', { name: 'ゴールを追加' }).click();
  const panel = page.getByRole('dialog', { name: 'ゴールを追加' });
  await panel.getByLabel('ゴール(日本語)').fill('週次で全員が使う');
  await panel.getByLabel('ゴール(英語)').fill('Everybody uses it every week');
  await panel.getByLabel('達成基準(日本語)').fill('週次利用者が80%以上');
  await panel.getByLabel('現状値').fill('30');
  await panel.getByLabel('目標値').fill('80');
  await panel.getByRole('button', { name: '追加', exact: true }).click();
  await expect(page.getByText('ゴールを追加しました。')).toBeVisible();
  await expect(page.getByRole('dialog', { name: '週次で全員が使う' })).toBeVisible();

  await page.getByRole('tab', { name: '内容' }).click();
  const open = page.getByRole('dialog', { name: '週次で全員が使う' });
  await open.getByLabel('目標値').fill('90');
  await open.getByRole('button', { name: '保存' }).click();
  await expect.poll(async () => (await readPlan(page, id)).document.goals[0]?.target).toBe(90);
  await page.getByRole('button', { name: '元に戻す' }).last().click();
  await expect.poll(async () => (await readPlan(page, id)).document.goals[0]?.target).toBe(80);
  expect((await readPlan(page, id)).document.goals[0]!.name).toEqual({ ja: '週次で全員が使う', en: 'Everybody uses it every week' });
  expect(errors).toEqual([]);
  await closePlan(page.request, id);
});

test('bars are moved by key, what waits follows, and both go back', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  const { id, today } = await makePlan(page.request);
  await page.goto(`/plans/${id}?tab=actions`);
  const bar = page.getByRole('button', { name: /^業務を洗い出す、/ });
  await bar.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await page.keyboard.press('ArrowLeft');
  await expect.poll(() => spanOf(page, id, 'map')).toEqual({ start: plus(today, 7), due: plus(today, 16) });
  expect(await spanOf(page, id, 'rules')).toEqual({ start: plus(today, 17), due: plus(today, 26) });
  expect(await spanOf(page, id, 'check')).toEqual({ start: plus(today, 27), due: plus(today, 36) });
  await page.getByRole('button', { name: '元に戻す' }).last().click();
  await expect.poll(() => spanOf(page, id, 'map')).toEqual({ start: plus(today, 1), due: plus(today, 10) });
  expect(await spanOf(page, id, 'check')).toEqual({ start: plus(today, 21), due: plus(today, 30) });

  // Esc gives up what is not saved yet.
  await bar.focus();
  const label = await bar.getAttribute('aria-label');
  await page.keyboard.press('ArrowRight');
  await expect(bar).not.toHaveAttribute('aria-label', label!);
  await page.keyboard.press('Escape');
  await expect(bar).toHaveAttribute('aria-label', label!);
  await page.keyboard.press('ArrowDown');
  await expect(page.getByRole('button', { name: /^ルールを設定する、/ })).toBeFocused();
  expect(await spanOf(page, id, 'map')).toEqual({ start: plus(today, 1), due: plus(today, 10) });
  expect(errors).toEqual([]);
  await closePlan(page.request, id);
});

test('a bar is dragged, and an action is ticked in the table', async ({ inDemo: page }) => {
  const { id, today } = await makePlan(page.request);
  await page.goto(`/plans/${id}?tab=actions&zoom=weeks`);
  const bar = page.getByRole('button', { name: /^結果を確認する、/ });
  await bar.scrollIntoViewIfNeeded();
  const box = (await bar.boundingBox())!;
  // Ten days are as wide as the bar is.
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
  await page.mouse.down();
  await page.mouse.move(box.x + box.width / 2 + box.width * 0.3, box.y + box.height / 2, { steps: 4 });
  await page.mouse.up();
  await expect.poll(() => spanOf(page, id, 'check')).toEqual({ start: plus(today, 24), due: plus(today, 33) });
  await expect(page.getByRole('dialog')).toHaveCount(0);

  await page.goto(`/plans/${id}?tab=actions&view=table`);
  await page.getByRole('checkbox', { name: '「業務を洗い出す」を完了にする' }).click();
  await expect.poll(async () => (await readPlan(page, id)).document.actions.find(({ key }) => key === 'map')?.done_on).toBe(today);
  await closePlan(page.request, id);
});

test('in English: sent with a preview, told, read, versions, closed and reopened', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
  const { id } = await makePlan(page.request);
  await page.goto(`/plans/${id}`);
  await expect(page.getByRole('heading', { name: 'A faster close', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: 'Send for confirmation' }).click();
  const send = page.getByRole('dialog', { name: 'Send for confirmation' });
  const preview = send.getByRole('region', { name: 'What the customer receives' });
  await preview.getByText('English').click();
  await expect(preview).toContainText('At most 5 business days for three months in a row');
  await expect(preview).toContainText('Why you bought it');
  await preview.getByText('日本語').click();
  await expect(preview).toContainText('導入の目的');
  const people = send.getByRole('checkbox');
  if (!(await people.first().isChecked())) await people.first().click();
  await send.getByRole('button', { name: /^Ask \d+ (person|people)$/ }).click();
  await expect(page.getByText('Sent for confirmation.')).toBeVisible();
  await expect.poll(async () => (await readPlan(page, id)).state).toBe('sent');

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Note what the customer said' }).click();
  const told = page.getByRole('dialog', { name: 'Note what the customer said' });
  await told.getByLabel('In their words').fill('Go ahead.');
  await told.getByRole('button', { name: 'Note it' }).click();
  await expect.poll(async () => (await readPlan(page, id)).goals.filter(({ confirmation }) => confirmation === 'confirmed').length).toBe(1);
  await expect(page.getByText('1 of 2 confirmed')).toBeVisible();

  await page.getByRole('button', { name: 'Close within 5 business days' }).click();
  const goal = page.getByRole('dialog', { name: 'Close within 5 business days' });
  await goal.getByLabel('Value').fill('7');
  await goal.getByRole('button', { name: 'Enter', exact: true }).click();
  await expect(goal.getByRole('cell', { name: '7 business days' })).toBeVisible();

  await page.goto(`/plans/${id}?tab=history`);
  await expect(page.getByText('sent to the customer')).toBeVisible();

  await page.getByRole('button', { name: 'More', exact: true }).click();
  await page.getByRole('menuitem', { name: 'Close the plan' }).click();
  const close = page.getByRole('dialog', { name: 'Close the plan' });
  await expect(close.getByText(/^To count as a success/)).toHaveCount(2);
  await close.getByRole('button', { name: 'Close the plan' }).click();
  await expect.poll(async () => (await readPlan(page, id)).state).toBe('closed');
  await page.getByRole('button', { name: 'Reopen the plan' }).click();
  await expect.poll(async () => (await readPlan(page, id)).state).not.toBe('closed');
  expect(errors).toEqual([]);
  await closePlan(page.request, id);
});

test('a usual template is taken over, changed, published, and offered for a new plan', async ({ inDemo: page }) => {
  await page.goto('/plans/templates');
  const starters = page.getByRole('region', { name: '標準テンプレート' });
  await expect(starters.getByRole('article')).not.toHaveCount(0);
  const free = starters.getByRole('button', { name: '下書きとして取り込む' });
  if ((await free.count()) > 0) await free.first().click();
  else await starters.getByRole('link', { name: '取り込み済み' }).first().click();
  await expect(page).toHaveURL(/templates\/\w+/);
  await page.getByLabel('テンプレートの名前(日本語)').fill('テスト用の出発点');
  // A condition that says nothing yet is left out of what is saved.
  const head = page.locator('details', { hasText: '対象と説明' });
  await head.locator('summary').click();
  await head.getByRole('button', { name: '条件を追加' }).click();
  await expectAccessible(page);
  await page.getByRole('button', { name: '下書きを保存' }).click();
  await expect(page.getByRole('heading', { name: 'テスト用の出発点', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '下書きを公開する' });
  await dialog.getByRole('textbox').fill('最初の版');
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText('公開しました。')).toBeVisible();
  await page.goto('/plans');
  await page.getByRole('button', { name: 'プランを作成' }).first().click();
  await page.getByRole('dialog').getByRole('combobox', { name: 'テンプレート' }).click();
  await expect(page.getByRole('option', { name: /テスト用の出発点/ })).toBeVisible();
});

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`list, plan and templates are accessible and fit, ${viewport.width} wide`, async ({ inDemo: page }) => {
    test.setTimeout(180_000);
    const errors = collectConsoleErrors(page);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: viewport.width < 800 ? 'dark' : 'light' });
    const { id } = await makePlan(page.request);
    for (const path of ['/plans', `/plans/${id}`, `/plans/${id}?tab=actions`, `/plans/${id}?tab=actions&view=table`, `/plans/${id}?tab=risks`, `/plans/${id}?tab=value`, `/plans/${id}?tab=history`, `/plans/${id}?panel=goal~close`, '/plans/templates']) {
      await page.goto(path);
      await expect(page.getByRole('heading', { level: 1 }).first()).toBeVisible();
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      const overflow_px = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      expect(overflow_px, `${path} is wider than the window`).toBe(0);
    }
    expect(errors).toEqual([]);
    await closePlan(page.request, id);
  });
}
