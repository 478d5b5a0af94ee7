// The engineer who connects a product: from the key to the first event, and everything that may go wrong on the way.
import { collectConsoleErrors, expect, expectAccessible, logInByRequest, test } from '../fixtures';
import { setUp } from '../server';
import { addAccount, connectProduct, sender, track } from './product';

test('a new source shows its key and a program, and turns green by itself', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await addAccount(page.request, freshServer.url, 'A-001', '青空商事');
  await page.goto(`${freshServer.url}/intake`);
  await expect(page.getByRole('heading', { name: '送信元はまだありません' })).toBeVisible();
  await page.getByRole('button', { name: '送信元を追加' }).first().click();
  await page.getByLabel('名前').fill('Webアプリ(本番)');
  await page.getByRole('button', { name: '作成', exact: true }).click();
  const key = (await page.getByTestId('write-key').textContent())!;
  const dialog = page.getByRole('dialog', { name: /を接続する/ });
  for (const name of ['curl', 'ブラウザー', 'Node.js', 'Python', 'Go', 'Java', '一括送信']) {
    await dialog.getByRole('tab', { name, exact: true }).click();
    await expect(dialog.getByRole('tabpanel', { name, exact: true })).toContainText(key);
    await expect(dialog.getByRole('tabpanel', { name, exact: true })).toContainText(new URL(freshServer.url).host);
  }
  await expect(dialog.getByText('最初のイベントを待っています')).toBeVisible();
  await expectAccessible(page);
  const { status } = await sender(freshServer.url, key)(track('tanaka', 'Report Exported', 'A-001', { rows: 3 }));
  expect(status).toBe(200);
  await expect(dialog.getByText('イベントが届きました')).toBeVisible();
  await expect(dialog.getByRole('link', { name: '青空商事' })).toBeVisible();
  await dialog.getByRole('button', { name: '完了' }).click();
  await expect(page.getByRole('row', { name: /Webアプリ/ })).toContainText('受信中');
  await expect(page.getByText(key)).toHaveCount(0);
});

test('events appear live, stand still while paused, and show whose they are', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const errors = collectConsoleErrors(page);
  await addAccount(page.request, freshServer.url, 'A-001', '青空商事');
  const product = await connectProduct(page.request, freshServer.url, 'Webアプリ');
  await page.goto(`${freshServer.url}/intake?tab=latest`);
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible();
  await product.send(track('tanaka', 'Report Exported', 'A-001', { rows: 3 }), track('sato', 'Logged In', 'unknown'));
  const exported = page.getByRole('row', { name: /Report Exported/ });
  await expect(exported).toContainText('青空商事');
  await expect(page.getByRole('row', { name: /Logged In/ })).toContainText('顧客不明');

  await page.getByRole('button', { name: '一時停止' }).click();
  await product.send(track('tanaka', 'File Uploaded', 'A-001'));
  const resume = page.getByRole('button', { name: '再開(新着1件)' });
  await expect(resume).toBeVisible();
  await expect(page.getByRole('row', { name: /File Uploaded/ })).toHaveCount(0);
  await resume.click();
  await expect(page.getByRole('row', { name: /File Uploaded/ })).toBeVisible();

  await page.keyboard.press('/');
  await page.keyboard.type('rows');
  await expect(page).toHaveURL(/q=rows/);
  await expect(page.getByRole('row', { name: /File Uploaded/ })).toHaveCount(0);
  await exported.click();
  const panel = page.getByRole('dialog', { name: 'Report Exported' });
  await expect(panel.getByText('"rows": 3')).toBeVisible();
  await expect(panel.getByRole('link', { name: '青空商事' })).toBeVisible();
  await expectAccessible(page);
  expect(errors).toEqual([]);
});

test('a quarantined call is marked, mended and replayed; the rest is discarded', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const product = await connectProduct(page.request, freshServer.url, 'Webアプリ');
  const { rejected } = await product.send(
    { type: 'track', userId: 'tanaka', properties: { rows: 3 } },
    { type: 'track', userId: 'sato', event: 'Old', timestamp: '2020-01-01T00:00:00Z' },
    track('tanaka', 'Logged In', undefined),
  );
  expect(rejected).toHaveLength(2);
  await page.goto(`${freshServer.url}/intake?tab=quarantine`);
  const rows = page.locator('tbody tr[data-index]');
  await expect(rows).toHaveCount(2);
  await page.getByRole('group', { name: '理由で絞り込む' }).getByRole('button', { name: /古すぎる日時/ }).click();
  await expect(page).toHaveURL(/reason=too_old/);
  await expect(rows).toHaveCount(1);
  await page.getByRole('group', { name: '理由で絞り込む' }).getByRole('button', { name: /古すぎる日時/ }).click();
  await expect(rows).toHaveCount(2);

  await rows.filter({ hasText: 'event' }).click();
  const panel = page.getByRole('dialog', { name: '隔離した呼び出し' });
  await expect(panel.getByText('この項目がありません')).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole('button', { name: '修正する' }).click();
  const editor = panel.getByRole('textbox', { name: '修正する内容' });
  const call = JSON.parse(await editor.inputValue()) as object;
  await editor.fill(JSON.stringify({ ...call, event: 'Report Exported' }));
  await panel.getByRole('button', { name: '修正して再処理' }).click();
  await expect(page.getByText(/再処理しました\(受信1件/)).toBeVisible();
  await expect(rows).toHaveCount(1);

  await page.getByRole('button', { name: 'すべて破棄' }).click();
  const question = page.getByRole('dialog', { name: /破棄しますか/ });
  await question.getByRole('button', { name: '1件を破棄' }).click();
  await expect(page.getByRole('heading', { name: '隔離中の呼び出しはありません' })).toBeVisible();
  await page.goto(`${freshServer.url}/intake?tab=latest`);
  await expect(page.getByRole('row', { name: /Report Exported/ })).toBeVisible();
});

test('events of an unknown group are assigned to an account, counted, and taken back', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const { id } = await addAccount(page.request, freshServer.url, 'A-001', '青空商事');
  const product = await connectProduct(page.request, freshServer.url, 'Webアプリ');
  await product.send(track('tanaka', 'Report Exported', 'X-900'), track('sato', 'Report Exported', 'X-900'));
  const eventsOf = async () => {
    const response = await page.request.get(`${freshServer.url}/api/accounts/${id}/events`);
    return ((await response.json()) as { total: number }).total;
  };
  await page.goto(`${freshServer.url}/intake?tab=unmatched`);
  await page.getByRole('row', { name: /X-900/ }).click();
  const panel = page.getByRole('dialog', { name: '顧客企業に割り当てる' });
  await panel.getByRole('combobox', { name: '顧客企業' }).fill('青空');
  await page.getByRole('option', { name: /青空商事/ }).click();
  await expectAccessible(page);
  await panel.getByRole('button', { name: '顧客企業に割り当てる' }).click();
  await expect(page.getByText('青空商事に2件を割り当てました。')).toBeVisible();
  await expect(page.getByRole('heading', { name: 'すべてのイベントが顧客企業に結び付いています' })).toBeVisible();
  expect(await eventsOf()).toBe(2);

  await page.getByRole('tab', { name: '照合結果' }).click();
  await page.getByRole('combobox', { name: '顧客企業' }).fill('青空');
  await page.getByRole('option', { name: /青空商事/ }).click();
  const match = page.getByRole('row', { name: /X-900/ });
  await expect(match).toContainText('青空商事');
  await match.getByRole('button', { name: '取り消す' }).click();
  await page.getByRole('dialog', { name: /取り消しますか/ }).getByRole('button', { name: '取り消す' }).click();
  await expect(page.getByText('照合を取り消しました。')).toBeVisible();
  await expect.poll(eventsOf).toBe(0);
});

test('a source is renamed with undo, given a new key, and switched off', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const product = await connectProduct(page.request, freshServer.url, 'Webアプリ');
  await page.goto(`${freshServer.url}/intake?panel=${product.sourceId}`);
  const panel = page.getByRole('dialog', { name: 'Webアプリ' });
  await panel.getByRole('textbox', { name: '名前' }).fill('モバイルアプリ');
  await page.keyboard.press('Enter');
  await expect(page.getByRole('row', { name: /モバイルアプリ/ })).toBeVisible();
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByRole('row', { name: /Webアプリ/ })).toBeVisible();

  await panel.getByText('通知しない').click();
  await expect(page.getByText('途絶の通知を変更しました。')).toBeVisible();
  await expectAccessible(page);
  await panel.getByRole('button', { name: 'キーを再発行' }).click();
  await page.getByRole('dialog', { name: /再発行しますか/ }).getByRole('button', { name: 'キーを再発行' }).click();
  const key = (await panel.getByTestId('write-key').textContent())!;
  expect((await product.send(track('tanaka', 'Logged In', undefined))).status).toBe(401);
  expect((await sender(freshServer.url, key)(track('tanaka', 'Logged In', undefined))).status).toBe(200);
  await expect(panel.getByText('イベントが届きました')).toBeVisible();

  await panel.getByRole('button', { name: '受信を停止' }).click();
  await page.getByRole('dialog', { name: /受信を停止しますか/ }).getByRole('button', { name: '受信を停止' }).click();
  await expect(page.getByRole('row', { name: /Webアプリ/ })).toContainText('停止中');
  expect((await sender(freshServer.url, key)(track('tanaka', 'Logged In', undefined))).status).toBe(403);
});

test('the book follows what happens without being asked', async ({ page, freshServer }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const { id } = await addAccount(page.request, freshServer.url, 'A-001', '青空商事');
  const product = await connectProduct(page.request, freshServer.url, 'Webアプリ');
  await page.goto(`${freshServer.url}/accounts/${id}?tab=usage`);
  await expect(page.getByText('ライブ', { exact: true })).toBeVisible();
  await product.send(track('tanaka', 'Report Exported', 'A-001'));
  await expect(page.getByRole('table', { name: '機能別' })).toContainText('Report Exported', { timeout: 15_000 });
});

test('a CSM is told who may look, and has no entry for it', async ({ page, freshServer, browser }) => {
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const csm = { email: 'csm@example.jp', password: 'looking after many' };
  const { cookies } = await page.request.storageState();
  const token = cookies.find(({ name }) => name === 'banso_csrf')?.value ?? '';
  await page.request.post(`${freshServer.url}/api/users`, {
    data: { name: '担当 太郎', role: 'csm', language: 'ja', ...csm },
    headers: { 'X-CSRF-Token': token },
  });
  const context = await browser.newContext({ baseURL: freshServer.url });
  const theirs = await context.newPage();
  await logInByRequest(theirs, freshServer.url, csm);
  await theirs.goto('/intake');
  await expect(theirs.getByRole('heading', { name: 'リーダーと管理者のみ閲覧できます' })).toBeVisible();
  await expect(theirs.getByRole('link', { name: 'イベント受信' })).toHaveCount(0);
  await context.close();
});
