// `demo`: one per worker with a small simulated vendor in it; `inDemo` is a page of it with the administrator inside.
// `freshServer`: one that nobody has set up, for one test. `server`: one per worker, set up, shared by its tests.
// `page` belongs to `server`; `signedIn` is that page with the administrator inside.
import AxeBuilder from '@axe-core/playwright';
import { test as base, expect, type Page } from '@playwright/test';
import { administrator, type Administrator, setUp, startDemo, startServer, type DemoServer, type RunningServer } from './server';

interface TestFixtures {
  freshServer: RunningServer;
  signedIn: Page;
  inDemo: Page;
}
interface WorkerFixtures {
  server: RunningServer;
  demo: DemoServer;
}

export const test = base.extend<TestFixtures, WorkerFixtures>({
  server: [
    async ({}, use) => {
      const server = await startServer();
      await setUp(server.url);
      await use(server);
      await server.stop();
    },
    { scope: 'worker' },
  ],
  demo: [
    async ({}, use) => {
      const demo = await startDemo();
      await use(demo);
      await demo.stop();
    },
    { scope: 'worker', timeout: 120_000 },
  ],
  inDemo: async ({ browser, demo }, use) => {
    const context = await browser.newContext({ baseURL: demo.url });
    const page = await context.newPage();
    await logInByRequest(page, demo.url, demo.administrator);
    await use(page);
    await context.close();
  },
  freshServer: async ({}, use) => {
    const server = await startServer();
    await use(server);
    await server.stop();
  },
  baseURL: async ({ server }, use) => use(server.url),
  signedIn: async ({ page, server }, use) => {
    await logInByRequest(page, server.url);
    await page.goto('/');
    await expect(page.getByRole('main')).toBeVisible();
    await use(page);
  },
});

export { expect };

/** The cookies of a log-in without going through the form. */
export async function logInByRequest(page: Page, url: string, { email, password }: Pick<Administrator, 'email' | 'password'> = administrator) {
  const response = await page.request.post(`${url}/api/session`, { data: { email, password } });
  expect(response.ok(), await response.text()).toBe(true);
}

/** What a screen reader or a keyboard would stumble over: nothing. */
export async function expectAccessible(page: Page) {
  const { violations } = await new AxeBuilder({ page }).withTags(['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'best-practice']).analyze();
  const found = violations.map(({ id, help, nodes }) => `${id}: ${help}\n  ${nodes.map(({ target, failureSummary }) => `${target.join(' ')} ${failureSummary ?? ''}`).join('\n  ')}`);
  expect(found, found.join('\n')).toEqual([]);
}

/** What a program would write where people expect words. */
export async function expectWords(page: Page) {
  const text = await page.locator('body').innerText();
  expect(text.match(/.{0,40}(\{"(en|ja)":|\[object |\bundefined\b|\bNaN\b).{0,40}/g)).toBeNull();
}

/** Every message on the console is a defect until somebody says otherwise. */
export function collectConsoleErrors(page: Page): string[] {
  const errors: string[] = [];
  page.on('console', (message) => message.type() === 'error' && errors.push(message.text()));
  page.on('pageerror', (error) => errors.push(error.message));
  return errors;
}
