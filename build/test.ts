// Every check, and one line at the end that sums them: "N passed, N failed, N skipped". What hinders nothing else runs side by side;
// the output of each comes whole and in the order of this list, that of the first one that is not over as it is written.
import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { findElectronBinary } from './electron-binary.ts';
import { InOrder, type Speaker } from './in-order.ts';
import { speak } from './speak.ts';
import { countPlaywright, countVitest, type Count } from './test-reports.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const results = join(root, 'out', 'test-results');
const bin = (name: string) => join(root, 'node_modules', name);
type Work = (speaker: Speaker) => Promise<Count>;

const missing = (process.env['REDOUBT_MISSING_PROGRAMS'] ?? '').split(',').filter(Boolean);
const only = process.argv.slice(2);
const output = new InOrder((text) => process.stdout.write(text));
const total: Count = { passed: 0, failed: 0, skipped: 0 };
const summary: string[] = [];

/** Notes that there is such a check, here in the order of the output, and returns what runs it. */
function check(name: string, work: Work): () => Promise<void> {
  if (only.length > 0 && !only.includes(name)) return async () => undefined;
  const speaker = output.speaker();
  const line = summary.push('') - 1;
  speaker.say(`\n== ${name}\n`);
  return async () => {
    const startedAt = Date.now();
    const count = await work(speaker).catch((error: unknown): Count => {
      speaker.say(`${String(error)}\n`);
      return { passed: 0, failed: 1, skipped: 0 };
    });
    total.passed += count.passed;
    total.failed += count.failed;
    total.skipped += count.skipped;
    const seconds = ((Date.now() - startedAt) / 1000).toFixed(0);
    summary[line] = `${name}: ${count.passed} passed, ${count.failed} failed, ${count.skipped} skipped (${seconds} s)`;
    speaker.end();
  };
}

const node = (speaker: Speaker, args: readonly string[], env: NodeJS.ProcessEnv = {}) =>
  speak(speaker, process.execPath, args, { cwd: root, env: { ...process.env, ...env } });

/** What either holds or does not. */
function holds(...args: readonly string[]): Work {
  return async (speaker) => {
    const passed = (await node(speaker, args)) === 0;
    return { passed: passed ? 1 : 0, failed: passed ? 0 : 1, skipped: 0 };
  };
}

/** A test runner that writes a report; a runner that dies without one has failed. */
function runner(args: readonly string[], env: NodeJS.ProcessEnv, report: string, count: (report: unknown) => Count): Work {
  return async (speaker) => {
    rmSync(report, { force: true });
    const status = await node(speaker, args, env);
    const counted = existsSync(report) ? count(JSON.parse(readFileSync(report, 'utf8'))) : { passed: 0, failed: 1, skipped: 0 };
    if (status !== 0 && counted.failed === 0) counted.failed = 1;
    if (counted.passed + counted.failed === 0) counted.failed = 1;
    return counted;
  };
}

function skip(reason: string): Work {
  return async (speaker) => {
    speaker.say(`SKIPPED: ${reason}\n`);
    return { passed: 0, failed: 0, skipped: 1 };
  };
}

function playwright(name: string, env: NodeJS.ProcessEnv = {}): Work {
  const report = join(results, `${name}.json`);
  return runner([bin('@playwright/test/cli.js'), 'test'], { REDOUBT_E2E_REPORT: report, ...env }, report, countPlaywright);
}

mkdirSync(results, { recursive: true });
const unitReport = join(results, 'unit.json');
const toUnitReport = ['--reporter=default', '--reporter=json', `--outputFile.json=${unitReport}`];

const lint = check('lint', holds(bin('oxlint/bin/oxlint'), '--type-aware', '--deny-warnings'));
const format = check('format', holds(bin('oxfmt/bin/oxfmt'), '--check', '.'));
const types = check('types', holds('build/types.mjs'));
const deadCode = check('dead-code', holds(bin('knip/bin/knip.js')));
const layers = check('layers', holds('build/layers.ts'));
const unit = check('unit', runner([bin('vitest/vitest.mjs'), 'run', ...toUnitReport], {}, unitReport, countVitest));
const bundle = check('bundle', holds('build/bundle.ts'));
const e2e = check('e2e', missing.includes('chromium') ? skip('there is no Chromium on this machine') : playwright('e2e'));
const e2eElectron = check(
  'e2e-electron',
  findElectronBinary()
    ? playwright('e2e-electron', { REDOUBT_E2E_HOST: 'electron' })
    : skip('there is no Electron binary on this machine, so the desktop window was not tried for real'),
);

/** One after the other. */
async function inTurn(...checks: readonly (() => Promise<void>)[]): Promise<void> {
  for (const each of checks) await each();
}

await Promise.all([unit(), inTurn(lint, format, types, deadCode, layers, bundle)]);
await inTurn(e2e, e2eElectron);

console.log(`\n${summary.join('\n')}\n`);
console.log(`${total.passed} passed, ${total.failed} failed, ${total.skipped} skipped`);
process.exit(total.failed > 0 ? 1 : 0);
