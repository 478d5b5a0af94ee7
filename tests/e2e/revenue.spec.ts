// Revenue on the demo: from the executive page down to contracts, one sheet of paper, two ways of counting, goals in place.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';

const ready = 60_000;

/** The executive page once the contracts are read. */
async function openExecutive(page: Page, search = '') {
  await page.goto(`/revenue${search}`);
  await expect(page.locator('[data-sheet]')).toBeVisible({ timeout: ready });
}

async function inEnglish(page: Page) {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
}

const panel = (page: Page) => page.getByRole('dialog');

/** "+12,345円", "−1,200円", "JPY 300" as a number. */
function amountOf(text: string | null): number {
  const figure = Number((text ?? '').replaceAll(/[^\d.]/g, ''));
  return (text ?? '').includes('−') ? -figure : figure;
}

/** Walks over the bars by keyboard until one is named, and picks it. */
async function pickBar(page: Page, chart: string, name: RegExp) {
  const bars = page.getByRole('listbox', { name: chart });
  await bars.focus();
  await bars.press('Home');
  const current = bars.locator('[role="option"][aria-selected="true"]');
  for (let step = 0; step < 12 && !name.test((await current.textContent()) ?? ''); step++) await bars.press('ArrowRight');
  await expect(current).toHaveText(name);
  const text = await current.textContent();
  await bars.press('Enter');
  return text;
}

test('a bar of the executive page leads to customers and to their contracts', async ({ inDemo: page }) => {
  await openExecutive(page);
  await expectAccessible(page);
  const bar = await pickBar(page, 'ARRの増減', /新規/);
  await expect(page).toHaveURL(/panel=new/);
  const sum = panel(page).getByText(/社の合計/).locator('..').locator('b');
  await expect(sum).toBeVisible();
  // The chart is in ARR, twelve times what the contracts say a month.
  expect(amountOf(await sum.textContent()) * 12).toBe(amountOf(bar));
  const first = panel(page).getByRole('button', { name: /の契約$/ }).first();
  if ((await first.getAttribute('aria-expanded')) === 'false') await first.click();
  await expect(panel(page).getByRole('table').first()).toContainText(/円/);
  await expectAccessible(page);
  await page.reload();
  await expect(sum).toBeVisible({ timeout: ready });
  await panel(page).getByRole('listitem').first().getByRole('link').first().click();
  await expect(page).toHaveURL(/\/accounts\/\d+\?tab=contracts/);
});

test('the summary is one sheet of A4 in either language, also from the dark theme', async ({ inDemo: page }) => {
  await openExecutive(page);
  await page.evaluate(() => localStorage.setItem('mantine-color-scheme-value', 'dark'));
  for (const language of ['ja', 'en']) {
    await page.evaluate((chosen) => localStorage.setItem('banso.language', chosen), language);
    await openExecutive(page, '?span=last12');
    await expect(page.locator('[data-sheet] figure svg').first()).toBeVisible();
    const pdf = (await page.pdf({ preferCSSPageSize: true, printBackground: true })).toString('latin1');
    expect(pdf.match(/\/Type\s*\/Page\b/g), language).toHaveLength(1);
    const [, width, height] = /\/MediaBox\s*\[\s*0 0 ([\d.]+) ([\d.]+)/.exec(pdf)!;
    // A4 in points, upright.
    expect(Math.round(Number(width)), language).toBeCloseTo(595, -1);
    expect(Math.round(Number(height)), language).toBeCloseTo(842, -1);
  }
});

test('the explorer adds up, and its cells lead to customers', async ({ inDemo: page }) => {
  await page.goto('/revenue/explorer');
  const table = page.getByRole('region', { name: '期間ごとの指標' }).getByRole('table');
  await expect(table).toBeVisible({ timeout: ready });
  await expect(page.locator('[data-balanced="true"]')).toBeVisible();
  await expectAccessible(page);
  await page.goto('/revenue/explorer?by=plan&figure=churn&range=last24');
  const cell = page.getByRole('region').getByRole('table').locator('tfoot').getByRole('button').last();
  await expect(cell).toBeVisible({ timeout: ready });
  const amount = amountOf(await cell.textContent());
  await cell.click();
  await expect(page).toHaveURL(/panel=churn/);
  await expect(panel(page).getByText(/社の合計/)).toBeVisible();
  expect(amountOf(await panel(page).getByText(/社の合計/).locator('..').locator('b').textContent())).toBe(amount);
  await expectAccessible(page);
});

test('two ways of counting are set against each other down to the contracts', async ({ inDemo: page }) => {
  await page.goto('/revenue/rules?range=last24');
  await expect(page.getByRole('region', { name: '設定の比較' }).or(page.getByLabel('設定の比較'))).toBeVisible({ timeout: ready });
  await expect(page.locator('[data-balanced="true"]').or(page.getByText('この期間の数字は同じです'))).toBeVisible({ timeout: ready });
  await expectAccessible(page);
  await inEnglish(page);
  await page.reload();
  await expect(page.getByRole('heading', { name: 'Definitions compared' })).toBeVisible();
});

test('a goal is set where it stands, and taken back', async ({ inDemo: page }) => {
  await page.goto('/revenue/goals');
  const row = page.getByRole('row').filter({ hasText: '現在の四半期' });
  await expect(row).toBeVisible({ timeout: ready });
  const goal = row.getByRole('button', { name: /期末のARRの目標を変更/ });
  const before = (await goal.textContent()) ?? '';
  await goal.click();
  const field = row.getByRole('textbox', { name: /期末のARR/ });
  await field.fill('たくさん');
  await field.press('Enter');
  await expect(row.getByText('「1,250万円」のように入力してください')).toBeVisible();
  await field.fill('3.1億');
  await field.press('Enter');
  await expect(goal).toHaveText('3.1億円');
  // The way back is offered for some seconds only, so it is taken before the page is looked at in detail.
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(goal).toHaveText(before);
  await expect(row.getByRole('meter').first()).toBeVisible();
  await expectAccessible(page);
});

test('rates are brought over from a spreadsheet', async ({ inDemo: page }) => {
  await page.goto('/revenue/mend?tab=rates');
  await page.getByRole('button', { name: '表計算から貼り付け' }).click();
  const dialog = page.getByRole('dialog', { name: '表計算から貼り付け' });
  await dialog.getByRole('textbox').fill('月\tUSD\tEUR\n2026-05\t151.25\t162.5\nいつか\t1\t2');
  await expect(dialog.getByText('2件のレートを読み取りました。')).toBeVisible();
  await expect(dialog.getByText(/1行は読み取れませんでした/)).toBeVisible();
  await dialog.getByRole('button', { name: '2件を表に入れる' }).click();
  await expect(page.getByRole('textbox', { name: 'EUR 2026年5月' })).toHaveValue('162.5');
  await page.getByRole('button', { name: 'レートを保存' }).click();
  await expect(page.getByText('為替レートを保存しました。', { exact: false })).toBeVisible();
  await page.reload();
  await expect(page.getByRole('textbox', { name: 'USD 2026年5月' })).toHaveValue('151.25');
  await expectAccessible(page);
});

test('without contracts the page leads to their import', async ({ signedIn: page }) => {
  await page.goto('/revenue');
  await expect(page.getByRole('heading', { name: '契約がまだありません' })).toBeVisible({ timeout: ready });
  await expectAccessible(page);
  await page.getByRole('link', { name: '契約を取り込む' }).click();
  await expect(page).toHaveURL(/\/import\/new/);
});
