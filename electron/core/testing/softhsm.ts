import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { tokenModules } from '../../local/token-modules.ts';
import { temporaryFolder } from './folder.ts';

/** SoftHSM's library where it is installed, with its tool. */
export const softhsmModule = tokenModules({}).find((path) => path.includes('softhsm')) ?? null;

export type SoftToken = {
  readonly module: string;
  readonly conf: string;
  readonly pin: string;
  readonly label: string;
  readonly folder: string;
};

/** A fresh SoftHSM token in a temporary folder. `SOFTHSM2_CONF` of this process points at it from now on. */
export function newSoftToken(label = "Ada's card"): SoftToken {
  if (softhsmModule === null) throw new Error('SoftHSM is not installed');
  const folder = temporaryFolder();
  const tokens = join(folder, 'tokens');
  mkdirSync(tokens);
  const conf = join(folder, 'softhsm2.conf');
  writeFileSync(conf, `directories.tokendir = ${tokens}\nobjectstore.backend = file\nlog.level = ERROR\n`);
  process.env['SOFTHSM2_CONF'] = conf;
  const pin = '246810';
  run('softhsm2-util', ['--init-token', '--free', '--label', label, '--so-pin', '12345678', '--pin', pin], conf);
  return { module: softhsmModule, conf, pin, label, folder };
}

/** The token and its keys are gone, as if it was pulled out for good. */
export function removeSoftToken({ conf, label }: SoftToken): void {
  run('softhsm2-util', ['--delete-token', '--token', label], conf);
}

function run(program: string, args: readonly string[], conf: string): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8', env: { ...process.env, SOFTHSM2_CONF: conf } });
  if (status !== 0) throw new Error(`${program} ${args[0] ?? ''}: ${stderr}`);
}

/** Says so where a test that needs SoftHSM cannot run. */
export function softhsmMissing(): boolean {
  const missing = softhsmModule === null || !['/usr/bin/softhsm2-util', '/usr/local/bin/softhsm2-util'].some((path) => existsSync(path));
  if (missing) process.stderr.write('SKIPPED: SoftHSM is not installed (package softhsm2); the tests of security tokens do not run.\n');
  return missing;
}
