// Every page, in both themes, wide and on a phone: axe finds nothing, and nothing scrolls sideways.
import { expect, expectAccessible, logInByRequest, test } from './fixtures';
import { addressOf, pagesToVisit } from './pages';

const settings = [
  { theme: 'light', viewport: { width: 1440, height: 900 } },
  { theme: 'dark', viewport: { width: 1440, height: 900 } },
  { theme: 'light', viewport: { width: 390, height: 844 } },
  { theme: 'dark', viewport: { width: 390, height: 844 } },
] as const;

for (const { theme, viewport } of settings) {
  test.describe(`${theme}, ${viewport.width} wide`, () => {
    for (const entry of pagesToVisit) {
      test(entry.name, async ({ browser, demo }) => {
        const context = await browser.newContext({ baseURL: demo.url, colorScheme: theme, viewport, locale: 'ja-JP', reducedMotion: 'reduce' });
        const page = await context.newPage();
        if (!entry.signedOut) await logInByRequest(page, demo.url, demo.administrator);
        await page.goto(await addressOf(entry, page.request));
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
