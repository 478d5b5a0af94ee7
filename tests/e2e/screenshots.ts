import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { test, logInByRequest } from './fixtures';
import { addressOf, pagesToVisit, type PageToVisit } from './pages';

const folder = process.env.BANSO_SCREENSHOTS ?? join(import.meta.dirname, '../../build/screenshots');
const languages = ['ja', 'en'] as const;
const themes = ['light', 'dark'] as const;
const sizes = { wide: { width: 1440, height: 900 }, phone: { width: 390, height: 844 } } as const;

for (const language of languages) {
  for (const theme of themes) {
    for (const [size, viewport] of Object.entries(sizes)) {
      test(`${language} ${theme} ${size}`, async ({ browser, demo }) => {
        await mkdir(folder, { recursive: true });
        const context = await browser.newContext({ baseURL: demo.url, viewport, colorScheme: theme, reducedMotion: 'reduce', locale: language });
        await context.addInitScript((chosen) => localStorage.setItem('banso.language', chosen), language);
        const page = await context.newPage();
        const visit = async (entry: PageToVisit) => {
          await page.goto(await addressOf(entry, page.request));
          await page.waitForLoadState('networkidle');
          await page.evaluate(() => document.fonts.ready);
          await page.screenshot({ path: join(folder, `${entry.name}-${language}-${theme}-${size}.png`), animations: 'disabled' });
        };
        for (const entry of pagesToVisit.filter(({ signedOut }) => signedOut)) await visit(entry);
        await logInByRequest(page, demo.url, demo.administrator);
        for (const entry of pagesToVisit.filter(({ signedOut }) => !signedOut)) await visit(entry);
        await context.close();
      });
    }
  }
}
