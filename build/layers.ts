// Checks the one-way rule, and that the check itself works: violations planted in a copy must be caught.
import { spawnSync } from 'node:child_process';
import { cpSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';

const root = fileURLToPath(new URL('..', import.meta.url));
const folders = ['electron', 'renderer', 'verifier', 'build', 'e2e'];
const planted: readonly [file: string, code: string, rule: string][] = [
  ['electron/core/contract/planted.ts', "export { AppError } from '../errors.ts';\n", 'contract-stands-alone'],
  ['electron/core/planted.ts', "export { Host } from '../local/host.ts';\n", 'core-knows-no-host'],
  ['renderer/planted.ts', "export { AppError } from '../electron/core/errors.ts';\n", 'page-sees-the-contract-only'],
  ['electron/core/reports/verify/planted.ts', "export { createHash } from 'node:crypto';\n", 'checks-run-in-a-browser'],
  [
    'verifier/planted.ts',
    "export { writeReportFiles } from '../electron/core/reports/report-files.ts';\n",
    'verifier-sees-the-checks-only',
  ],
  ['electron/processes/documents-planted.ts', "export { Vault } from '../core/vault/vault.ts';\n", 'workers-without-vault'],
];

type Violation = { rule: { name: string }; from: string; to: string };
type Outcome = { modules: number; violations: Violation[] };

function cruise(folder: string): Outcome {
  const depcruise = join(root, 'node_modules', 'dependency-cruiser', 'bin', 'dependency-cruiser.mjs');
  const { stdout, stderr } = spawnSync(
    process.execPath,
    [depcruise, ...folders, '--config', '.dependency-cruiser.mjs', '--output-type', 'json'],
    {
      cwd: folder,
      encoding: 'utf8',
      maxBuffer: 1 << 30,
    },
  );
  if (!stdout.startsWith('{')) throw new Error(`dependency-cruiser did not run: ${stderr}`);
  const { summary, modules } = JSON.parse(stdout) as { summary: { violations: Violation[] }; modules: unknown[] };
  return { modules: modules.length, violations: summary.violations };
}

function withPlantedViolations(): string[] {
  const copy = mkdtempSync(join(tmpdir(), 'redoubt-layers-'));
  try {
    for (const name of [...folders, '.dependency-cruiser.mjs', 'package.json', 'tsconfig.base.json', 'tsconfig.json'])
      cpSync(join(root, name), join(copy, name), { recursive: true });
    symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
    for (const [file, code] of planted) writeFileSync(join(copy, file), code);
    const { violations } = cruise(copy);
    return planted
      .filter(([file, , rule]) => !violations.some((found) => found.from === file && found.rule.name === rule))
      .map(([file, , rule]) => `${rule} (${file})`);
  } finally {
    rmSync(copy, { recursive: true, force: true });
  }
}

const { modules, violations } = cruise(root);
for (const { rule, from, to } of violations) console.error(`layers: ${rule.name}: ${from} -> ${to}`);
if (modules < 100) console.error(`layers: only ${modules} modules were seen, so the check proves nothing`);
const missed = withPlantedViolations();
for (const name of missed) console.error(`layers: the planted violation was not caught: ${name}`);
if (violations.length > 0 || modules < 100 || missed.length > 0) process.exit(1);
console.log(`layers: ${modules} modules, no violation; ${planted.length} planted violations caught`);
