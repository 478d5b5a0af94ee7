// Every page: axe finds nothing, nothing scrolls sideways, and no value stands there as a program would write it. Wide and phone
// are files of their own, so that they run side by side. Each has a theme of its own, and they take turns: a page is seen light
// and wide, the next one dark on a phone, since axe needs seconds for each. `./dev test --all` and `./dev e2e` look at every page
// in both themes, wide and on a phone.
import { expect, expectAccessible, expectWords, logInByRequest, test } from '../fixtures';
import { addressOf, pagesToVisit } from '../pages';

const bothThemes = ['light', 'dark'] as const;

export function visitEveryPage(viewport: { width: number; height: number }, theme: (typeof bothThemes)[number]) {
  const all = Boolean(process.env['BANSO_TEST_SLOW']);
  const turn = bothThemes.indexOf(theme);
  for (const shown of all ? bothThemes : [theme]) {
    test.describe(`${shown}, ${viewport.width} wide`, () => {
      for (const entry of all ? pagesToVisit : pagesToVisit.filter((_, index) => index % bothThemes.length === turn)) {
        test(entry.name, async ({ browser, demo }) => {
          const context = await browser.newContext({ baseURL: demo.url, colorScheme: shown, viewport, locale: 'ja-JP', reducedMotion: 'reduce' });
          const page = await context.newPage();
          if (!entry.signedOut) await logInByRequest(page, demo.url, demo.administrator);
          await page.goto(await addressOf(entry, page.request));
          await expect(page.getByRole('heading').first()).toBeVisible();
          await page.waitForLoadState('networkidle');
          await expectAccessible(page);
          await expectWords(page);
          const overflow_px = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
          expect(overflow_px, 'the page is wider than the window').toBe(0);
          await context.close();
        });
      }
    });
  }
}
