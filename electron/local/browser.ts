import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdtempSync } from 'node:fs';
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

/** Opens `url` as an application window with a profile of its own. */
export function openBrowser(file: string, url: string): ChildProcess {
  const profile = mkdtempSync(join(tmpdir(), 'redoubt-browser-'));
  const asRoot = process.getuid?.() === 0 ? ['--no-sandbox'] : [];
  return spawn(file, [`--app=${url}`, `--user-data-dir=${profile}`, ...quietFlags, ...asRoot], { stdio: 'ignore' });
}
