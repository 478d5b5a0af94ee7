import { administrator } from '../server';
import { expect, expectAccessible, logInByRequest, test } from '../fixtures';

const colleague = { name: '佐藤 健', email: 'ken@example.jp', password: 'another long secret' };

test('an administrator adds a colleague, who can look but not manage', async ({ page, freshServer, browser }) => {
  const { setUp } = await import('../server');
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/settings/users`);
  await page.getByRole('button', { name: 'ユーザーを追加' }).click();
  const dialog = page.getByRole('dialog');
  await expect(dialog).toBeVisible();
  await expectAccessible(page);
  await dialog.getByLabel('氏名').fill(colleague.name);
  await dialog.getByLabel('メールアドレス').fill(administrator.email);
  await dialog.getByLabel('閲覧のみ').check();
  await dialog.getByLabel('最初のパスワード', { exact: true }).fill(colleague.password);
  await dialog.getByRole('button', { name: '追加' }).click();
  // An address that is taken is said at the field, and nothing that was entered is lost.
  await expect(dialog.getByLabel('メールアドレス')).toHaveAttribute('aria-invalid', 'true');
  await dialog.getByLabel('メールアドレス').fill(colleague.email);
  await dialog.getByRole('button', { name: '追加' }).click();
  await expect(page.getByText('佐藤 健さんを追加しました。')).toBeVisible();
  await expect(page.getByRole('row', { name: /佐藤 健/ })).toContainText('閲覧のみ');

  const theirs = await browser.newContext({ baseURL: freshServer.url });
  const theirPage = await theirs.newPage();
  await logInByRequest(theirPage, freshServer.url, colleague);
  await theirPage.goto('/settings/users');
  await expect(theirPage.getByRole('alert')).toContainText('権限');
  await expect(theirPage.getByRole('link', { name: 'ユーザーと権限' })).toHaveCount(0);
  await theirs.close();
});

test('changing a role is confirmed quietly and can be undone', async ({ page, freshServer }) => {
  const { setUp } = await import('../server');
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  const csrf = (await page.context().cookies(freshServer.url)).find(({ name }) => name === 'banso_csrf')!.value;
  const created = await page.request.post(`${freshServer.url}/api/users`, { headers: { 'X-CSRF-Token': csrf }, data: { ...colleague, role: 'csm', language: 'ja' } });
  expect(created.status()).toBe(201);

  await page.goto(`${freshServer.url}/settings/users`);
  await page.getByRole('cell', { name: colleague.name, exact: true }).click();
  const panel = page.getByRole('dialog', { name: colleague.name, exact: true });
  await expect(panel).toBeVisible();
  await expect(page).toHaveURL(/panel=/);
  await expectAccessible(page);
  await panel.getByLabel('リーダー').check();
  const row = page.getByRole('row', { name: /佐藤 健/ });
  await expect(row).toContainText('リーダー');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(row).toContainText('CSM');

  await panel.getByRole('button', { name: '利用を停止' }).click();
  await page.getByRole('dialog', { name: /利用を停止しますか/ }).getByRole('button', { name: '利用を停止' }).click();
  await expect(row).toContainText('停止中');
  await expect(page.getByRole('dialog', { name: /利用を停止しますか/ })).toBeHidden();

  await page.keyboard.press('Escape');
  await expect(panel).toBeHidden();
  await expect(page).not.toHaveURL(/panel=/);
  const refused = await page.request.fetch(`${freshServer.url}/api/session`, { method: 'POST', headers: { 'X-CSRF-Token': csrf }, data: colleague });
  expect(refused.status()).toBe(401);
});

test('a profile keeps language, theme and password', async ({ page, freshServer }) => {
  const { setUp } = await import('../server');
  await setUp(freshServer.url);
  await logInByRequest(page, freshServer.url);
  await page.goto(`${freshServer.url}/settings/profile`);
  await page.getByText('English', { exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Profile' })).toBeVisible();
  await page.getByText('Dark', { exact: true }).click();
  await expect(page.locator('html')).toHaveAttribute('data-mantine-color-scheme', 'dark');
  await expectAccessible(page);

  await page.getByLabel('Current password', { exact: true }).fill('not this one');
  await page.getByLabel('New password', { exact: true }).fill('a quite new secret');
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByLabel('Current password', { exact: true })).toHaveAttribute('aria-invalid', 'true');
  await page.getByLabel('Current password', { exact: true }).fill(administrator.password);
  await page.getByRole('button', { name: 'Set password' }).click();
  await expect(page.getByText('The password was changed.')).toBeVisible();

  await page.context().clearCookies();
  await logInByRequest(page, freshServer.url, { ...administrator, password: 'a quite new secret' });
  const session = await (await page.request.get(`${freshServer.url}/api/session`)).json();
  expect(session.user).toMatchObject({ language: 'en', theme: 'dark' });
});
