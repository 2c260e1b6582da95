import { defineConfig } from '@playwright/test';

/** One suite for both hosts: the local host in Chromium everywhere, and Electron where a binary is (`REDOUBT_E2E_HOST=electron`). */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'out/test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 1,
  fullyParallel: false,
  retries: 0,
  reporter: process.env['REDOUBT_E2E_REPORT'] ? [['json', { outputFile: process.env['REDOUBT_E2E_REPORT'] }], ['list']] : 'list',
  use: { viewport: { width: 1360, height: 860 }, locale: 'en-US', trace: 'retain-on-failure', screenshot: 'only-on-failure' },
});
