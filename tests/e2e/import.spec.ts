// Bringing a spreadsheet in, as a person does it: choose, look, map, check, import, undo.
import { join } from 'node:path';
import { existsSync } from 'node:fs';
import { expect, expectAccessible, logInByRequest, test } from './fixtures';
import { setUp } from './server';

const sharedData = process.env.BANSO_SHARED_DATA ?? join(import.meta.dirname, '../../../shared/data');

/** What Japanese Excel writes: CP932 with 髙, ① and ㈱; the last row has no code. */
const japaneseExcel = Buffer.from(
  'jNqLcYNSgVuDaCyM2otxlrwsg3SDioNLg2ksj12Lxoj1kJQsifCW8ZdcjZCT+pCUDQpCLTAwMSyKlI6uie+O0IdA7uCLtI+kk1gsg16DSoNug1aDVoOHg0WDZYOTLDEyMCwzMA0KQi0wMDIsh4qC3YLIgsaVqJesLIN+g2mDZ4N1g2ODioOFg0UsNDUsNjANCiyWvJFPgr6Cr4LMie+O0CyDaYN9g0csMSwxDQo=',
  'base64',
);

test('a spreadsheet of Japanese Excel is imported, its bad row reported, and the whole taken back', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/import`);
  await expect(page.getByRole('heading', { name: 'まだ取り込みはありません' })).toBeVisible();
  await page.getByRole('link', { name: '新しく取り込む' }).first().click();
  await page.setInputFiles('input[type=file]', { name: '顧客一覧.csv', mimeType: 'text/csv', buffer: japaneseExcel });

  await expect(page).toHaveURL(/upload=\d+/);
  await expect(page.getByRole('radio', { name: '顧客企業' })).toBeChecked();
  await page.getByRole('button', { name: 'ファイルを読み取る' }).click();

  await expect(page).toHaveURL(/step=read/);
  await expect(page.getByRole('combobox', { name: '文字コード' })).toHaveValue('Shift_JIS(CP932)');
  await expect(page.getByRole('cell', { name: '株式会社①髙橋商店' })).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('link', { name: '列の割り当てへ' }).click();

  await expect(page.getByRole('combobox', { name: '「顧客名」の割り当て先' })).toHaveValue('顧客名');
  await page.getByRole('button', { name: '残り1列をカスタム属性にする' }).click();
  await expect(page.getByRole('combobox', { name: '「解約予告日数」の割り当て先' })).toHaveValue('この名前のカスタム属性');
  await expectAccessible(page);
  await page.getByRole('button', { name: '事前チェックへ' }).click();

  await expect(page.getByRole('heading', { name: '取り込めない行: 1行' })).toBeVisible();
  const rejected = page.getByRole('table', { name: '取り込めない行' });
  await expect(rejected.getByRole('row').nth(1)).toContainText('4');
  await expect(rejected.getByRole('row').nth(1)).toContainText('外部 ID');
  await expectAccessible(page);
  await page.getByRole('button', { name: '2行を取り込む' }).click();

  await expect(page.getByText('取り込みが完了しました。')).toBeVisible({ timeout: 30_000 });
  const found = await page.request.get(`${freshServer.url}/api/search?q=${encodeURIComponent('たかはし')}`);
  expect((await found.json()).items).toHaveLength(1);

  await page.getByRole('button', { name: '取り消す' }).click();
  await page.getByRole('button', { name: '取り込みを取り消す' }).click();
  await expect(page.getByText('この取り込みは取り消されました。')).toBeVisible({ timeout: 30_000 });
  const gone = await page.request.get(`${freshServer.url}/api/search?q=${encodeURIComponent('たかはし')}`);
  expect((await gone.json()).items).toHaveLength(0);
  await page.goto(`${freshServer.url}/import`);
  await expect(page.getByRole('row', { name: /顧客一覧\.csv/ })).toContainText('取り消し済み');
});

test('an empty file and a wrong encoding are said, and mended', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/import/new`);
  await page.setInputFiles('input[type=file]', { name: 'empty.csv', mimeType: 'text/csv', buffer: Buffer.alloc(0) });
  await expect(page.getByRole('alert')).toContainText('ファイルが空です');
  await page.setInputFiles('input[type=file]', { name: 'letter.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF') });
  await expect(page.getByRole('alert').filter({ hasText: 'このファイル形式には対応していません' })).toBeVisible();

  await page.setInputFiles('input[type=file]', { name: 'list.csv', mimeType: 'text/csv', buffer: japaneseExcel });
  await page.getByRole('button', { name: 'ファイルを読み取る' }).click();
  await page.getByRole('combobox', { name: '文字コード' }).click();
  await page.getByRole('option', { name: 'UTF-8' }).click();
  await expect(page.getByRole('alert')).toContainText('読み取れない文字があります');
  await page.getByRole('combobox', { name: '文字コード' }).click();
  await page.getByRole('option', { name: 'Shift_JIS(CP932)' }).click();
  await expect(page.getByRole('alert')).toHaveCount(0);
  await expect(page.getByRole('cell', { name: '㈱みなと物流' })).toBeVisible();
});

test('a real table of 7,043 customers goes in with all its columns', async ({ page, freshServer }) => {
  const file = join(sharedData, 'telco/Telco-Customer-Churn.csv');
  test.skip(!existsSync(file), 'the shared data folder is not here');
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/import/new`);
  await page.setInputFiles('input[type=file]', file);
  await page.getByRole('button', { name: 'ファイルを読み取る' }).click();
  await page.getByRole('link', { name: '列の割り当てへ' }).click();
  // It has no names: without one, new customers would all be refused, and the page offers the way out.
  await page.getByRole('button', { name: '「customerID」を顧客名に使う' }).click();
  await page.getByRole('button', { name: /カスタム属性にする/ }).click();
  await page.getByRole('button', { name: '事前チェックへ' }).click();
  await page.getByRole('button', { name: '7,043行を取り込む' }).click({ timeout: 60_000 });
  await expect(page.getByText('取り込みが完了しました。')).toBeVisible({ timeout: 60_000 });
  const attributes = await (await page.request.get(`${freshServer.url}/api/attributes`)).json();
  expect(attributes.items.length).toBeGreaterThanOrEqual(19);
});
