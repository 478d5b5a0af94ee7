// Renewals: judged in the list, on the board and in the panel, taken back, and compared with last week.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, test } from './fixtures';
import { expectViewsAccessible } from './views';

const openOnes = { combinator: 'and', rules: [{ field: 'outcome', operator: '=', value: 'open' }] };
const openList = `/renewals?period=year&filter=${encodeURIComponent(JSON.stringify(openOnes))}`;

interface Item {
  id: string;
  category: string;
  account: { name: string };
  input: { next_step: string };
}

async function items(page: Page): Promise<Item[]> {
  const answer = await page.request.get(`/api/renewals?limit=1000&filter=${encodeURIComponent(JSON.stringify(openOnes))}`);
  return ((await answer.json()) as { items: Item[] }).items;
}

async function unjudged(page: Page): Promise<Item> {
  return (await items(page)).find(({ category, input }) => category === 'open' && input.next_step === '')!;
}

async function readAgain(page: Page, id: string): Promise<Item> {
  return (await items(page)).find((item) => item.id === id)!;
}

test('category, forecast and next step are set in the list, and taken back', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  const { id, account } = await unjudged(page);
  await page.goto(`${openList}&q=${encodeURIComponent(account.name)}`);

  await page.getByRole('button', { name: `${account.name}の区分` }).first().click();
  await page.getByRole('option', { name: '確実' }).click();
  await expect(page.getByText('1件の更新を変更しました。')).toBeVisible();
  await expect.poll(async () => (await readAgain(page, id)).category).toBe('commit');
  await page.getByRole('button', { name: '元に戻す' }).first().click();
  await expect.poll(async () => (await readAgain(page, id)).category).toBe('open');

  await page.getByRole('button', { name: `${account.name}の見込額` }).first().click();
  const amount = page.getByRole('textbox', { name: `${account.name}の見込額` });
  await amount.fill('123456');
  await amount.press('Enter');
  await expect(page.getByRole('button', { name: `${account.name}の見込額` }).first()).toContainText('12.3万円');

  await page.getByRole('button', { name: `${account.name}の次の対応` }).first().click();
  const step = page.getByRole('textbox', { name: `${account.name}の次の対応` });
  await step.fill('見積書を送る');
  await step.press('Enter');
  await expect.poll(async () => (await readAgain(page, id)).input.next_step).toBe('見積書を送る');

  // Esc keeps what was.
  await page.getByRole('button', { name: `${account.name}の次の対応` }).first().click();
  await step.press('Escape');
  await expect(page.getByRole('button', { name: `${account.name}の次の対応` }).first()).toContainText('見積書を送る');

  await page.goto('/renewals?room=changes&period=year');
  await expect(page.getByRole('row').filter({ hasText: account.name }).first()).toContainText('担当者が見込みを変更しました。');
  expect(errors).toEqual([]);
});

test('a card of the board moves by its menu, and the panel tells why, in English', async ({ inDemo: page }) => {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
  const { id, account } = await unjudged(page);
  await page.goto('/renewals?room=board&period=year');
  await page.getByRole('button', { name: `Move ${account.name}`, exact: true }).first().click();
  await page.getByRole('menuitem', { name: 'At risk' }).click();
  await expect(page.getByRole('region', { name: 'At risk' }).getByText(account.name).first()).toBeVisible();

  await page.getByRole('region', { name: 'At risk' }).getByRole('button', { name: account.name, exact: true }).first().click();
  const panel = page.getByRole('dialog', { name: account.name });
  await expect(panel.getByText(/earlier renewals/)).toBeVisible();
  await panel.getByRole('combobox', { name: 'Reasons' }).press('ArrowDown');
  await page.getByRole('option', { name: 'Loss of budget' }).click();
  await expect(page.getByText('1 renewal changed.').first()).toBeVisible();
  await expect(panel.getByText('Contracts that fall due')).toBeVisible();
  await expect.poll(async () => (await readAgain(page, id)).category).toBe('at_risk');
});

test('an opportunity joins the forecast and comes back', async ({ inDemo: page }) => {
  await page.goto('/renewals?room=opportunities');
  const first = page.getByRole('article').first();
  const name = (await first.getByRole('link').textContent())!;
  await first.getByRole('button', { name: '見込みに追加' }).click();
  await expect(page.getByText('見込みに追加しました。')).toBeVisible();
  await page.goto('/renewals?room=opportunities&status=converted');
  const taken = page.getByRole('article').filter({ hasText: name }).first();
  await taken.getByRole('button', { name: '未対応に戻す' }).click();
  await expect(taken).toBeHidden();
});

expectViewsAccessible('renewals', {
  list: '/renewals',
  board: '/renewals?room=board',
  changes: '/renewals?room=changes',
  opportunities: '/renewals?room=opportunities',
  books: '/renewals?room=books',
  panel: async (page) => `/renewals?panel=${(await items(page))[0]!.id}`,
});
