import { existsSync, statfsSync } from 'node:fs';
import { availableParallelism, freemem, totalmem } from 'node:os';
import { dirname, join } from 'node:path';
import { findBrowser } from '../../local/browser.ts';
import { Host } from '../../local/host.ts';
import { connectClient } from '../../local/client.ts';
import { applicationFolder, applicationVersion, defaultVaultFolder } from '../../local/places.ts';
import { WorkerHost } from '../../local/worker-host.ts';
import type { EngineProtocol } from '../../core/inference/engine.protocol.ts';
import { toErrorShape } from '../../core/errors.ts';
import type { Command } from '../command.ts';

type Check = { name: string; ok: boolean; detail: string };

/** Runs one check; what it throws is its result. */
async function check(name: string, work: () => Promise<string> | string): Promise<Check> {
  try {
    return { name, ok: true, detail: await work() };
  } catch (error) {
    const { code, message } = toErrorShape(error);
    return { name, ok: false, detail: code === 'internal/bug' && error instanceof Error ? error.message : message };
  }
}

const gigabytes = (bytes: number) => `${(bytes / 1024 ** 3).toFixed(1)} GiB`;

function need(file: string): string {
  const path = join(applicationFolder(), file);
  if (!existsSync(path)) throw new Error(`${file} is missing from this installation`);
  return file;
}

/** The three processes come up, a throw-away vault is made and locked again. */
async function tryProcesses(): Promise<string> {
  const host = new Host({ host: 'cli', onLog: () => undefined });
  const startedAt = performance.now();
  try {
    await host.start();
    const ready = performance.now() - startedAt;
    const { client } = connectClient(host);
    await client.vault.create({ userName: 'doctor', displayName: 'doctor', password: crypto.randomUUID() });
    const { ok, size } = await client.audit.verify();
    if (!ok) throw new Error('the audit log of a new vault does not verify');
    return `core ready in ${ready.toFixed(0)} ms; vault made, ${size} audit leaves verified`;
  } finally {
    await host.stop();
  }
}

async function tryEngine(): Promise<string> {
  const worker = new WorkerHost<EngineProtocol>('inference');
  try {
    await worker.start();
    const { gpus, gpuFailures, backend, release } = await worker.link.call('status', {});
    const tried = gpuFailures.length > 0 ? `; tried without success: ${gpuFailures.join('; ')}` : '';
    const loop = backend.name === 'native' ? 'native loop' : `slower fallback loop (${backend.whyNotNative ?? 'chosen'})`;
    return `llama.cpp ${release}, ${loop}, ${gpus.length > 0 ? gpus.join(', ') : 'CPU only'}${tried}`;
  } finally {
    await worker.stop();
  }
}

function freeDisk(): string {
  let folder = defaultVaultFolder();
  while (!existsSync(folder)) folder = dirname(folder);
  const { bavail, bsize } = statfsSync(folder);
  const free = bavail * bsize;
  if (free < 1024 ** 3) throw new Error(`only ${gigabytes(free)} free where the vault lies`);
  return `${gigabytes(free)} free where the vault lies`;
}

export const doctor: Command = {
  area: 'doctor',
  verb: '',
  usage: '',
  summary: 'Check this installation: processes, vault, engine, language data, memory, disk, browser.',
  positionals: [0, 0],
  async run() {
    const checks = [
      await check(
        'application',
        () => `Redoubt ${applicationVersion()} on Node ${process.versions.node}, ${process.platform}-${process.arch}`,
      ),
      await check('memory', () => `${availableParallelism()} cores, ${gigabytes(freemem())} of ${gigabytes(totalmem())} free`),
      await check('disk', freeDisk),
      await check('vault', () =>
        existsSync(join(defaultVaultFolder(), 'vault.json')) ? 'a vault is there' : 'no vault yet; the first start makes one',
      ),
      await check('processes', tryProcesses),
      await check('engine', tryEngine),
      await check('language data', () =>
        ['eng', 'chi_sim'].map((language) => need(`node_modules/@tesseract.js-data/${language}`) && language).join(', '),
      ),
      await check('samples', () => need('resources/samples/samples.json')),
      await check('demonstration model', () => need('resources/models/redoubt-demonstration.gguf')),
      await check('browser', () => findBrowser() ?? 'none of the Chromium family found; open the printed address by hand'),
    ];
    const ok = checks.every((each) => each.ok);
    const text = checks.map((each) => `${each.ok ? 'ok    ' : 'FAILED'}  ${each.name}: ${each.detail}`).join('\n');
    return { json: { ok, checks }, text, exit: ok ? 0 : 1 };
  },
};
