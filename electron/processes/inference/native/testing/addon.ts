import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import type { EngineAddon, EngineError } from '../engine-addon.ts';

const root = join(import.meta.dirname, '..', '..', '..', '..', '..');
/** `REDOUBT_ENGINE_ADDON` names another build, for example one with sanitizers. */
const file = process.env['REDOUBT_ENGINE_ADDON'] ?? join(root, 'out', 'native', 'redoubt-engine.node');

/** Where the shipped processor-only libraries of this machine are. */
export const libraryFolder = [`${process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : 'linux'}-${process.arch}`]
  .flatMap((name) => [name, `${name}-metal`])
  .map((name) => join(root, 'node_modules', '@node-llama-cpp', name, 'bins', name))
  .find((folder) => existsSync(folder));

/** The addon with its library open, or null where it is not built. */
export function testAddon(): EngineAddon | null {
  if (!existsSync(file) || libraryFolder === undefined) {
    process.stderr.write('The native engine is not built (node build/engine-addon.mjs): its tests are SKIPPED.\n');
    return null;
  }
  const addon = createRequire(import.meta.url)(file) as EngineAddon;
  addon.open({ folder: libraryFolder });
  return addon;
}

export const addonFile = file;

/** The code of what a call throws or a promise is rejected with; fails where nothing is. */
export async function codeOf(call: () => unknown): Promise<string> {
  try {
    await call();
  } catch (error) {
    return (error as EngineError).code;
  }
  throw new Error('nothing was thrown');
}
