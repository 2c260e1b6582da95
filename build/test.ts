// Every check, one after the other, and one line at the end that sums them: "N passed, N failed, N skipped".
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { findElectronBinary } from './electron-binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'out', 'test-results');
const bin = (name: string) => join(root, 'node_modules', name);
type Count = { passed: number; failed: number; skipped: number };

const missing = (process.env['REDOUBT_MISSING_PROGRAMS'] ?? '').split(',').filter(Boolean);
const only = process.argv.slice(2);
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];

const add = (name: string, count: Count, startedAt: number) => {
  total.passed += count.passed;
  total.failed += count.failed;
  total.skipped += count.skipped;
  const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
  summary.push(`${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped (${seconds} s)`);
};

function node(args: readonly string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  const child = spawn(process.execPath, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'], env: { ...process.env, ...env } });
  return new Promise((resolve) => child.once('exit', (code) => resolve(code ?? 1)));
}

/** A check that either holds or does not. */
async function check(name: string, args: readonly string[]): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  const passed = (await node(args)) === 0;
  add(name, { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 }, startedAt);
}

/** A test runner that writes a report; a runner that dies without one has failed. */
async function runner(
  name: string,
  args: readonly string[],
  env: NodeJS.ProcessEnv,
  report: string,
  count: (report: unknown) => Count,
): Promise<void> {
  if (only.length > 0 && !only.includes(name)) return;
  console.log(`\n== ${name}`);
  const startedAt = Date.now();
  rmSync(report, { force: true });
  const status = await node(args, env);
  const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
  if (status !== 0 && counted.failed === 0) counted.failed = 1;
  if (counted.passed + counted.failed === 0) counted.failed = 1;
  add(name, counted, startedAt);
}

function skip(name: string, reason: string): void {
  if (only.length > 0 && !only.includes(name)) return;
  console.log(`\n== ${name}\nSKIPPED: ${reason}`);
  add(name, { passed: 0, failed: 0, skipped: 1 }, Date.now());
}

type VitestReport = {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numFailedTestSuites: number;
  testResults: { status: string; assertionResults: unknown[] }[];
};
const countVitest = (report: unknown): Count => {
  const { numPassedTests, numFailedTests, numPendingTests, testResults } = report as VitestReport;
  const broken = testResults.filter((file) => file.status === 'failed' && file.assertionResults.length === 0).length;
  return { passed: numPassedTests, failed: numFailedTests + broken, skipped: numPendingTests };
};
type PlaywrightReport = { stats: { expected: number; unexpected: number; flaky: number; skipped: number }; errors: unknown[] };
const countPlaywright = (report: unknown): Count => {
  const { stats, errors } = report as PlaywrightReport;
  return { passed: stats.expected, failed: stats.unexpected + stats.flaky + errors.length, skipped: stats.skipped };
};

mkdirSync(results, { recursive: true });
await check('lint', [bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings']);
await check('format', [bin('oxfmt/bin/oxfmt'), '--check', '.']);
await check('types', ['build/types.mjs']);
await check('dead-code', [bin('knip/bin/knip.js')]);
await check('layers', ['build/layers.ts']);
const unitReport = join(results, 'unit.json');
await runner(
  'unit',
  [bin('vitest/vitest.mjs'), 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`],
  {},
  unitReport,
  countVitest,
);
await check('bundle', ['build/bundle.ts']);
const browserMissing = missing.includes('chromium');
if (browserMissing) skip('e2e', 'there is no Chromium on this machine');
else {
  const report = join(results, 'e2e.json');
  await runner('e2e', [bin('@playwright/test/cli.js'), 'test'], { REDOUBT_E2E_REPORT: report }, report, countPlaywright);
}
if (findElectronBinary()) {
  const report = join(results, 'e2e-electron.json');
  await runner(
    'e2e-electron',
    [bin('@playwright/test/cli.js'), 'test'],
    { REDOUBT_E2E_REPORT: report, REDOUBT_E2E_HOST: 'electron' },
    report,
    countPlaywright,
  );
} else skip('e2e-electron', 'there is no Electron binary on this machine, so the desktop window was not tried for real');

console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
