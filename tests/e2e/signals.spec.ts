// Signals: written beside their replay, published, firing, held back, and begun from the starter rules.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, test } from './fixtures';
import { defineLowScore } from './signals';
import { expectViewsAccessible } from './views';

const condition = { combinator: 'and', rules: [{ field: 'score', operator: '<', value: 55 }] };

test('a rule is written beside its replay, published, and fires', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  await page.goto(`/signals/new?condition=${encodeURIComponent(JSON.stringify(condition))}`);
  const today = page.getByRole('region', { name: '現在の該当顧客' });
  await expect(today.getByText(/^\d+社$/)).toBeVisible();
  const replay = page.getByRole('region', { name: '過去データで検証' });
  await expect(replay.getByText('事前に気づけた解約')).toBeVisible({ timeout: 60_000 });
  await expect(replay.getByRole('figure', { name: '週ごとの発生件数' })).toBeVisible();

  await page.getByRole('textbox', { name: '名前(日本語)', exact: true }).fill('スコアの急な低下');
  await page.getByRole('textbox', { name: '名前(英語)', exact: true }).fill('Falling score');
  await page.getByRole('textbox', { name: '説明文(英語)' }).fill('The health score is low.');
  await page.getByRole('textbox', { name: '説明文(日本語)' }).fill('現在のスコアは');
  await page.getByRole('button', { name: '「説明文(日本語)」に項目を差し込む' }).click();
  await page.getByRole('textbox', { name: '項目を検索' }).fill('score');
  await page.getByRole('option', { name: 'ヘルススコア', exact: true }).click();
  await expect(page.getByRole('textbox', { name: '説明文(日本語)' })).toHaveValue('現在のスコアは{score}');
  await expect(today.getByText(/現在のスコアは\d+/)).toBeVisible();
  await page.getByLabel('公開時にすでに当てはまる顧客も知らせる').check({ force: true });
  await page.getByRole('button', { name: '下書きを保存' }).click();

  await expect(page.getByRole('heading', { name: 'スコアの急な低下', level: 1 })).toBeVisible();
  await page.getByRole('button', { name: '公開', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: '下書きを公開する' });
  await dialog.getByRole('textbox').fill('最初の版');
  await dialog.getByRole('button', { name: '公開' }).click();
  await expect(page.getByText('公開しました。')).toBeVisible();
  await page.getByRole('tab', { name: '発生状況' }).click();
  await expect(page.getByText(/現在のスコアは\d+/).first()).toBeVisible({ timeout: 20_000 });
  expect(errors).toEqual([]);
});

test('starter rules are added, and the budget is set, in English', async ({ inDemo: page }) => {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
  await page.goto('/signals/starters');
  // One that asks for a choice first: which feature it is about.
  const card = page.getByRole('article').filter({ has: page.getByRole('heading', { name: 'Use of a feature falls', exact: true }) });
  await card.getByRole('checkbox').check();
  const add = page.getByRole('button', { name: 'Add as drafts' });
  await expect(add).toBeDisabled();
  await card.getByRole('combobox').click();
  await page.getByRole('option').first().click();
  await add.click();
  await expect(page.getByText('1 rule was added as a draft.')).toBeVisible();
  await expect(page.locator('tbody tr[data-index]').filter({ hasText: 'Unpublished' }).first()).toBeVisible();
  await page.getByRole('tab', { name: /^Held back/ }).click();
  const limit = page.getByLabel('Limit per person and week');
  if (await limit.isDisabled()) await page.getByLabel('Limit the number of alerts').check({ force: true });
  await limit.fill('12');
  await page.getByRole('button', { name: 'Save', exact: true }).click();
  await expect(page.getByText('Limit saved.')).toBeVisible();
  await page.reload();
  await expect(page.getByLabel('Limit per person and week')).toHaveValue(/^12/);
});

/** The address, once there is a rule. */
const withLowScore = (path: string) => async (page: Page) => {
  await defineLowScore(page.request);
  return path;
};

expectViewsAccessible('signals', {
  list: withLowScore('/signals'),
  'held back': withLowScore('/signals?tab=held'),
  starters: '/signals/starters',
  firings: withLowScore('/signals/low_score'),
  editor: withLowScore('/signals/low_score?tab=rule'),
});
