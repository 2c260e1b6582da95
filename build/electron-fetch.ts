import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { dirname, join } from 'node:path';
import { findElectronBinary } from './electron-binary.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const failureNote = join(root, 'out', 'electron-fetch-failed');
const limitMs = 180_000;
const dayMs = 24 * 60 * 60_000;

/**
 * Lets the electron package fetch its binary (its own download, its own checksums; mirrors as its documentation says).
 * A failure is remembered for a day so that an offline machine does not wait at every start.
 */
export async function fetchElectronBinary(): Promise<string | null> {
  const installer = join(root, 'node_modules', 'electron', 'install.js');
  if (!existsSync(installer) || failedLately()) return null;
  process.stderr.write('start: fetching the Electron binary, once …\n');
  const status = await new Promise<number>((resolve) => {
    const child = spawn(process.execPath, [installer], { stdio: 'ignore' });
    const timer = setTimeout(() => child.kill(), limitMs);
    child.once('exit', (code) => (clearTimeout(timer), resolve(code ?? 1)));
  });
  const found = status === 0 ? findElectronBinary() : null;
  if (!found) {
    mkdirSync(dirname(failureNote), { recursive: true });
    writeFileSync(failureNote, String(Date.now()));
  }
  return found;
}

function failedLately(): boolean {
  return existsSync(failureNote) && Date.now() - Number(readFileSync(failureNote, 'utf8')) < dayMs;
}
