// The customers' own view with a real server and a real mail server: invited from the account page, in by the link of the
// mail, and what a customer does there; in both languages. And one of us who looks as they would.
import type { APIRequestContext, Browser, Page } from '@playwright/test';
import { canRunMailServer, MailServer } from '../support/mail_server';
import { collectConsoleErrors, expect, expectAccessible, logInByRequest, test } from './fixtures';
import { csrfHeaders } from './intake/product';
import { shareEverything } from './portal';
import { setUp, startServer, type RunningServer } from './server';

test.skip(!canRunMailServer, 'needs Exim and Dovecot, and root to start them');
test.describe.configure({ mode: 'serial' });

const both = (ja: string, en: string) => ({ ja, en });
let mail: MailServer;
let server: RunningServer;

test.beforeAll(async () => {
  mail = await MailServer.start();
  server = await startServer(undefined, [...mail.args(), '--public-url', 'http://cs.vendor.test']);
  await setUp(server.url);
});
test.afterAll(async () => {
  await server?.stop();
  mail?.stop();
});

async function made(request: APIRequestContext, path: string, data: object) {
  const response = await request.post(path, { data, headers: await csrfHeaders(request) });
  expect(response.ok(), await response.text()).toBe(true);
  return response.json();
}

interface Person {
  account: number;
  contact: number;
  name: string;
  address: string;
  plan: number;
}

/** A customer with a plan that can be sent. Sending it would invite the person, too. */
async function customer(request: APIRequestContext, key: string, name: string, language: string): Promise<Person> {
  const { id: account } = await made(request, '/api/accounts', { external_id: key, name: `${key}物流株式会社` });
  const address = `${key}@customer.test`;
  const { id: contact } = await made(request, `/api/accounts/${account}/contacts`, { name, email: address, roles: ['champion'], language });
  const plan = await made(request, '/api/plans', { account_id: account, blank: true, name: both('配車の効率化', 'Faster dispatching') });
  const put = (kind: string, item: object) => ({ op: 'put', kind, item });
  await made(request, `/api/plans/${plan.id}/changes`, {
    base_version: plan.version,
    operations: [
      put('goal', {
        key: 'hours',
        name: both('配車の時間を半分にする', 'Halve the time of dispatching'),
        criterion: both('月21時間以下', '21 hours a month or fewer'),
        kind: 'figure',
        unit: both('時間', 'hours'),
        direction: 'down',
        baseline: 42,
        target: 21,
        start: '2026-07-01',
        due: '2030-01-01',
      }),
      put('action', { key: 'list', name: both('エリア一覧のご提供', 'Send the list of areas'), owner: { side: 'theirs' }, due: '2029-01-01' }),
      put('action', { key: 'hidden', name: both('社内の検討', 'Our own thoughts'), owner: { side: 'ours' }, internal: true }),
    ],
  });
  return { account, contact, name, address, plan: plan.id };
}

const linksFor = (address: string) =>
  mail
    .received()
    .filter(({ to }) => to === address)
    .flatMap(({ text }) => /\/portal\/log-in#token=[A-Za-z0-9_-]+/.exec(text)?.[0] ?? []);

async function newLink(address: string, known: number): Promise<string> {
  await expect.poll(() => linksFor(address).length, { timeout: 20_000 }).toBeGreaterThan(known);
  return linksFor(address).at(-1)!;
}

async function browserOf(browser: Browser, locale: string) {
  const context = await browser.newContext({ baseURL: server.url, locale, viewport: { width: 390, height: 844 } });
  return context.newPage();
}

async function ourPage(browser: Browser): Promise<Page> {
  const context = await browser.newContext({ baseURL: server.url });
  const page = await context.newPage();
  await logInByRequest(page, server.url);
  await shareEverything(page.request);
  return page;
}

/** From the contacts of the account page. */
async function invite(page: Page, { account, name }: Person) {
  await page.goto(`/accounts/${account}?tab=contacts`);
  await page.getByRole('combobox', { name: '招待する担当者' }).click();
  await page.getByRole('option', { name: new RegExp(name) }).click();
  await page.getByRole('button', { name: '招待する', exact: true }).click();
  await expect(page.getByText(`${name}様に招待メールを送ります。`)).toBeVisible();
  await expect(page.getByRole('table', { name: '招待した担当者' }).getByText('招待済み')).toBeVisible();
}

const texts = {
  ja: {
    locale: 'ja-JP',
    enter: 'ログインする',
    home: (name: string) => `${name} 様`,
    goal: '配車の時間を半分にする',
    agree: /この内容で合意する/,
    agreed: '合意済み',
    figure: '最新の数値(時間)',
    keep: '登録する',
    kept: '30時間を登録しました。',
    finish: /完了にする/,
    done: '完了したこと(1件)',
    comment: 'コメントする',
    commentLabel: 'コメント',
    send: '送る',
    sent: 'コメントをお送りしました。',
    logOut: 'ログアウト',
    logIn: 'ログイン',
    email: 'メールアドレス',
    ask: 'リンクを送る',
    look: 'メールをご確認ください',
    spent: 'このリンクは使えません',
    consent: '同意して表示する',
    consented: '同意いただき、ありがとうございます。',
    withdraw: '同意を取り消す',
  },
  en: {
    locale: 'en-US',
    enter: 'Log in',
    home: (name: string) => `Hello, ${name}`,
    goal: 'Halve the time of dispatching',
    agree: /I agree/,
    agreed: 'Agreed',
    figure: 'Latest figure (hours)',
    keep: 'Save',
    kept: '30 hours was saved.',
    finish: /Mark as done/,
    done: 'Done (1)',
    comment: 'Comment',
    commentLabel: 'Comment',
    send: 'Send',
    sent: 'Your comment was sent.',
    logOut: 'Log out',
    logIn: 'Log in',
    email: 'Email address',
    ask: 'Send me a link',
    look: 'Please check your mail',
    spent: 'This link cannot be used',
    consent: 'Agree and show',
    consented: 'Thank you for your consent.',
    withdraw: 'Withdraw consent',
  },
} as const;

for (const [language, name] of [['ja', '山田 太郎'], ['en', 'Jane Smith']] as const) {
  const say = texts[language];
  test(`a customer is invited, confirms a goal, and comes again by mail (${language})`, async ({ browser }) => {
    test.setTimeout(180_000);
    const ours = await ourPage(browser);
    const who = await customer(ours.request, `minato-${language}`, name, language);
    const before = linksFor(who.address).length;
    await invite(ours, who);
    const link = await newLink(who.address, before);
    await made(ours.request, `/api/plans/${who.plan}/send`, { contact_ids: [who.contact] });

    const page = await browserOf(browser, say.locale);
    const errors = collectConsoleErrors(page);
    await page.goto(link);
    await expectAccessible(page);
    await page.getByRole('button', { name: say.enter }).click();
    await expect(page.getByRole('heading', { level: 1, name: say.home(name) })).toBeVisible();
    await expectAccessible(page);

    await page.getByRole('main').getByRole('link', { name: new RegExp(say.goal) }).first().click();
    await expect(page).toHaveURL(/\/portal\/plan/);
    await expect(page.getByText('社内の検討')).toHaveCount(0);
    await expect(page.getByText('Our own thoughts')).toHaveCount(0);
    const goal = page.getByRole('region', { name: say.goal });
    await goal.getByRole('button', { name: say.agree }).click();
    await expect(goal.getByText(say.agreed, { exact: true })).toBeVisible();
    await goal.getByLabel(say.figure).fill('30');
    await goal.getByRole('button', { name: say.keep }).click();
    await expect(page.getByText(say.kept)).toBeVisible();
    await goal.getByRole('button', { name: say.comment, exact: true }).click();
    await goal.getByRole('textbox', { name: say.commentLabel, exact: true }).fill('よろしくお願いします。');
    await goal.getByRole('button', { name: say.send, exact: true }).click();
    await expect(page.getByText(say.sent)).toBeVisible();
    await expect(goal.getByText('よろしくお願いします。')).toBeVisible();
    await page.getByRole('button', { name: say.finish }).click();
    await expect(page.getByText(say.done)).toBeVisible();
    await expectAccessible(page);

    // All of it is there for us, and after a reload.
    await page.reload();
    await expect(page.getByRole('region', { name: say.goal }).getByText(say.agreed, { exact: true })).toBeVisible();

    // How things go is shown with consent alone, which can be taken back where there is nothing to tell yet, too.
    await page.goto('/portal/health');
    await page.getByRole('button', { name: say.consent }).click();
    await expect(page.getByText(say.consented)).toBeVisible();
    await expectAccessible(page);
    await page.getByRole('button', { name: say.withdraw }).click();
    await expect(page.getByRole('button', { name: say.consent })).toBeVisible();

    await page.goto('/portal/more');
    await page.getByRole('button', { name: say.logOut }).click();
    await expect(page.getByRole('heading', { level: 1, name: say.logIn })).toBeVisible();
    await page.goto('/portal/plan');
    await expect(page.getByRole('heading', { level: 1, name: say.logIn })).toBeVisible();
    await expectAccessible(page);

    // The link was for once; another comes by mail, and for a stranger the page says the same.
    await page.goto(link);
    await page.getByRole('button', { name: say.enter }).click();
    await expect(page.getByRole('heading', { name: say.spent })).toBeVisible();
    const count = linksFor(who.address).length;
    for (const address of ['nobody@customer.test', who.address]) {
      await page.goto('/portal');
      await page.getByLabel(say.email).fill(address);
      await page.getByRole('button', { name: say.ask }).click();
      await expect(page.getByRole('heading', { name: say.look })).toBeVisible();
    }
    await page.goto(await newLink(who.address, count));
    await page.getByRole('button', { name: say.enter }).click();
    await expect(page.getByRole('heading', { level: 1, name: say.home(name) })).toBeVisible();
    expect(linksFor('nobody@customer.test')).toEqual([]);
    // A browser writes down every answer that is an error: that of being nobody is meant.
    expect(errors.filter((text) => !/status of 401/.test(text))).toEqual([]);
    await page.context().close();
    await ours.context().close();
  });
}

test('one of us looks as a customer would, and can do nothing there', async ({ browser }) => {
  test.setTimeout(120_000);
  const page = await ourPage(browser);
  const who = await customer(page.request, 'viewed', '鈴木 一郎', 'ja');
  await invite(page, who);
  await made(page.request, `/api/plans/${who.plan}/send`, { contact_ids: [who.contact] });
  await page.getByRole('button', { name: `${who.name}様の操作` }).click();
  const opening = page.context().waitForEvent('page');
  await page.getByRole('menuitem', { name: 'お客様の画面を確認' }).click();
  const view = await opening;
  await expect(view.getByText(/鈴木 一郎様の画面を確認しています。/)).toBeVisible();
  await view.goto('/portal/plan');
  await expect(view.getByRole('button', { name: /この内容で合意する/ })).toBeDisabled();
  await expect(view.getByRole('button', { name: /完了にする/ })).toBeDisabled();
  await expectAccessible(view);
  await view.getByRole('button', { name: '確認を終了' }).click();
  await expect(view).toHaveURL(`${server.url}/`);
  await page.getByRole('button', { name: '利用の記録を見る' }).click();
  await expect(page.getByText(/鈴木 一郎様の画面を確認/).first()).toBeVisible();
  await page.context().close();
});

test('the look is set with a warning where words could not be read, and customers see it', async ({ browser }) => {
  const page = await ourPage(browser);
  await page.goto('/settings/portal');
  const colour = page.getByLabel('テーマカラー').first();
  await colour.fill('#ffe600');
  await expect(page.getByText(/白い文字が読みにくくなります/)).toBeVisible();
  await expect(page.getByRole('button', { name: '保存', exact: true })).toBeDisabled();
  await colour.fill('#7a1f5c');
  // The palette that opens below it lies over the button as long as the field is used.
  await colour.blur();
  await page.getByRole('button', { name: '保存', exact: true }).click();
  await expect(page.getByText('見た目を保存しました。')).toBeVisible();
  const outside = await browserOf(browser, 'ja-JP');
  await outside.goto('/portal');
  await expect(outside.getByRole('heading', { level: 1, name: 'ログイン' })).toBeVisible();
  const accent = await outside.evaluate(() => getComputedStyle(document.documentElement).getPropertyValue('--accent').trim());
  expect(accent).toBe('#7a1f5c');
  await outside.context().close();
  await page.context().close();
});
