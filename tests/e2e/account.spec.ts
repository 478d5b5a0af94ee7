// The page on which a CSM prepares for a call, against the simulated vendor.
import type { APIRequestContext, Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, logInByRequest, test } from './fixtures';

interface BookRow {
  id: number;
  name: string;
  score: number;
}

async function accountBy(request: APIRequestContext, sort: string): Promise<BookRow> {
  const response = await request.get(`/api/book?limit=1&sort=${sort}`);
  const { items } = (await response.json()) as { items: BookRow[] };
  return items[0]!;
}

const largest = (page: Page) => accountBy(page.request, '-arr');

async function open(page: Page, account: BookRow, search = '') {
  await page.goto(`/accounts/${account.id}${search}`);
  await expect(page.getByRole('heading', { level: 1, name: account.name })).toBeVisible();
}

async function csrfHeaders(page: Page) {
  const cookies = await page.context().cookies();
  return { 'X-CSRF-Token': cookies.find(({ name }) => name === 'banso_csrf')?.value ?? '' };
}

test('the contributions add up to the score', async ({ inDemo: page }) => {
  const account = await largest(page);
  await open(page, account);
  const table = page.getByRole('table', { name: '指標ごとの内訳' });
  await expect(table).toBeVisible();
  const figures = await table.locator('tbody tr:has(th[scope="row"]) td:nth-child(5)').allInnerTexts();
  const sum = figures.reduce((total, text) => total + (Number(text) || 0), 0);
  const shown = Number(await table.locator('tfoot td').first().innerText());
  expect(shown).toBeCloseTo(account.score, 0);
  // Each figure is rounded to a tenth.
  expect(Math.abs(sum - shown)).toBeLessThanOrEqual(figures.length * 0.05 + 0.05);
});

test('a figure walks down to its rows and to the events', async ({ inDemo: page }) => {
  await open(page, await largest(page));
  await page.getByRole('table', { name: '指標ごとの内訳' }).getByRole('button', { name: '席の利用率' }).click();
  const panel = page.getByRole('dialog', { name: '席の利用率' });
  await expect(panel.getByText('この指標の定義')).toBeVisible();
  await expect(panel.getByText('契約席数', { exact: true })).toBeVisible();
  await expect(page).toHaveURL(/panel=measure\.licence_utilisation/);
  await expectAccessible(page);
  await panel.getByRole('region', { name: '元のデータの一覧' }).getByRole('button').first().click();
  const events = page.getByRole('dialog', { name: /操作履歴/ });
  await expect(events.getByText(/^全.+件、新しい順$/)).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('Escape');
  await expect(events).toBeHidden();
});

test('keys lead through the sections, and the address follows', async ({ inDemo: page }) => {
  await open(page, await largest(page));
  await page.keyboard.press('4');
  await expect(page).toHaveURL(/tab=usage/);
  await expect(page.getByRole('table', { name: '機能別' })).toBeVisible();
  await page.keyboard.press(']');
  await expect(page).toHaveURL(/tab=contacts/);
  await page.keyboard.press('[');
  await expect(page).toHaveURL(/tab=usage/);
  await page.goBack();
  await expect(page).toHaveURL(/tab=contacts/);
});

test('a note stands on the timeline at once, survives, and can be taken back', async ({ inDemo: page }) => {
  await open(page, await largest(page), '?tab=timeline');
  const text = `更新条件を確認。来週までに回答をいただく(${Date.now()})。`;
  await page.keyboard.press('n');
  const dialog = page.getByRole('dialog', { name: '記録する' });
  await expect(dialog.getByRole('textbox', { name: /^内容/ })).toBeFocused();
  await page.keyboard.type(text);
  await page.keyboard.press('Control+Enter');
  await expect(dialog).toBeHidden();
  await expect(page.getByRole('heading', { level: 3, name: text })).toBeVisible();
  await expect(page.getByText('記録しました。')).toBeVisible();
  await page.reload();
  await expect(page.getByRole('heading', { level: 3, name: text })).toBeVisible();
  await page.getByRole('button', { name: `「${text}」の操作` }).click();
  await page.getByRole('menuitem', { name: '削除' }).click();
  await expect(page.getByRole('heading', { level: 3, name: text })).toBeHidden();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByRole('heading', { level: 3, name: text })).toBeVisible();
});

test('an edit keeps its reason in the changes and can be undone', async ({ inDemo: page }) => {
  await open(page, await largest(page));
  await page.keyboard.press('e');
  const dialog = page.getByRole('dialog', { name: /を編集$/ });
  const region = dialog.getByRole('textbox', { name: '地域' });
  const before = await region.inputValue();
  await region.fill('沖縄県');
  await dialog.getByRole('textbox', { name: '変更の理由' }).fill('本社の移転');
  await expectAccessible(page);
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(dialog).toBeHidden();
  await expect(page.getByText('日本 沖縄県')).toBeVisible();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText(before).first()).toBeVisible();
  await page.keyboard.press('0');
  await expect(page.getByText('理由: 本社の移転')).toBeVisible();
});

test('a contact is added, marked as gone, and comes back', async ({ inDemo: page }) => {
  await open(page, await largest(page), '?tab=contacts');
  await page.getByRole('button', { name: '担当者を追加' }).click();
  const form = page.getByRole('dialog', { name: '担当者を追加' });
  await form.getByRole('button', { name: '担当者を追加' }).click();
  await expect(form).toBeVisible();
  await form.getByRole('textbox', { name: '名前' }).fill('新垣 さくら');
  await form.getByRole('textbox', { name: 'メールアドレス' }).fill('sakura.aragaki@example.jp');
  await form.getByText('推進者').click();
  await expectAccessible(page);
  await form.getByRole('button', { name: '担当者を追加' }).click();
  const row = page.getByRole('row', { name: /新垣 さくら/ });
  await expect(row.getByText('推進者')).toBeVisible();
  await row.getByRole('button', { name: '新垣 さくら' }).click();
  await page.getByRole('button', { name: '退任にする' }).click();
  await expect(row).toBeHidden();
  await page.getByRole('button', { name: '元に戻す' }).last().click();
  await expect(row).toBeVisible();
});

test('consent to promotional mail is recorded with its proof, and withdrawn', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  const account = await largest(page);
  const { id } = await (
    await page.request.post(`/api/accounts/${account.id}/contacts`, {
      data: { name: '宮城 同意', email: 'consent@example.jp' },
      headers: await csrfHeaders(page),
    })
  ).json();
  await open(page, account, `?tab=contacts&panel=contact.${id}`);
  const panel = page.getByRole('dialog', { name: '担当者' });
  await expect(panel.getByText('広告宣伝メールへの同意: 未確認')).toBeVisible();
  const record = async (deed: string | null, how: string) => {
    await panel.getByRole('button', { name: '同意・撤回を記録' }).click();
    const form = panel.getByRole('form', { name: '同意・撤回を記録' });
    await expect(form.getByRole('button', { name: '記録する' })).toBeDisabled();
    if (deed) await form.getByText(deed).click();
    await form.getByRole('textbox', { name: /根拠/ }).fill(how);
    await expectAccessible(page);
    await form.getByRole('button', { name: '記録する' }).click();
    await expect(form).toBeHidden();
  };
  await record(null, '2026年11月のセミナー申込フォーム');
  await expect(panel.getByText('広告宣伝メールへの同意: 同意あり')).toBeVisible();
  await expect(page.getByRole('row', { name: /宮城 同意/ }).getByText('同意あり')).toBeVisible();
  await record('撤回された', '電話での申し出');
  await expect(panel.getByText('広告宣伝メールへの同意: 同意撤回')).toBeVisible();
  await expect(panel.getByRole('list', { name: '同意の記録' }).getByRole('listitem')).toHaveCount(2);
  expect(errors).toEqual([]);
});

test('the past is shown as it was known, and is not edited', async ({ inDemo: page }) => {
  const account = await accountBy(page.request, 'created_day');
  const asked: string[] = [];
  page.on('request', (request) => request.url().includes(`/api/accounts/${account.id}`) && asked.push(request.url()));
  await open(page, account, '?asOf=2026-08-31');
  await expect(page.getByRole('status').filter({ hasText: '2026年8月31日' })).toBeVisible();
  await expect(page.getByRole('table', { name: '指標ごとの内訳' })).toBeVisible();
  await expect(page.getByRole('button', { name: '編集' })).toHaveCount(0);
  await page.keyboard.press('n');
  await expect(page.getByRole('dialog')).toHaveCount(0);
  expect(asked.length).toBeGreaterThan(3);
  expect(asked.filter((url) => !url.includes('as_of=2026-08-31'))).toEqual([]);
});

test('a reader sees everything and changes nothing', async ({ inDemo: page, browser, demo }) => {
  const reader = { email: 'reader@example.jp', password: 'only looking around' };
  const response = await page.request.post('/api/users', {
    data: { name: '読取 専用', role: 'read_only', ...reader },
    headers: await csrfHeaders(page),
  });
  expect([201, 409]).toContain(response.status());
  const account = await largest(page);
  const context = await browser.newContext({ baseURL: demo.url });
  const theirs = await context.newPage();
  await logInByRequest(theirs, demo.url, reader);
  await open(theirs, account, '?tab=contacts');
  await expect(theirs.getByRole('table', { name: '担当者' })).toBeVisible();
  for (const name of ['記録する', 'フェーズを変更', '編集', '担当者を追加']) {
    await expect(theirs.getByRole('button', { name })).toHaveCount(0);
  }
  await context.close();
});

test('an account that is not there says so', async ({ inDemo: page }) => {
  await page.goto('/accounts/1');
  await expect(page.getByRole('heading', { name: 'この顧客企業は見つかりません' })).toBeVisible();
});

const sections = ['overview', 'timeline', 'usage', 'contacts', 'contracts', 'tickets', 'surveys', 'attendance', 'changes'];

for (const viewport of [
  { width: 1440, height: 900 },
  { width: 390, height: 844 },
]) {
  test(`every section is accessible and fits, ${viewport.width} wide`, async ({ inDemo: page }) => {
    test.setTimeout(240_000);
    const errors = collectConsoleErrors(page);
    await page.setViewportSize(viewport);
    await page.emulateMedia({ reducedMotion: 'reduce', colorScheme: viewport.width < 800 ? 'dark' : 'light' });
    const account = await largest(page);
    for (const section of sections) {
      await open(page, account, `?tab=${section}`);
      await page.waitForLoadState('networkidle');
      await expectAccessible(page);
      const overflow_px = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow_px, `${section} is wider than the window`).toBe(0);
    }
    expect(errors).toEqual([]);
  });
}
