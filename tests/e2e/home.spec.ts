import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';

interface HomeAnswer {
  totals: { accounts: number };
  movers_down: { id: number; name: string }[];
  renewals: { id: number; name: string }[];
  renewals_total: number;
  silent_total: number;
}

async function fromServer(page: Page, params = ''): Promise<HomeAnswer> {
  return (await (await page.request.get(`/api/home${params}`)).json()) as HomeAnswer;
}

function section(page: Page, name: string | RegExp) {
  return page.getByRole('region', { name });
}

test('shows who moved, what renews, who went silent and how fresh the data are', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto('/');
  const home = await fromServer(page);
  await expect(page.getByText(`${home.totals.accounts}社`, { exact: true })).toBeVisible();
  const fallen = section(page, 'スコアが下がった顧客');
  await expect(fallen.getByRole('link', { name: home.movers_down[0]!.name, exact: true }).first()).toBeVisible();
  const renewals = section(page, /90日以内の更新/);
  if (home.renewals.length > 0) await expect(renewals.getByRole('row')).toHaveCount(home.renewals.length + 1);
  else await expect(renewals.getByText('90日以内に更新を迎える契約はありません。')).toBeVisible();
  await expect(section(page, '利用が途絶えている顧客')).toBeVisible();
  await expect(section(page, 'データの鮮度').getByRole('listitem')).toHaveCount(6);
  await page.waitForLoadState('networkidle');
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

test('every line opens its account', async ({ inDemo: page }) => {
  await page.goto('/');
  const { movers_down } = await fromServer(page);
  await section(page, 'スコアが下がった顧客').getByRole('link', { name: movers_down[0]!.name }).first().click();
  await expect(page).toHaveURL(new RegExp(`/accounts/${movers_down[0]!.id}`));
});

test('every list goes on in the book, with as many accounts', async ({ inDemo: page }) => {
  await page.goto('/');
  const home = await fromServer(page);
  await section(page, '利用が途絶えている顧客').getByRole('link', { name: /すべて見る/ }).click();
  await expect(page).toHaveURL(/\/book\?/);
  await expect(page.getByRole('status').filter({ hasText: `全${home.silent_total}件` })).toBeVisible();
});

test('the day in the address decides what is known', async ({ inDemo: page }) => {
  const { as_of } = (await (await page.request.get('/api/home')).json()) as { as_of: string };
  const earlier = new Date(Date.parse(as_of) - 180 * 86_400_000).toISOString().slice(0, 10);
  const then = await fromServer(page, `?as_of=${earlier}`);
  await page.goto(`/?asOf=${earlier}`);
  expect(then.movers_down[0]!.id).not.toBe((await fromServer(page)).movers_down[0]!.id);
  await expect(section(page, 'スコアが下がった顧客').getByRole('link', { name: then.movers_down[0]!.name }).first()).toBeVisible();
});

test('an empty installation leads to the import', async ({ signedIn: page }) => {
  await page.goto('/');
  await expect(page.getByText('顧客データがまだありません')).toBeVisible();
  await expect(page.getByRole('link', { name: 'データを取り込む' })).toHaveAttribute('href', '/import');
  await expectAccessible(page);
});

test('somebody without accounts of their own is told how to get some', async ({ inDemo: page }) => {
  await page.goto('/');
  await page.getByText('自分の担当', { exact: true }).click();
  await expect(page).toHaveURL(/whose=mine/);
  const { totals } = await fromServer(page, '?mine=true');
  if (totals.accounts === 0) await expect(page.getByText(/担当顧客はまだありません/)).toBeVisible();
  else await expect(page.getByText(`${totals.accounts}社`, { exact: true })).toBeVisible();
});
