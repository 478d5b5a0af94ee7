import { defineConfig } from '@playwright/test';
import { chromium } from './browser';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../build/e2e-results',
  timeout: 60_000,
  expect: { timeout: 10_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  reporter: [['list']],
  use: { ...chromium, screenshot: 'only-on-failure', trace: 'retain-on-failure' },
});
