import { spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { join } from 'node:path';
import { hasDisplay } from '../electron/local/browser.ts';
import { bundle } from './bundle.ts';
import { findElectronBinary } from './electron-binary.ts';
import { fetchElectronBinary } from './electron-fetch.ts';

const root = fileURLToPath(new URL('..', import.meta.url));
const say = (line: string) => process.stderr.write(`start: ${line}\n`);
const argv = process.argv.slice(2);
const local = argv.includes('--no-open') || argv.includes('--browser') || argv.includes('--ephemeral');
const passedOn = argv.filter((argument) => argument !== '--browser');

const built = await bundle();
if (built) say('application built');
const electron = local ? null : await electronBinary();
const [program, args] = electron ? [electron, [root, ...passedOn]] : [process.execPath, [join(root, 'out/local/index.js'), ...passedOn]];
const child = spawn(program, args, { stdio: 'inherit' });
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => child.kill(signal));
child.once('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)));

async function electronBinary(): Promise<string | null> {
  if (!hasDisplay()) {
    say('there is no display, so the application is served to a browser on this machine instead of a desktop window');
    return null;
  }
  const found = findElectronBinary() ?? (await fetchElectronBinary());
  if (!found)
    say(
      'no Electron binary here and none can be fetched, so the application opens in a Chromium-family browser (README: "Bring an Electron binary")',
    );
  return found;
}
