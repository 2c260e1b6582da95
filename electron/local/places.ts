import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The application's own folder: the one that holds `package.json`, above the sources or the bundle. */
export function applicationFolder(): string {
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, 'package.json'))) folder = dirname(folder);
  return folder;
}

export function applicationVersion(): string {
  return (JSON.parse(readFileSync(join(applicationFolder(), 'package.json'), 'utf8')) as { version: string }).version;
}

/**
 * Where the second mark of each vault's freshness lies: a folder of this machine's state, which is not copied or put back
 * together with a vault.
 */
export function anchorFolder(): string {
  if (process.platform === 'win32') return join(process.env['LOCALAPPDATA'] ?? join(homedir(), 'AppData', 'Local'), 'Redoubt', 'anchors');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Redoubt', 'anchors');
  return join(process.env['XDG_STATE_HOME'] ?? join(homedir(), '.local', 'state'), 'redoubt', 'anchors');
}

/** Where a person's vault lies unless another folder is named. */
export function defaultVaultFolder(): string {
  if (process.platform === 'win32') return join(process.env['APPDATA'] ?? join(homedir(), 'AppData', 'Roaming'), 'Redoubt', 'vault');
  if (process.platform === 'darwin') return join(homedir(), 'Library', 'Application Support', 'Redoubt', 'vault');
  return join(process.env['XDG_DATA_HOME'] ?? join(homedir(), '.local', 'share'), 'redoubt', 'vault');
}
