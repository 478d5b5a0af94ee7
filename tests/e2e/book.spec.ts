import { readFile } from 'node:fs/promises';
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';

const accounts = 60;

async function openBook(page: Page, search = '') {
  await page.goto(`/book${search}`);
  await expect(page.getByRole('table', { name: '担当顧客一覧' })).toHaveAttribute('aria-busy', 'false');
  await expect(rows(page).first()).toBeVisible();
}

function rows(page: Page) {
  return page.locator('tbody tr[data-index]');
}

function count(page: Page) {
  return page.getByRole('status').filter({ hasText: /全[\d,]+件/ });
}

async function totalOf(page: Page): Promise<number> {
  const text = await count(page).innerText();
  return Number(/全([\d,]+)件/.exec(text)![1]!.replaceAll(',', ''));
}

/** The accounts and scores that the server has for a question; the page must show the same. */
async function fromServer(page: Page, params: Record<string, string>) {
  const response = await page.request.get(`/api/book?${new URLSearchParams(params)}`);
  return (await response.json()) as { total: number; items: { id: number; name: string; arr: { amount_minor: number } }[] };
}

test('shows every account with a score that explains itself', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await openBook(page);
  expect(await totalOf(page)).toBe(accounts);
  await rows(page).first().getByRole('button').first().hover();
  const reasons = page.getByRole('dialog', { name: 'このスコアの主な理由' });
  await expect(reasons.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

test('sorts by one column and, with Shift, by another', async ({ inDemo: page }) => {
  await openBook(page);
  await page.getByRole('columnheader', { name: 'フェーズ' }).getByRole('button').click();
  await page.getByRole('columnheader', { name: 'ARR' }).getByRole('button').click({ modifiers: ['Shift'] });
  await expect(page).toHaveURL(/sort=phase%2C-arr/);
  const { items } = await fromServer(page, { sort: 'phase,-arr', limit: '5' });
  await expect(rows(page).first()).toContainText(items[0]!.name);
  await expect(rows(page).nth(4)).toContainText(items[4]!.name);
});

test('finds a name written in katakana by its hiragana', async ({ inDemo: page }) => {
  await openBook(page);
  const { items } = await fromServer(page, { limit: '1000' });
  const katakana = items.flatMap(({ name }) => /[ァ-ヶ]{3,}/.exec(name)?.[0] ?? [])[0]!;
  const word = katakana.replace(/[ァ-ヶ]/g, (kana) => String.fromCharCode(kana.charCodeAt(0) - 0x60));
  await page.keyboard.press('/');
  await page.getByRole('searchbox', { name: '顧客を検索' }).fill(word);
  await expect(page).toHaveURL(/q=/);
  const expected = await fromServer(page, { q: word });
  await expect.poll(() => totalOf(page)).toBe(expected.total);
  expect(expected.total).toBeGreaterThan(0);
  expect(expected.total).toBeLessThan(accounts);
  await expect(rows(page).first()).toContainText(katakana);
  await page.getByRole('button', { name: '絞り込みを解除' }).click();
  await expect.poll(() => totalOf(page)).toBe(accounts);
});

test('filters by point and click, and the address keeps it', async ({ inDemo: page }) => {
  await openBook(page);
  await page.getByRole('button', { name: '絞り込み', exact: true }).click();
  await page.getByRole('button', { name: '条件を追加' }).first().click();
  await page.getByRole('textbox', { name: '値' }).fill('株式会社');
  const filter = JSON.stringify({ combinator: 'and', rules: [{ field: 'name', operator: 'contains', value: '株式会社' }] });
  const expected = await fromServer(page, { filter });
  await expect.poll(() => totalOf(page)).toBe(expected.total);
  await page.reload();
  await expect.poll(() => totalOf(page)).toBe(expected.total);
});

test('a level in the strip filters, and back takes it away', async ({ inDemo: page }) => {
  await openBook(page);
  const strip = page.getByRole('group', { name: 'レベル別の顧客数とARR' });
  await strip.getByRole('button', { name: /良好/ }).click();
  await expect(page).toHaveURL(/levels=healthy/);
  const filter = JSON.stringify({ combinator: 'or', rules: [{ field: 'level', operator: 'in', value: ['healthy'] }] });
  const expected = await fromServer(page, { filter });
  await expect.poll(() => totalOf(page)).toBe(expected.total);
  await page.goBack();
  await expect.poll(() => totalOf(page)).toBe(accounts);
});

test('the panel tells the story and follows j and k', async ({ inDemo: page }) => {
  await openBook(page);
  const { items } = await fromServer(page, { sort: '-arr', limit: '2' });
  await page.keyboard.press('j');
  await page.keyboard.press('Enter');
  const panel = page.locator('[data-side-panel]');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(items[0]!.name);
  await expect(panel.getByRole('heading', { name: 'スコアの理由' })).toBeVisible();
  await expect(panel.getByRole('listitem').first()).toBeVisible();
  await expectAccessible(page);
  await page.keyboard.press('j');
  await expect(panel.getByRole('heading', { level: 2 })).toHaveText(items[1]!.name);
  await expect(page).toHaveURL(new RegExp(`panel=.*${items[1]!.id}`));
  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
});

test('changes many accounts at once, says how many, and takes it back', async ({ inDemo: page }) => {
  await openBook(page);
  const { items } = await fromServer(page, { sort: '-arr', limit: '2' });
  const phaseOf = async (id: number) => {
    const response = await page.request.get(`/api/accounts/${id}`);
    return ((await response.json()) as { phase: string | null }).phase;
  };
  const before = await Promise.all(items.map(({ id }) => phaseOf(id)));
  await rows(page).nth(0).getByRole('checkbox').check();
  await rows(page).nth(1).getByRole('checkbox').check();
  await expect(page.getByText('2件を選択中')).toBeVisible();
  await page.getByRole('button', { name: 'フェーズを変更' }).click();
  const dialog = page.getByRole('dialog', { name: 'フェーズを変更' });
  await dialog.getByRole('combobox', { name: 'フェーズ' }).or(dialog.getByRole('textbox', { name: 'フェーズ', exact: true })).click();
  await page.getByRole('option', { name: '更新', exact: true }).click();
  await dialog.getByLabel(/変更の理由/).fill('更新の準備を始めるため');
  await dialog.getByRole('button', { name: '2社を変更' }).click();
  await expect(page.getByText('2社を変更しました。')).toBeVisible();
  expect(await Promise.all(items.map(({ id }) => phaseOf(id)))).toEqual(['renewal', 'renewal']);
  const history = await page.request.get(`/api/accounts/${items[0]!.id}/changes?limit=1`);
  expect(await history.text()).toContain('更新の準備を始めるため');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect.poll(() => Promise.all(items.map(({ id }) => phaseOf(id)))).toEqual(before);
});

test('keeps a view under a name', async ({ inDemo: page }) => {
  await openBook(page, '?sort=name&columns=name,score,arr');
  await page.getByRole('button', { name: '保存した表示' }).click();
  await page.getByRole('menuitem', { name: /保存/ }).last().click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox').fill('名前順');
  await dialog.getByRole('button', { name: '保存' }).click();
  await expect(page).toHaveURL(/saved=/);
  await openBook(page);
  await page.getByRole('button', { name: '保存した表示' }).click();
  await page.getByRole('menuitem', { name: '名前順' }).click();
  await expect(page).toHaveURL(/sort=name/);
  await expect(page.getByRole('columnheader')).toHaveCount(4);
});

test('downloads what is on the screen as a file for spreadsheets', async ({ inDemo: page }) => {
  await openBook(page, '?sort=name');
  const [download] = await Promise.all([
    page.waitForEvent('download'),
    page.getByRole('link', { name: 'CSVでダウンロード' }).click(),
  ]);
  const content = await readFile(await download.path());
  expect(content.subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
  expect(content.toString('utf8').trim().split(/\r?\n/).length).toBeGreaterThanOrEqual(accounts + 1);
});

test('an empty book leads to the import, and a filter without a match back to all', async ({ signedIn: empty, inDemo: page }) => {
  await empty.goto('/book');
  await expect(empty.getByText('顧客データがまだありません')).toBeVisible();
  await expect(empty.getByRole('link', { name: 'データを取り込む' })).toBeVisible();
  await expectAccessible(empty);
  await page.goto('/book?q=どこにもない名前');
  await expect(page.getByText('条件に一致する顧客がありません')).toBeVisible();
  await page.getByRole('button', { name: '絞り込みを解除' }).last().click();
  await expect.poll(() => totalOf(page)).toBe(accounts);
});

test('an earlier day shows the book as it was known then, and nothing can be changed', async ({ inDemo: page }) => {
  const { as_of } = (await (await page.request.get('/api/book?limit=1')).json()) as { as_of: string };
  const earlier = new Date(Date.parse(as_of) - 180 * 86_400_000).toISOString().slice(0, 10);
  await openBook(page, `?asOf=${earlier}`);
  const then = await fromServer(page, { sort: '-arr', limit: '1', as_of: earlier });
  await expect(rows(page).first()).toContainText(then.items[0]!.name);
  await rows(page).first().getByRole('checkbox').check();
  await expect(page.getByText('過去の時点を表示しているため、変更できません。').first()).toBeVisible();
  await expect(page.getByRole('button', { name: 'フェーズを変更' })).toBeHidden();
});

test('a phone shows cards', async ({ inDemo: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  await page.goto('/book');
  const cards = page.getByRole('list', { name: '担当顧客一覧' }).getByRole('listitem');
  await expect(cards.first()).toBeVisible();
  await cards.first().getByRole('link').click();
  await expect(page.locator('[data-side-panel]').getByRole('heading', { name: 'スコアの理由' })).toBeVisible();
  await expectAccessible(page);
});
