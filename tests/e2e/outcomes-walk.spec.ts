// From the contract to the renewal, as people see it: what the customer wants leads, they confirm it in their own view,
// data prove the way, a goal falls behind and is brought back by a playbook, its value is proven, the contract renewed.
// The pictures for the guide are taken on the way, where BANSO_GUIDE_IMAGES names the folder.
import { createServer, type AddressInfo } from 'node:net';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { type Client, password, setUp } from '../support/client.ts';
import { root, type Server, startServer } from '../support/banso.ts';
import { eventually } from '../support/intake.ts';
import { canRunMailServer, MailServer } from '../support/mail_server.ts';
import { links, share } from '../support/portal.ts';
import { collectConsoleErrors, expect, logInByRequest, test } from './fixtures';
import { sender, track } from './intake/product';
import { defineOurWork, publishTemplate } from './outcomes';

type Language = 'ja' | 'en';

/** The words of the app in the language of the walk, so that one walk serves both. */
function wordsOf(language: Language) {
  const files = new Map<string, Record<string, unknown>>();
  return (place: string, key: string, given: Record<string, string | number> = {}): string => {
    if (!files.has(place)) files.set(place, JSON.parse(readFileSync(join(root, 'web/src', place, 'locale', `${language}.json`), 'utf8')) as Record<string, unknown>);
    const found = key.split('.').reduce<unknown>((node, part) => (node as Record<string, unknown> | undefined)?.[part], files.get(place));
    if (typeof found !== 'string') throw new Error(`${place} has no text ${key}`);
    return found.replace(/\{\{(\w+)\}\}/g, (_, name: string) => String(given[name]));
  };
}

function freePort(): Promise<number> {
  return new Promise((done) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => done(port));
    });
  });
}

const plus = (day: string, days: number) => new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
const ok = <T extends { status: number; text: string; body: any }>(answer: T) => {
  expect(answer.status, answer.text).toBeLessThan(300);
  return answer.body;
};

async function picture(page: Page, name: string, language: Language) {
  const folder = process.env.BANSO_GUIDE_IMAGES;
  if (!folder) return;
  await page.waitForLoadState('networkidle');
  await page.mouse.move(0, 0);
  await page.screenshot({ path: join(folder, `outcomes-${name}-${language}.png`) });
}

for (const language of ['ja', 'en'] as const) {
  const named = (ja: string, en: string) => (language === 'ja' ? ja : en);

  test(`from the contract to the renewal, in ${language}`, async ({ browser }) => {
    test.skip(!canRunMailServer, 'the mail server of the tests cannot run here');
    test.setTimeout(400_000);
    const t = wordsOf(language);
    const mail = await MailServer.start();
    const port = await freePort();
    let server: Server | undefined;
    try {
      server = await startServer({ port, args: [...mail.args(), '--public-url', `http://127.0.0.1:${port}`] });
      const admin = await setUp(server.url, { language });
      await publishTemplate(admin);
      await share(admin, 'everyone');
      const context = await browser.newContext({ baseURL: server.url, viewport: { width: 1280, height: 800 }, locale: language, timezoneId: 'Asia/Tokyo' });
      const page = await context.newPage();
      page.setDefaultTimeout(30_000);
      const errors = collectConsoleErrors(page);
      await logInByRequest(page, server.url, { email: 'admin@example.com', password });
      const customer = await sell(admin, named);

      // Nobody has asked yet what they want: the page begins with that.
      await page.goto(`/accounts/${customer.account}`);
      const lead = page.getByRole('region', { name: t('features/account', 'lead.title') });
      await expect(lead).toContainText(t('features/account', 'lead.none'));
      await handOver(admin, customer);

      // A plan from the template that fits, with a goal of their own, sent.
      await lead.getByRole('button', { name: t('features/account', 'plan.create') }).click();
      const dialog = page.getByRole('dialog', { name: t('components/goals', 'create.title') });
      await dialog.getByRole('button', { name: t('components/goals', 'create.create'), exact: true }).click();
      await expect(page).toHaveURL(/\/plans\/\d+/);
      const plan = Number(/plans\/(\d+)/.exec(page.url())![1]);
      await editPlan(admin, plan);
      await page.reload();
      await page.getByRole('button', { name: t('features/plans', 'send.open') }).click();
      const send = page.getByRole('dialog', { name: t('features/plans', 'send.title') });
      await expect(send.getByRole('checkbox').first()).toBeChecked();
      await send.getByRole('button', { name: new RegExp(named('1名|1人', 'Ask 1 person')) }).click();
      await expect.poll(async () => (await admin.get(`/api/plans/${plan}`)).body.state).toBe('sent');
      await picture(page, 'plan', language);

      await defineOurWork(admin);

      // Onboarding: events arrive, and data prove the first stage; a playbook starts with the second.
      const source = ok(await admin.post('/api/sources', { name: 'Product' }));
      const product = sender(server.url, source.write_key);
      await product(...['aoki', 'baba', 'chiba', 'date', 'endo'].map((who) => track(who, 'Report Exported', 'ACME')));
      await expect.poll(async () => (await admin.get(`/api/accounts/${customer.account}/journey`)).body.position?.proven, { timeout: 20_000 }).toBe('outcome');
      await page.goto(`/accounts/${customer.account}?tab=journey`);
      await expect(page.getByRole('listitem').filter({ hasText: t('features/account', 'journey.here') })).toContainText(named('成果を確かめる', 'We see what it gave us'));
      const welcome = await eventually(async () => (await admin.get('/api/runs?playbook=welcome')).body.items[0], (found) => found !== undefined, 20);
      expect(welcome).toMatchObject({ account_id: customer.account, started_by: 'change' });

      // The customer comes in by the link of the invitation, and agrees.
      ok(await admin.post(`/api/accounts/${customer.account}/portal/people`, { contact_id: customer.contact }));
      const token = (await links(mail, 'sponsor@customer.test', 1))[0]!;
      const theirs = await (await browser.newContext({ baseURL: server.url, viewport: { width: 390, height: 844 }, locale: language, timezoneId: 'Asia/Tokyo' })).newPage();
      theirs.setDefaultTimeout(30_000);
      await theirs.goto(`/portal/log-in#token=${token}`);
      await theirs.getByRole('button', { name: t('portal/texts', 'link.enter') }).click();
      // The page of the link has a heading, too: going on before it has answered would leave nobody logged in.
      await expect(theirs).not.toHaveURL(/log-in/);
      await expect(theirs.getByRole('heading', { level: 1 })).toBeVisible();
      await theirs.goto('/portal/plan');
      const goal = theirs.getByRole('region', { name: named('月次締めを5営業日以内に', 'Close within 5 business days') });
      await goal.getByRole('button', { name: t('portal/texts', 'goal.confirm') }).click();
      await expect(goal).toContainText(t('portal/texts', 'goal.confirmed'));
      await picture(theirs, 'portal', language);
      await page.goto(`/accounts/${customer.account}`);
      await expect(lead).toContainText(t('components/goals', 'confirmation.confirmed'));

      // A figure that is far from where it should be: a signal opens a call, and its playbook begins.
      await enterFigure(theirs, goal, t, '9');
      await expect.poll(async () => (await admin.get(`/api/calls?scope=all&account=${customer.account}`)).body.total, { timeout: 20_000 }).toBeGreaterThan(0);
      const run = await eventually(async () => (await admin.get('/api/runs?playbook=recover')).body.items[0], (found) => found !== undefined, 20);
      const goalLine = lead.getByRole('listitem').filter({ hasText: named('月次締め', 'Close within') });
      await page.goto(`/accounts/${customer.account}`);
      await expect(goalLine).toContainText(t('components/goals', 'status.concern'));
      await picture(page, 'behind', language);

      // Brought back: the playbook's task is done in the cockpit, the figure comes back, and the run ends by its goal.
      await page.goto('/cockpit?room=tasks&scope=all');
      const task = named('推進者に原因を確認する', 'Ask the champion what stands in the way');
      await page.getByRole('checkbox', { name: t('components/calls', 'task.doneNamed', { title: task }) }).click();
      await expect(page.getByText(t('components/calls', 'task.done')).first()).toBeVisible();
      await expect.poll(async () => (await admin.get(`/api/runs/${run.id}`)).body.steps.find((step: { step: string }) => step.step === 'talk')?.state, { timeout: 20_000 }).toBe('done');
      expect((await admin.get(`/api/runs/${run.id}`)).body.state).toBe('waiting');
      await enterFigure(theirs, goal, t, '7');
      await page.goto(`/accounts/${customer.account}`);
      await expect(goalLine).toContainText(t('components/goals', 'status.on_track'));
      await expect.poll(async () => (await admin.get(`/api/runs/${run.id}`)).body.state, { timeout: 20_000 }).toBe('goal');
      await page.goto(`/runs/${run.id}`);
      await expect(page.getByRole('main').getByText(t('features/playbooks', 'runState.goal'), { exact: true }).first()).toBeVisible();
      await picture(page, 'recovered', language);

      // Proven: the target is reached, a win for everybody, written up and shared with the customer.
      await enterFigure(theirs, goal, t, '5');
      await expect.poll(async () => (await admin.get(`/api/wins?account=${customer.account}`)).body.total, { timeout: 20_000 }).toBe(1);
      await page.goto('/wins');
      await expect(page.getByRole('article', { name: new RegExp(named('アクメ精機', 'Acme Precision')) })).toContainText(t('features/wins', 'kind.goal'));
      await writeUp(page, t, plan, named);
      await theirs.goto('/portal/value');
      const success = theirs.getByRole('article', { name: named('月次締めを5営業日以内に', 'Close within 5 business days') });
      await expect(success).toContainText(named('経営会議を1週間早く', 'a week earlier'));
      await picture(theirs, 'portal-value', language);
      await theirs.goto('/portal/journey');
      await theirs.getByRole('button', { name: t('portal/texts', 'journey.confirm') }).first().click();
      await expect.poll(async () => (await admin.get(`/api/accounts/${customer.account}/journey`)).body.position.stage, { timeout: 20_000 }).toBe('$arrived');

      // Renewed: judged with the renewals, and the contract of the next year signed.
      await renew(page, t, customer, language, named);
      await picture(page, 'renewal', language);

      expect(errors).toEqual([]);
    } finally {
      await server?.stop();
      mail.stop();
    }
  });
}

interface Customer {
  account: number;
  contact: number;
  today: string;
}

async function sell(admin: Client, named: (ja: string, en: string) => string): Promise<Customer> {
  const today = ok(await admin.get('/api/workspace')).book_day as string;
  const { id } = ok(await admin.post('/api/accounts', { external_id: 'ACME', name: named('アクメ精機株式会社', 'Acme Precision'), phase: 'onboarding', created_day: plus(today, -60) }));
  const contact = ok(await admin.post(`/api/accounts/${id}/contacts`, { name: named('佐藤 美咲', 'Misaki Sato'), email: 'sponsor@customer.test', roles: ['executive_sponsor'], language: admin.language }));
  ok(await admin.post(`/api/accounts/${id}/subscriptions`, { product: 'Suite', seats: 10, amount: { amount_minor: 2_000_000, currency: 'JPY' }, billing_period_months: 12, start: plus(today, -60), end: plus(today, 305) }));
  return { account: id, contact: contact.id, today };
}

/** Sales give the account to the CSM who will answer for it. */
async function handOver(admin: Client, { account }: Customer) {
  const user = async (name: string) => ok(await admin.post('/api/users', { name, email: `${name.toLowerCase()}@example.com`, role: 'csm', language: admin.language, password })).id as number;
  const [from, to] = [await user('Sales'), await user('Success')];
  ok(await admin.put(`/api/accounts/${account}/roles/csm`, { user_id: from }));
  const handover = ok(await admin.post('/api/handovers', { from_user_id: from, to_user_id: to, role: 'csm', accounts: [account], note: '' }));
  for (const { id } of handover.checklist) ok(await admin.patch(`/api/handovers/${handover.id}/items/${id}`, { done: true }));
  ok(await admin.post(`/api/handovers/${handover.id}/complete`));
}

/** Why they bought, and one goal in their own figure that is due half a year from its start. */
async function editPlan(admin: Client, plan: number) {
  const { version, as_of: today } = ok(await admin.get(`/api/plans/${plan}`));
  const words = (ja: string, en: string) => ({ ja, en });
  ok(
    await admin.post(`/api/plans/${plan}/changes`, {
      base_version: version,
      operations: [
        { op: 'set_head', head: { purpose: words('月次締めを早め、経営判断を1週間早くしたい。', 'They want to close the month earlier, to decide a week sooner.') } },
        {
          op: 'put',
          kind: 'goal',
          item: {
            key: 'close',
            name: words('月次締めを5営業日以内に', 'Close within 5 business days'),
            criterion: words('月次締めが5営業日以内に完了している。', 'The month is closed within 5 business days.'),
            kind: 'figure',
            unit: words('営業日', 'business days'),
            direction: 'down',
            baseline: 10,
            target: 5,
            start: plus(today, -60),
            due: plus(today, 60),
            value: { amount_minor: 3_600_000, per: 'once', how: words('残業300時間の削減', '300 hours of overtime less') },
          },
        },
      ],
    }),
  );
}

/** The success in the customer's words, shared with them. */
async function writeUp(page: Page, t: ReturnType<typeof wordsOf>, plan: number, named: (ja: string, en: string) => string) {
  await page.goto(`/plans/${plan}?tab=value`);
  const success = page.getByRole('article', { name: named('月次締めを5営業日以内に', 'Close within 5 business days') });
  await success.getByRole('button', { name: t('features/plans', 'value.write') }).click();
  await success.getByRole('textbox').fill(named('月次締めが5営業日で終わり、経営会議を1週間早く開けるようになりました。', 'The month closes in 5 business days, and the board meets a week earlier.'));
  await success.getByRole('button', { name: t('features/plans', 'save'), exact: true }).click();
  await expect(success.getByRole('button', { name: t('features/plans', 'value.edit') })).toBeVisible();
  await success.getByRole('switch', { name: t('features/plans', 'value.share') }).click();
  await expect(success.getByRole('switch')).toBeChecked();
  await expect.poll(async () => ((await (await page.request.get(`/api/plans/${plan}`)).json()) as { values: { shared: boolean }[] }).values[0]?.shared).toBe(true);
  await picture(page, 'value', named('ja', 'en') as Language);
}

async function renew(page: Page, t: ReturnType<typeof wordsOf>, { account, today }: Customer, language: Language, named: (ja: string, en: string) => string) {
  const name = named('アクメ精機株式会社', 'Acme Precision');
  await page.goto('/renewals?period=year');
  await page.getByRole('button', { name: t('features/renewals', 'edit.category', { name }) }).first().click();
  await page.getByRole('option', { name: t('features/renewals', 'category.commit'), exact: true }).click();
  await expect(page.getByRole('button', { name: t('features/renewals', 'edit.category', { name }) }).first()).toContainText(t('features/renewals', 'category.commit'));

  const contracts = async () => ((await (await page.request.get(`/api/accounts/${account}/subscriptions`)).json()) as { items: { start: string; end: string; seats: number }[]; totals: { next_renewal_day: string } });
  await page.goto(`/accounts/${account}?tab=contracts`);
  await page.getByRole('button', { name: t('features/account', 'contracts.add') }).first().click();
  const dialog = page.getByRole('dialog', { name: t('components/contracts', 'title.add') });
  const field = (key: string) => dialog.getByLabel(t('components/contracts', key), { exact: false }).first();
  await dialog.getByRole('combobox', { name: t('components/contracts', 'product') }).fill('Suite');
  await field('seats').fill('12');
  await field('amount').fill('2400000');
  for (const [key, day] of [['start', plus(today, 305)], ['end', plus(today, 670)]] as const) {
    const box = dialog.getByRole('textbox', { name: t('components/contracts', key), exact: language === 'ja' }).first();
    await box.fill(typed(day, language));
    await box.press('Tab');
  }
  await dialog.getByRole('button', { name: t('components/contracts', 'add'), exact: true }).click();
  await expect(dialog).toBeHidden();
  await expect.poll(async () => (await contracts()).items).toHaveLength(2);
  expect((await contracts()).items.map(({ start, end, seats }) => ({ start, end, seats }))).toContainEqual({ start: plus(today, 305), end: plus(today, 670), seats: 12 });

  // What follows stands with the renewal.
  const { items } = (await (await page.request.get(`/api/renewals?from=${today}&to=${plus(today, 400)}`)).json()) as { items: { id: string; category: string; account: { name: string }; due?: string }[] };
  const renewal = items.find((item) => item.category === 'commit')!;
  await page.goto(`/renewals?period=year&panel=${renewal.id}`);
  const panel = page.getByRole('dialog', { name });
  await expect(panel.getByText(t('features/renewals', 'panel.following'))).toBeVisible();
}

/** A day as people of the language type it. */
function typed(day: string, language: Language) {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number];
  return language === 'ja' ? `${year}/${month}/${date}` : `${date} ${['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'][month - 1]} ${year}`;
}

async function enterFigure(page: Page, goal: ReturnType<Page['getByRole']>, t: ReturnType<typeof wordsOf>, value: string) {
  await page.goto('/portal/plan');
  await goal.getByRole('textbox').first().fill(value);
  await goal.getByRole('button', { name: t('portal/texts', 'figure.keep') }).click();
  await expect(goal.getByRole('cell', { name: new RegExp(`^${value}\\b`) }).or(goal.getByRole('definition').filter({ hasText: new RegExp(`^${value}`) })).first()).toBeVisible();
}
