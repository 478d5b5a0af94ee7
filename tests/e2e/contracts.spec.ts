// A contract from its first line to its end, on the page of its customer: added, changed, ended, taken back, deleted.
import type { Locator, Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';

interface Contract {
  id: number;
  product: string;
  plan: string | null;
  seats: number;
  amount: { amount_minor: number; currency: string };
  billing_period_months: number;
  mrr: { amount_minor: number } | null;
  start: string;
  end: string | null;
  auto_renewal: boolean;
  notice_days: number;
  discount: { amount_minor: number } | null;
  cancelled_on: string | null;
}

const product = '導入支援パック';

async function openContracts(page: Page): Promise<number> {
  const { items } = (await (await page.request.get('/api/book?limit=1&sort=-arr')).json()) as { items: { id: number }[] };
  await page.goto(`/accounts/${items[0]!.id}?tab=contracts`);
  await expect(page.getByRole('table', { name: '契約一覧' })).toBeVisible();
  return items[0]!.id;
}

async function contractOf(page: Page, account: number): Promise<Contract | undefined> {
  const { items } = (await (await page.request.get(`/api/accounts/${account}/subscriptions`)).json()) as { items: Contract[] };
  return items.find((item) => item.product === product);
}

const row = (page: Page) => page.getByRole('row', { name: new RegExp(product) });

async function choose(page: Page, deed: string) {
  await page.getByRole('button', { name: new RegExp(`「${product}」.*の契約の操作`) }).click();
  await page.getByRole('menuitem', { name: deed, exact: true }).click();
}

/** Days are typed as Japanese write them. */
async function enterDay(dialog: Locator, label: string, day: string) {
  const field = dialog.getByLabel(label, { exact: false }).first();
  await field.fill(day);
  await field.press('Tab');
}

/** Once no calendar covers the form any more. */
async function expectFormAccessible(page: Page) {
  await expect(page.locator('.mantine-DateInput-calendarHeader')).toHaveCount(0);
  await expectAccessible(page);
}

test('a contract is added by keyboard, changed, ended, and every step taken back', async ({ inDemo: page }) => {
  test.slow();
  const errors = collectConsoleErrors(page);
  const account = await openContracts(page);

  await page.keyboard.press('a');
  const adding = page.getByRole('dialog', { name: '契約を追加' });
  await expect(adding.getByRole('combobox', { name: '製品' })).toBeFocused();
  await page.keyboard.press('Control+Enter');
  await expect(adding.getByText('製品を入力してください。')).toBeVisible();
  await adding.getByRole('combobox', { name: '製品' }).fill(product);
  await adding.getByRole('combobox', { name: 'プラン' }).fill('特別');
  await adding.getByLabel('契約席数').fill('40');
  await adding.getByLabel('金額(請求ごと)').fill('1200000');
  await adding.getByText('%', { exact: true }).click();
  await adding.getByLabel('割引(請求ごと)').fill('20');
  await expect(adding.getByText('割引前の定価: 1,500,000円')).toBeVisible();
  await enterDay(adding, '開始日', '2026/4/1');
  await enterDay(adding, '終了日', '2026/3/1');
  await adding.getByLabel('解約通知の期限(日前)').fill('60');
  await expect(adding.getByRole('status', { name: 'この契約のMRRとARR' })).toHaveText(/MRR 100,000円.*ARR 1,200,000円/);
  await expectFormAccessible(page);
  await adding.getByLabel('変更の理由').fill('受注');
  await page.keyboard.press('Control+Enter');
  // The server's own sentence stands at its field, and nothing that was entered is lost.
  await expect(adding.getByText(/終了日は開始日より後にしてください|The end must lie after the start/)).toBeVisible();
  await expect(page.getByRole('textbox', { name: '終了日' })).toBeFocused();
  await enterDay(adding, '終了日', '2030/4/1');
  await expect(adding.getByText('契約の最終日は2030年3月31日(日)です。')).toBeVisible();
  await page.keyboard.press('Control+Enter');
  await expect(adding).toBeHidden();
  await expect(page.getByText('契約を追加しました。')).toBeVisible();
  await expect(row(page)).toContainText('1,200,000円');
  const added = (await contractOf(page, account))!;
  expect(added).toMatchObject({ plan: '特別', seats: 40, start: '2026-04-01', end: '2030-04-01', notice_days: 60, auto_renewal: true });
  expect(added.discount?.amount_minor).toBe(300_000);
  expect(added.mrr?.amount_minor).toBe(100_000);

  await choose(page, '編集');
  const editing = page.getByRole('dialog', { name: '契約を編集' });
  await editing.getByLabel('契約席数').fill('55');
  await editing.getByLabel('金額(請求ごと)').fill('1800000');
  await expect(editing.getByRole('status', { name: 'この契約のMRRとARR' })).toContainText('変更前のMRR 100,000円');
  await editing.getByLabel('変更の理由').fill('増席');
  await editing.getByRole('button', { name: '保存' }).click();
  await expect(editing).toBeHidden();
  await expect(row(page)).toContainText('1,800,000円');
  expect(await contractOf(page, account)).toMatchObject({ id: added.id, seats: 55, mrr: { amount_minor: 150_000 }, plan: '特別' });

  await choose(page, '終了');
  const ending = page.getByRole('dialog', { name: '契約を終了' });
  await enterDay(ending, '終了日', '2029/4/1');
  await enterDay(ending, '解約の申し出日', '2026/11/20');
  await expectFormAccessible(page);
  await ending.getByRole('button', { name: '終了日を設定' }).click();
  await expect(ending).toBeHidden();
  await expect(row(page)).toContainText('手動更新');
  expect(await contractOf(page, account)).toMatchObject({ end: '2029-04-01', cancelled_on: '2026-11-20', auto_renewal: false });
  const toast = page.getByRole('alert').filter({ hasText: '契約の終了日を設定しました。' });
  await toast.getByRole('button', { name: '元に戻す' }).click();
  await expect(row(page)).toContainText('自動更新');
  expect(await contractOf(page, account)).toMatchObject({ end: '2030-04-01', cancelled_on: null, auto_renewal: true, seats: 55 });

  await choose(page, '削除');
  const removing = page.getByRole('dialog', { name: '契約を削除' });
  await removing.getByRole('button', { name: '削除', exact: true }).click();
  await expect(row(page)).toBeHidden();
  const removal = page.getByRole('alert').filter({ hasText: '契約を削除しました。' });
  await removal.getByRole('button', { name: '元に戻す' }).click();
  await expect(row(page)).toBeVisible();
  await expect.poll(async () => (await contractOf(page, account))?.seats).toBe(55);

  // An equal contract would silently become this one; the form says so instead.
  await page.keyboard.press('a');
  await adding.getByRole('combobox', { name: '製品' }).fill(product);
  await adding.getByLabel('金額(請求ごと)').fill('1');
  await enterDay(adding, '開始日', '2026/4/1');
  await page.keyboard.press('Control+Enter');
  await expect(adding.getByText('同じ製品で開始日も同じ契約がすでにあります', { exact: false })).toBeVisible();
  expect(errors.filter((text) => !text.includes('422') && !text.includes('400'))).toEqual([]);
});

test('whoever only reads sees contracts and no way to change them', async ({ inDemo: page }) => {
  await openContracts(page);
  await expect(page.getByRole('button', { name: '契約を追加' })).toBeVisible();
  await page.route('**/api/session', async (route) => {
    const answer = await route.fetch();
    const session = (await answer.json()) as { user: object };
    await route.fulfill({ response: answer, json: { ...session, user: { ...session.user, role: 'read_only' } } });
  });
  await openContracts(page);
  await expect(page.getByRole('button', { name: /契約を追加|契約の操作/ })).toHaveCount(0);
  await page.keyboard.press('a');
  await expect(page.getByRole('dialog')).toHaveCount(0);
});

test('a contract with a fault is mended where the fault is shown', async ({ inDemo: page }) => {
  await page.goto('/revenue/mend');
  await page.getByRole('button', { name: '契約を直す' }).first().click({ timeout: 60_000 });
  const dialog = page.getByRole('dialog', { name: '契約を編集' });
  await expect(dialog.getByRole('combobox', { name: '製品' })).not.toHaveValue('');
  await dialog.getByLabel('変更の理由').fill('請求書と照合');
  const seats = dialog.getByLabel('契約席数');
  await seats.fill(String(Number((await seats.inputValue()).replaceAll(',', '')) + 1));
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  const undone = page.waitForResponse((response) => response.request().method() === 'PATCH');
  await page.getByRole('button', { name: '元に戻す' }).click();
  expect((await undone).ok()).toBe(true);
});
