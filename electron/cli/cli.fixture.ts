import { onTestFinished, vi } from 'vitest';
import type { Json } from '../core/contract/base.ts';
import { floorCost } from '../core/vault/kdf.ts';
import { connectClient } from '../local/client.ts';
import { Host } from '../local/host.ts';
import { anchorFolder } from '../local/places.ts';
import { defaultUser } from './open-vault.ts';
import { run } from './run.ts';

export type Answer = { readonly status: number; readonly json: Json };

/** Runs a command line under `--json` with this environment, with the real processes, but in this one's thread. */
export async function redoubt(args: readonly string[], env: Readonly<Record<string, string>>): Promise<Answer> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  try {
    const { stdout, exit } = await run([...args, '--json'], new AbortController().signal, () => undefined);
    return { status: exit, json: JSON.parse(stdout || 'null') as Json };
  } finally {
    vi.unstubAllEnvs();
  }
}

/**
 * What `redoubt vault create` makes, but a vault whose password costs as little as may be: commands that open it do so in a fraction of
 * the time. `env` as for `redoubt`.
 */
export async function cheapVault(vaultFolder: string, password: string, env: Readonly<Record<string, string>> = {}): Promise<void> {
  for (const [name, value] of Object.entries(env)) vi.stubEnv(name, value);
  const host = new Host({ host: 'cli', vaultFolder, anchorFolder: anchorFolder(), kdfCost: floorCost, onLog: () => undefined });
  vi.unstubAllEnvs();
  onTestFinished(() => host.stop());
  await host.start();
  await connectClient(host).client.vault.create({ userName: defaultUser, displayName: defaultUser, password });
  await host.stop();
}
