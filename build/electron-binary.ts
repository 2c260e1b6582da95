import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** Where Electron's own package puts the program inside its distribution. */
const programs: Partial<Record<NodeJS.Platform, string>> = {
  linux: 'electron',
  win32: 'electron.exe',
  darwin: 'Electron.app/Contents/MacOS/Electron',
};

const repository = fileURLToPath(new URL('..', import.meta.url));

/**
 * The Electron program to run, or null where there is none: below `ELECTRON_OVERRIDE_DIST_PATH`, else where Electron's
 * package was told to unpack it. Downloads nothing.
 *
 * @param root folder of the repository
 */
export function findElectronBinary(
  root: string = repository,
  environment: NodeJS.ProcessEnv = process.env,
  platform: NodeJS.Platform = process.platform,
): string | null {
  const program = programs[platform];
  if (program === undefined) return null;
  const override = environment['ELECTRON_OVERRIDE_DIST_PATH'];
  const folders = override ? [override] : [join(root, 'node_modules', 'electron', 'dist')];
  return folders.map((folder) => join(folder, program)).find((path) => existsSync(path)) ?? null;
}
