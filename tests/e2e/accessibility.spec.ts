// Every page, in both themes, wide and on a phone: axe finds nothing, and nothing scrolls sideways.
import { expect, expectAccessible, logInByRequest, test } from './fixtures';
import { pagesToVisit } from './pages';

const settings = [
  { theme: 'light', viewport: { width: 1440, height: 900 } },
  { theme: 'dark', viewport: { width: 1440, height: 900 } },
  { theme: 'light', viewport: { width: 390, height: 844 } },
  { theme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

for (const { theme, viewport } of settings) {
  test.describe(`${theme}, ${viewport.width} wide`, () => {
    for (const { name, path, signedOut } of pagesToVisit) {
      test(name, async ({ browser, server }) => {
        const context = await browser.newContext({ baseURL: server.url, colorScheme: theme, viewport, locale: 'ja-JP', reducedMotion: 'reduce' });
        const page = await context.newPage();
        if (!signedOut) await logInByRequest(page, server.url);
        await page.goto(path);
        await expect(page.getByRole('heading').first()).toBeVisible();
        await page.waitForLoadState('networkidle');
        await expectAccessible(page);
        const overflow_px = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
        expect(overflow_px, 'the page is wider than the window').toBe(0);
        await context.close();
      });
    }
  });
}
