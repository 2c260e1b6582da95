// npm run faults -- SUITE [--rounds N] [--seed S] [--json]: breaks a real vault on purpose, many times, and counts what was lost.
import { parseArgs } from 'node:util';
import { randomInt } from 'node:crypto';
import type { Suite } from './faults/suite.ts';
import { runSuite } from './faults/suite.ts';

const suites: Readonly<Record<string, () => Promise<Suite>>> = {
  kill: async () => (await import('./faults/kill.ts')).killSuite,
  rotation: async () => (await import('./faults/rotation.ts')).rotationSuite,
  migration: async () => (await import('./faults/migration.ts')).migrationSuite,
  'disk-full': async () => (await import('./faults/disk-full.ts')).diskFullSuite,
  flips: async () => (await import('./faults/flips.ts')).flipsSuite,
  wal: async () => (await import('./faults/wal.ts')).walSuite,
  clock: async () => (await import('./faults/clock.ts')).clockSuite,
  drill: async () => (await import('./faults/drill.ts')).drillSuite,
  audit: async () => (await import('./faults/audit.ts')).auditSuite,
};

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: { rounds: { type: 'string' }, seed: { type: 'string' }, json: { type: 'boolean', default: false } },
});
const [name, ...rest] = positionals;
const load = name === undefined ? undefined : suites[name];
const whole = (text: string | undefined) => (text === undefined || /^\d{1,9}$/.test(text) ? Number(text ?? Number.NaN) : null);
const rounds = whole(values.rounds);
const seed = whole(values.seed);
if (!name || !load || rest.length > 0 || rounds === null || seed === null) {
  console.error(`Usage: npm run faults -- <${Object.keys(suites).join('|')}> [--rounds N] [--seed S] [--json]`);
  process.exit(2);
}
const result = await runSuite(name, await load(), {
  ...(Number.isNaN(rounds) ? {} : { rounds }),
  seed: Number.isNaN(seed) ? randomInt(1_000_000) : seed,
  progress: (line) => process.stderr.write(`${line}\n`),
});
if (values.json) process.stdout.write(`${JSON.stringify(result)}\n`);
else {
  for (const failure of result.failures) console.log(`round ${failure.round}: ${failure.message}`);
  console.log(`${result.suite}: ${result.rounds} rounds, ${result.failures.length} failures, seed ${result.seed}, ${result.seconds} s`);
  console.log(JSON.stringify(result.figures, null, 2));
}
process.exit(result.failures.length > 0 ? 1 : 0);
