import { existsSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import type { EngineAddon } from './engine-addon.ts';

/**
 * Loads the addon and opens the shipped llama.cpp of `gpu` with it: the same files that node-llama-cpp has open. Throws with the
 * reason, for people, why that cannot be.
 */
export function openAddon(gpu: string): EngineAddon {
  const file = addonFile();
  if (file === null) throw new Error(whyNotBuilt());
  const require = createRequire(import.meta.url);
  const addon = require(file) as EngineAddon;
  addon.open({ folder: libraryFolder(require.resolve('node-llama-cpp'), gpu) });
  if (!addon.devices().some(({ kind }) => kind === 'cpu')) throw new Error('its library found no processor backend');
  return addon;
}

/** In a package it lies beside the archive, otherwise where the set-up built it. */
function places(): string[] {
  const { resourcesPath } = process as { resourcesPath?: string };
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json')) && dirname(folder) !== folder) folder = dirname(folder);
  return [join(folder, 'out', 'native'), ...(resourcesPath === undefined ? [] : [join(resourcesPath, 'native')])];
}

function addonFile(): string | null {
  return (
    places()
      .map((folder) => join(folder, 'redoubt-engine.node'))
      .find((file) => existsSync(file)) ?? null
  );
}

/** What the set-up noted when it could not build the addon. */
function whyNotBuilt(): string {
  for (const folder of places()) {
    try {
      const { reason } = JSON.parse(readFileSync(join(folder, 'redoubt-engine.json'), 'utf8')) as { reason?: string };
      if (reason) return `not built: ${reason}`;
    } catch {
      // Not there.
    }
  }
  return 'not built: install a C++ compiler and run "npm run setup"';
}

/** The folder of the binaries that node-llama-cpp takes for `gpu`. */
function libraryFolder(nodeLlamaCpp: string, gpu: string): string {
  const platform = process.platform === 'win32' ? 'win' : process.platform === 'darwin' ? 'mac' : process.platform;
  const arch = process.arch === 'arm' ? 'armv7l' : process.arch;
  const name = [platform, arch, ...(gpu === 'cpu' ? [] : [gpu])].join('-');
  const main = createRequire(nodeLlamaCpp).resolve(`@node-llama-cpp/${name}`);
  // The system's loader cannot look into an archive.
  return join(dirname(main), '..', 'bins', name).replace(/([\\/]app\.asar)([\\/])/, '$1.unpacked$2');
}
