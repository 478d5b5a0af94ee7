import { defineConfig } from '@playwright/test';
import { chromium } from './browser';

export default defineConfig({
  testDir: '.',
  testMatch: '**/*.spec.ts',
  outputDir: '../../build/e2e-results',
  // Limits, not waits: they bear a machine that builds and tests other things at the same time.
  timeout: 120_000,
  expect: { timeout: 30_000 },
  fullyParallel: false,
  workers: 2,
  retries: 0,
  reporter: [['list']],
  // A trace films every test: BANSO_TRACE=1 where one is wanted.
  use: { ...chromium, screenshot: 'only-on-failure', trace: process.env['BANSO_TRACE'] ? 'retain-on-failure' : 'off' },
});
