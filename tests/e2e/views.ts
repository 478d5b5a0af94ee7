// The views of one room, each looked at by a test of its own: one that is slow takes no time from the others. The themes take
// turns, a view light, the next one dark; `./dev test --all` and `./dev e2e` look at every view in both.
import type { Page } from '@playwright/test';
import { expect, expectAccessible, test } from './fixtures';

/** An address, or what prepares the demo and gives one. */
type View = string | ((page: Page) => Promise<string>);

export function expectViewsAccessible(room: string, views: Record<string, View>) {
  const all = Boolean(process.env['BANSO_TEST_SLOW']);
  for (const [turn, colorScheme] of (['light', 'dark'] as const).entries()) {
    test.describe(`${room}, accessible in ${colorScheme}`, () => {
      for (const [index, [name, view]] of Object.entries(views).entries()) {
        if (!all && index % 2 !== turn) continue;
        test(name, async ({ inDemo: page }) => {
          await page.emulateMedia({ colorScheme });
          await page.goto(typeof view === 'string' ? view : await view(page));
          await expect(page.getByRole('heading', { level: 1 })).toBeVisible();
          await page.waitForLoadState('networkidle');
          await expectAccessible(page);
        });
      }
    });
  }
}
