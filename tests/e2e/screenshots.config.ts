// `npm run screenshots`: every page in both languages and themes, wide and on a phone, into BANSO_SCREENSHOTS.
import { defineConfig } from '@playwright/test';
import { chromium } from './browser';

export default defineConfig({
  testDir: '.',
  testMatch: 'screenshots.ts',
  outputDir: '../../build/screenshots-results',
  timeout: 10 * 60_000,
  workers: 1,
  reporter: [['list']],
  use: chromium,
});
