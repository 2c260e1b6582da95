import { existsSync, realpathSync } from 'node:fs';
import { join } from 'node:path';

/** What the documents process reads beside the bytes it is handed: its code, its libraries with their data files, fonts. */
const readable = ['package.json', 'electron', 'out', 'resources', 'node_modules'];

/**
 * Node's permission model for the documents process: it reads the application's own files and nothing else (no vault,
 * no home folder), writes nothing and starts no process, also where a parser is taken over by hostile bytes. Worker
 * threads inherit it. Add-ons are allowed for the canvas; they are ours and are not held by these limits.
 */
export function documentsExecArgv(applicationFolder: string): string[] {
  const folders = readable.map((name) => join(applicationFolder, name)).filter((path) => existsSync(path));
  // A linked folder is read under its real path.
  const paths = new Set(folders.flatMap((path) => [path, realpathSync(path)]));
  return ['--permission', ...[...paths].map((path) => `--allow-fs-read=${path}`), '--allow-worker', '--allow-addons'];
}
