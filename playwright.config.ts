import { defineConfig } from '@playwright/test';

/** One suite for both hosts: the local host in Chromium everywhere, and Electron where a binary is (`REDOUBT_E2E_HOST=electron`). */
export default defineConfig({
  testDir: 'e2e/specs',
  outputDir: 'out/test-results',
  timeout: 120_000,
  expect: { timeout: 15_000 },
  workers: 2,
  fullyParallel: false,
  retries: 0,
  reporter: process.env['REDOUBT_E2E_REPORT'] ? [['json', { outputFile: process.env['REDOUBT_E2E_REPORT'] }], ['list']] : 'list',
  use: {
    viewport: { width: 1360, height: 860 },
    locale: 'en-US',
    // Snapshots of the page say enough; drawing each one as a picture too took a quarter of the time.
    trace: { mode: 'retain-on-failure', screenshots: false },
    screenshot: 'only-on-failure',
  },
});
