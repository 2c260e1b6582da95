import { run } from './run.ts';

const abort = new AbortController();
process.once('SIGINT', () => abort.abort());
process.once('SIGTERM', () => abort.abort());

const { stdout, stderr, exit } = await run(process.argv.slice(2), abort.signal, (line) => process.stderr.write(`${line}\n`));
process.stderr.write(stderr);
process.exitCode = exit;
// A pipe takes its time; the process ends when everything is written.
process.stdout.write(stdout, () => process.exit(exit));
