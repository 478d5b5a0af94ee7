// The cockpit: calls by rank, worked off by keyboard, talked about, moved on the board, seen on the calendar and on a phone.
import type { Page } from '@playwright/test';
import { collectConsoleErrors, expect, expectAccessible, test } from './fixtures';
import { csrfHeaders } from './intake/product';
import { expectViewsAccessible } from './views';

interface Account {
  id: number;
  name: string;
}

interface Call {
  id: number;
  status: string;
  outcome: string | null;
  due_day: string;
  rank: number | null;
}

async function me(page: Page): Promise<{ id: number; name: string }> {
  return ((await (await page.request.get('/api/session')).json()) as { user: { id: number; name: string } }).user;
}

async function accounts(page: Page, count: number): Promise<Account[]> {
  const { items } = (await (await page.request.get(`/api/book?limit=${count}&sort=-arr`)).json()) as { items: Account[] };
  return items;
}

/** A call of the viewer's own, opened by hand. */
async function openCall(page: Page, account: Account, title: string, severity = 'high'): Promise<Call> {
  const response = await page.request.post('/api/calls', {
    headers: await csrfHeaders(page.request),
    data: { account_id: account.id, kind: 'risk', severity, title, explanation: '', assignee_id: (await me(page)).id, due_business_days: 3 },
  });
  expect(response.ok(), await response.text()).toBe(true);
  return ((await response.json()) as { call: Call }).call;
}

async function read(page: Page, id: number): Promise<Call> {
  return (await (await page.request.get(`/api/calls/${id}`)).json()) as Call;
}

const named = (title: string) => `/cockpit?q=${encodeURIComponent(title)}`;

test('the list is worked off by keyboard: snoozed, taken back, closed with an outcome', async ({ inDemo: page }) => {
  const errors = collectConsoleErrors(page);
  const [account] = await accounts(page, 1);
  const title = '利用状況の確認をお願いする';
  const { id } = await openCall(page, account!, title, 'critical');
  await page.goto(named(title));
  const row = page.getByRole('row').filter({ hasText: title });
  await expect(row).toContainText(account!.name);
  await expect(row).toContainText('緊急');
  await expect(row).toContainText('あと3営業日');

  await page.keyboard.press('j');
  await page.keyboard.press('s');
  const snooze = page.getByRole('dialog', { name: 'スヌーズ' });
  await snooze.getByRole('button', { name: '5営業日後', exact: true }).click();
  await expect(snooze.getByRole('button', { name: 'スヌーズする' })).toBeDisabled();
  await snooze.getByRole('button', { name: '先方の返信待ち' }).click();
  await expectAccessible(page);
  await snooze.getByRole('button', { name: 'スヌーズする' }).click();
  await expect(row).toBeHidden();
  await expect.poll(async () => (await read(page, id)).status).toBe('snoozed');
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(row).toBeVisible();
  await expect.poll(async () => (await read(page, id)).status).toBe('open');

  await page.keyboard.press('j');
  await page.keyboard.press('c');
  const close = page.getByRole('dialog', { name: '完了にする' });
  await close.getByRole('textbox', { name: '補足' }).fill('勉強会を実施し、利用が戻りました。');
  await close.getByRole('button', { name: '完了にする' }).click();
  await expect(page.getByText('1件を完了にしました。')).toBeVisible();
  await expect.poll(async () => (await read(page, id)).outcome).toBe('success');
  await expect(row).toBeHidden();
  expect(errors).toEqual([]);
});

test('several are changed together and taken back together', async ({ inDemo: page }) => {
  const three = await accounts(page, 3);
  const title = '更新前の打ち合わせを設定する';
  const calls = [];
  for (const account of three) calls.push(await openCall(page, account, title));
  await page.goto(named(title));
  await expect(page.getByRole('row').filter({ hasText: title })).toHaveCount(3);
  // The ids come from the server, so the box is ticked a moment later.
  await page.getByRole('checkbox', { name: 'すべて選択' }).click();
  await expect(page.getByText('3件を選択中')).toBeVisible();
  await page.getByRole('button', { name: '期限', exact: true }).last().click();
  const due = page.getByRole('dialog', { name: '期限を変更' });
  await due.getByRole('button', { name: '20営業日後' }).click();
  await due.getByRole('button', { name: '変更する' }).click();
  await expect(page.getByText('3件の期限を変更しました。')).toBeVisible();
  for (const { id, due_day } of calls) expect((await read(page, id)).due_day > due_day).toBe(true);
  await page.getByRole('button', { name: '元に戻す' }).click();
  await expect(page.getByText('3件を元に戻しました。')).toBeVisible();
  for (const { id, due_day } of calls) expect((await read(page, id)).due_day).toBe(due_day);
});

test('the panel has what is needed to act: tasks, people, comments with mentions, and the history, in English', async ({ inDemo: page }) => {
  await page.addInitScript(() => localStorage.setItem('banso.language', 'en'));
  const [account] = await accounts(page, 1);
  const { name } = await me(page);
  const { id } = await openCall(page, account!, 'Offer a workshop');
  await page.goto(`${named('Offer a workshop')}&panel=${id}`);
  const panel = page.getByRole('dialog', { name: account!.name });
  await expect(panel.getByRole('heading', { name: 'Health score' })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'People' })).toBeVisible();
  await expect(panel.getByRole('heading', { name: 'Last conversations' })).toBeVisible();

  await panel.getByRole('textbox', { name: 'Add a task' }).fill('Send an agenda');
  await panel.getByRole('button', { name: 'Add', exact: true }).click();
  await panel.getByRole('checkbox', { name: 'Finish “Send an agenda”' }).check();
  await expect(page.getByText('Task done.')).toBeVisible();

  const comment = panel.getByRole('textbox', { name: 'Comment' });
  await comment.fill('Please have a look @');
  await comment.pressSequentially(name.slice(0, 3));
  await page.getByRole('option', { name }).click();
  await expect(comment).toHaveValue(`Please have a look @${name} `);
  await panel.getByRole('button', { name: 'Comment', exact: true }).click();
  await expect(panel.getByRole('list', { name: 'Comments' })).toContainText(`@${name}`);

  await panel.getByRole('button', { name: /^History/ }).click();
  const history = panel.getByRole('list', { name: 'History' });
  await expect(history).toContainText('Task finished');
  await expect(history).toContainText('Commented');
  await expectAccessible(page);
});

test('a card moves by keyboard and by its menu', async ({ inDemo: page }) => {
  const [account] = await accounts(page, 1);
  const title = '導入状況の棚卸し';
  const { id } = await openCall(page, account!, title);
  await page.goto(`/cockpit?room=board&q=${encodeURIComponent(title)}`);
  const card = page.getByRole('region', { name: '未着手' }).getByRole('button', { name: account!.name, exact: true });
  await card.focus();
  await page.keyboard.press('Shift+ArrowRight');
  await expect(page.getByRole('region', { name: '対応中' }).getByText(title)).toBeVisible();
  await expect.poll(async () => (await read(page, id)).status).toBe('in_progress');
  await page.getByRole('button', { name: `「${account!.name}:${title}」を移動` }).click();
  await page.getByRole('menuitem', { name: '完了' }).click();
  await page.getByRole('dialog', { name: '完了にする' }).getByRole('button', { name: '完了にする' }).click();
  await expect(page.getByRole('region', { name: '完了' }).getByText(title)).toBeVisible();
});

test('the calendar shows when calls fall due and when nobody works', async ({ inDemo: page }) => {
  const [account] = await accounts(page, 1);
  const { due_day } = await openCall(page, account!, '決算説明の準備');
  await page.goto(`/cockpit?room=calendar&month=${due_day}&q=${encodeURIComponent('決算説明の準備')}`);
  await page.getByRole('button', { name: account!.name }).click();
  await expect(page.getByRole('dialog', { name: account!.name })).toContainText('決算説明の準備');
  await page.goto('/cockpit?room=calendar&month=2027-01-01');
  await expect(page.getByRole('cell').filter({ hasText: '元日' })).toBeVisible();
});

test('calls stand on the account page and on the home page, and a selection of the book opens some', async ({ inDemo: page }) => {
  const [account] = await accounts(page, 1);
  await openCall(page, account!, '経営層との面談を設定する', 'critical');
  await page.goto(`/accounts/${account!.id}?tab=calls`);
  await expect(page.getByRole('list', { name: 'アクション' })).toContainText('経営層との面談を設定する');
  await page.goto('/');
  await expect(page.getByRole('heading', { name: '優先アクション' })).toBeVisible();

  await page.goto('/book');
  await page.getByRole('checkbox').nth(1).check();
  await page.getByRole('checkbox').nth(2).check();
  await page.getByRole('button', { name: 'アクションを作成' }).click();
  const dialog = page.getByRole('dialog', { name: 'アクションを作成' });
  await dialog.getByRole('textbox', { name: '何をしますか' }).fill('新機能の案内');
  await dialog.getByRole('button', { name: '2件を作成' }).click();
  await expect(page.getByText('アクションを2件作成しました。')).toBeVisible();
});

test('on a phone calls are cards, and the panel fills the screen', async ({ inDemo: page }) => {
  await page.setViewportSize({ width: 390, height: 844 });
  const [account] = await accounts(page, 1);
  const title = '電話で状況をうかがう';
  await openCall(page, account!, title);
  await page.goto('/');
  await page.getByRole('navigation', { name: 'メインメニュー' }).getByRole('link', { name: 'コックピット' }).click();
  await expect(page).toHaveURL(/\/cockpit/);
  await page.goto(named(title));
  await page.getByRole('listitem').filter({ hasText: title }).getByText(account!.name).click();
  const panel = page.getByRole('dialog', { name: account!.name });
  await expect(panel).toContainText(title);
  expect((await panel.boundingBox())!.width).toBe(390);
  await expectAccessible(page);
  await panel.getByRole('button', { name: '閉じる' }).click();
  await expect(panel).toBeHidden();
});

expectViewsAccessible('cockpit', {
  list: '/cockpit?scope=all',
  board: '/cockpit?scope=all&room=board',
  calendar: '/cockpit?scope=all&room=calendar',
  tasks: '/cockpit?scope=all&room=tasks',
  panel: async (page) => {
    const [account] = await accounts(page, 1);
    const { id } = await openCall(page, account!, 'アクセシビリティの確認');
    return `/cockpit?panel=${id}`;
  },
  'nothing found': '/cockpit?q=zzzz',
});
