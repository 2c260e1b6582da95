// npm run bench -- AREA [--json] [options of the area]: medians and 95th percentiles of several runs. No test depends on them.
import { cpus, totalmem } from 'node:os';

/** Gets what stands after the area on the command line. */
type Bench = (options: readonly string[]) => Promise<Record<string, unknown>>;
const areas: Readonly<Record<string, () => Promise<Bench>>> = {
  start: async () => (await import('./bench/start.ts')).bench,
  response: async () => (await import('./bench/response.ts')).bench,
  documents: async () => (await import('./bench/documents.ts')).documentsBench,
  audit: async () => (await import('./bench/audit.ts')).auditBench,
  vault: async () => (await import('./bench/vault.ts')).vaultBench,
  engine: async () => (await import('./bench/engine.ts')).engineBench,
  inference: async () => (await import('./bench/inference.ts')).inferenceBench,
};

const [area, ...options] = process.argv.slice(2);
const load = area === undefined ? undefined : areas[area];
if (!area || !load) {
  console.error(`Usage: npm run bench -- <${Object.keys(areas).join('|')}> [--json]`);
  process.exit(2);
}
const figures = await (await load())(options);
const machine = {
  cpu: cpus()[0]?.model ?? 'unknown',
  cores: cpus().length,
  memoryGiB: Math.round(totalmem() / 1024 ** 3),
  node: process.versions.node,
};
if (options.includes('--json')) process.stdout.write(`${JSON.stringify({ area, machine, figures })}\n`);
else console.log(`${area} on ${machine.cores} × ${machine.cpu}\n${JSON.stringify(figures, null, 2)}`);
process.exit(0);
