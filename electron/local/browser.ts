import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { delimiter, join } from 'node:path';

const names = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'microsoft-edge', 'brave-browser'];
const places: Partial<Record<NodeJS.Platform, readonly string[]>> = {
  darwin: [
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
  ],
};

/** Can a window be shown here at all? */
export function hasDisplay(): boolean {
  return process.platform !== 'linux' || Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);
}

/** A Chromium-family browser of this machine, or null. */
export function findBrowser(): string | null {
  const folders = (process.env['PATH'] ?? '').split(delimiter);
  const onPath = names.flatMap((name) => folders.map((folder) => join(folder, name)));
  return [...(places[process.platform] ?? []), ...onPath].find((file) => existsSync(file)) ?? null;
}

/** Keeps a browser that we open from talking to its maker. */
export const quietFlags: readonly string[] = [
  '--no-first-run',
  '--no-default-browser-check',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
  '--disable-quic',
];

/** Opens `url` as an application window with a profile of its own, which is removed with it: it may hold what was on the screen. */
export function openBrowser(file: string, url: string): ChildProcess {
  const profile = mkdtempSync(join(tmpdir(), 'redoubt-browser-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  const browser = spawn(file, [`--app=${url}`, `--user-data-dir=${profile}`, ...quietFlags, ...asRoot], { stdio: 'ignore' });
  const remove = () => {
    try {
      rmSync(profile, { recursive: true, force: true, maxRetries: 5 });
    } catch {
      // A straggler of the browser still writes there; the system's own cleaning of temporary files takes it.
    }
  };
  // The window does not outlive Redoubt, however that ends.
  const end = () => {
    browser.kill();
    remove();
  };
  process.on('exit', end);
  browser.once('exit', () => {
    process.off('exit', end);
    remove();
  });
  return browser;
}
