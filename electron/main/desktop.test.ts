import { EventEmitter } from 'node:events';
import { existsSync, mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { MenuItemConstructorOptions } from 'electron';
import { expect, test } from 'vitest';
import type { Child } from '../core/supervision/child.ts';
import type { ChildName, FromChild, ToChild } from '../core/supervision/messages.ts';
import { runDesktop } from './desktop.ts';
import { allowed, electronDouble, type ElectronDouble } from './testing/electron-double.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

/** A supervised process that is ready at once and ends when told to. */
class ProcessDouble extends EventEmitter implements Child {
  readonly pid = 4711;
  readonly name: ChildName;
  readonly received: { message: ToChild; ports: readonly unknown[] }[] = [];
  constructor(name: ChildName) {
    super();
    this.name = name;
    queueMicrotask(() => this.emit('message', { type: 'ready' }));
  }
  post(message: ToChild, ports: readonly unknown[] = []): void {
    this.received.push({ message, ports });
    if (message.type === 'stop') queueMicrotask(() => this.emit('exit', 'code 0'));
  }
  onMessage = (listener: (message: FromChild) => void) => void this.on('message', listener);
  onExit = (listener: (reason: string) => void) => void this.on('exit', listener);
  kill = () => void this.emit('exit', 'signal SIGKILL');
  /** What it was told of one kind. */
  told(type: ToChild['type']) {
    return this.received.filter(({ message }) => message.type === type);
  }
}

async function desktop(prepare: (electron: ElectronDouble) => void = () => undefined) {
  const electron = electronDouble(mkdtempSync(join(tmpdir(), 'desktop-')));
  prepare(electron);
  const processes: ProcessDouble[] = [];
  const lines: string[] = [];
  const log = {
    info: (text: string) => void lines.push(text),
    warn: (text: string) => void lines.push(text),
    error: (text: string) => void lines.push(text),
  };
  await runDesktop({
    electron: electron.parts,
    pageRoot: '/out/renderer',
    preload: '/out/preload/index.cjs',
    platform: 'linux',
    log,
    startChild: (name) => {
      const child = new ProcessDouble(name);
      processes.push(child);
      return child;
    },
  });
  const core = () => processes.filter(({ name }) => name === 'core').at(-1) as ProcessDouble;
  const [window] = electron.windows;
  return { electron, processes, core, window, lines };
}

test('opens one hardened window that shows itself when it has something to show', async () => {
  const { electron, window } = await desktop();
  expect(electron.schemes).toEqual([
    { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true, codeCache: true } },
  ]);
  expect(window?.options).toEqual({
    x: 240,
    y: 70,
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 640,
    title: 'Redoubt',
    show: false,
    backgroundColor: '#eff1f0',
    webPreferences: {
      preload: '/out/preload/index.cjs',
      sandbox: true,
      contextIsolation: true,
      nodeIntegration: false,
      nodeIntegrationInWorker: false,
      nodeIntegrationInSubFrames: false,
      webSecurity: true,
      allowRunningInsecureContent: false,
      experimentalFeatures: false,
      webviewTag: false,
      plugins: false,
      spellcheck: false,
      navigateOnDragDrop: false,
      enableWebSQL: false,
      safeDialogs: true,
      devTools: false,
    },
  });
  expect(window?.calls).toEqual(['load app://redoubt/']);
  window?.emit('ready-to-show');
  expect(window?.calls).toEqual(['load app://redoubt/', 'show']);
  expect(window?.webContents.openHandler).not.toBeNull();
  expect(electron.session.responder).not.toBeNull();
});

test('a second start ends and brings the first window to the front', async () => {
  const second = await desktop((electron) => (electron.app.firstInstance = false));
  expect({ quits: second.electron.app.quits, windows: second.electron.windows, processes: second.processes }).toEqual({
    quits: 1,
    windows: [],
    processes: [],
  });
  const { electron, window } = await desktop();
  if (window) window.minimized = true;
  electron.app.emit('second-instance');
  expect(window?.calls.slice(1)).toEqual(['restore', 'show', 'focus']);
  expect(electron.windows).toHaveLength(1);
});

test('hands the page one end of a channel and core the other, and closes it with the page', async () => {
  const { electron, core, processes, window } = await desktop();
  const contents = window?.webContents;
  if (!contents) throw new Error('no window');
  // Core has a channel of its own to each worker; main is not on the way there either.
  await expect.poll(() => core().told('peer/up').length).toBe(2);
  const workers = processes.filter(({ name }) => name !== 'core');
  const ends = [...core().told('peer/up'), ...workers.flatMap((worker) => worker.told('core/up'))].map(({ ports }) => ports[0]);
  expect(new Set(ends).size).toBe(4);
  expect(new Set(ends)).toEqual(new Set(electron.channels.flatMap(({ port1, port2 }) => [port1, port2])));
  const request = () => electron.ipcMain.receive('redoubt:request-port', contents.trustedEvent());
  await request();
  await expect.poll(() => contents.posted.length).toBe(1);
  const [first] = core().told('client/open');
  const clientId = first?.message.type === 'client/open' ? first.message.clientId : '';
  expect(first).toEqual({ message: { type: 'client/open', clientId, paths: true }, ports: [electron.channels[2]?.port1] });
  expect(contents.posted).toEqual([{ channel: 'redoubt:port', message: null, ports: [electron.channels[2]?.port2] }]);

  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: true });
  expect(core().told('client/close')).toEqual([]);
  contents.emit('did-start-navigation', { isMainFrame: true, isSameDocument: false });
  expect(
    core()
      .told('client/close')
      .map(({ message }) => message),
  ).toEqual([{ type: 'client/close', clientId }]);

  await electron.ipcMain.receive('redoubt:request-port', {
    sender: contents,
    senderFrame: { origin: 'https://example.org', parent: null },
  });
  expect(electron.channels).toHaveLength(3);
});

test('after a crash of core the page is told and gets a channel to the new core', async () => {
  const { electron, core, window } = await desktop();
  const contents = window?.webContents;
  if (!contents) throw new Error('no window');
  await expect.poll(() => core().told('processes').length).toBeGreaterThan(0);
  const crashed = core();
  crashed.emit('exit', 'signal SIGKILL');
  expect(contents.sent).toEqual([{ channel: 'redoubt:core-down', args: ['signal SIGKILL'] }]);
  await electron.ipcMain.receive('redoubt:request-port', contents.trustedEvent());
  await electron.ipcMain.receive('redoubt:request-port', contents.trustedEvent());
  await expect.poll(() => contents.posted.length).toBe(1);
  expect(core()).not.toBe(crashed);
  expect(core().told('client/open')).toHaveLength(1);
});

test('waits once for the processes before it ends', async () => {
  const { electron, processes, window } = await desktop();
  await expect.poll(() => processes.length).toBe(3);
  window?.close();
  electron.app.emit('window-all-closed');
  expect(electron.app.quits).toBe(1);
  const quit = () => allowed((event) => electron.app.emit('will-quit', event));
  expect([quit(), quit()]).toEqual([false, false]);
  expect(electron.app.exits).toEqual([]);
  await expect.poll(() => electron.app.exits).toEqual([0]);
  expect(processes.map((child) => child.told('stop').length)).toEqual([1, 1, 1]);
});

test('locks when the machine sleeps, its screen is locked or another user comes to the front, and ends when it shuts down', async () => {
  const { electron, core } = await desktop();
  electron.power.emit('suspend');
  electron.power.emit('lock-screen');
  electron.power.emit('user-did-resign-active');
  expect(
    core()
      .told('lock')
      .map(({ message }) => message),
  ).toEqual([
    { type: 'lock', reason: 'suspend' },
    { type: 'lock', reason: 'screen' },
    { type: 'lock', reason: 'user-switch' },
  ]);
  // No event tells it on Linux; it is asked, and one locking locks once.
  electron.power.idleState = 'locked';
  await expect.poll(() => core().told('lock').length, { timeout: 20_000 }).toBe(4);
  electron.power.emit('shutdown');
  expect(electron.app.quits).toBe(1);
});

test('remembers where the window was and what the person chose', async () => {
  let folder = '';
  const { electron, window } = await desktop((double) => {
    folder = double.app.userData;
    writeWindowState(join(folder, 'window.json'), {
      bounds: { x: 10, y: 20, width: 1100, height: 700 },
      maximized: true,
      language: 'zh-CN',
      scheme: 'dark',
    });
  });
  expect({ ...window?.bounds, maximized: window?.maximized }).toEqual({ x: 10, y: 20, width: 1100, height: 700, maximized: true });
  expect(electron.nativeTheme.themeSource).toBe('dark');
  expect(electron.menus.at(-1)?.[0]?.label).toBe('文件');
  if (!window) throw new Error('no window');
  await electron.ipcMain.receive('redoubt:preferences', window.webContents.trustedEvent(), { language: 'en', scheme: 'light' });
  await electron.ipcMain.receive('redoubt:preferences', window.webContents.trustedEvent(), { language: '../..', scheme: 1 });
  window.maximized = false;
  window.bounds = { x: 50, y: 60, width: 1000, height: 800 };
  window.close();
  expect(readWindowState(join(folder, 'window.json'))).toEqual({
    bounds: { x: 50, y: 60, width: 1000, height: 800 },
    maximized: false,
    language: 'en',
    scheme: 'light',
  });
  expect(electron.menus.at(-1)?.[0]?.label).toBe('File');
  expect(existsSync(join(folder, 'window.json.new'))).toBe(false);
});

test('follows the system between light and dark', async () => {
  const { electron, window } = await desktop();
  electron.nativeTheme.shouldUseDarkColors = true;
  electron.nativeTheme.emit('updated');
  expect(window?.background).toBe('#141918');
});

test('the native menu speaks the language of the system and sends its commands to the page', async () => {
  const { electron, window } = await desktop((double) => (double.app.locale = 'zh-CN'));
  const template = electron.menus.at(-1) ?? [];
  const items = template.flatMap(({ submenu }) => (submenu as MenuItemConstructorOptions[]).filter(({ type }) => type !== 'separator'));
  expect(items.every(({ label }) => /[一-鿿]/.test(label ?? ''))).toBe(true);
  const accelerators = items.flatMap(({ accelerator }) => accelerator ?? []);
  expect(new Set(accelerators).size).toBe(accelerators.length);
  for (const item of items) (item.click as (() => void) | undefined)?.();
  expect(window?.webContents.sent.map(({ args }) => args[0])).toEqual([
    'import',
    'import-model',
    'view:settings',
    'lock',
    'palette',
    'view:documents',
    'view:flows',
    'view:runs',
    'view:assistant',
    'view:models',
    'view:monitor',
    'view:audit',
    'view:cases',
  ]);
});

test('the native dialog gives paths, or nothing when it was cancelled', async () => {
  const { electron, window } = await desktop();
  if (!window) throw new Error('no window');
  const ask = (kind?: string) => electron.ipcMain.receive('redoubt:open-files', window.webContents.trustedEvent(), kind);
  expect(await ask()).toEqual([]);
  electron.dialogAnswer = { canceled: false, filePaths: ['/a.pdf', '/b.png'] };
  expect(await ask()).toEqual(['/a.pdf', '/b.png']);
  expect(electron.dialogOptions?.properties).toEqual(['openFile', 'multiSelections']);
  await ask('model');
  expect(electron.dialogOptions?.filters?.[0]?.extensions).toEqual(['gguf']);
  await expect(ask('anything')).rejects.toThrow();
});

test('a page that crashed is loaded again', async () => {
  const { window, lines } = await desktop();
  window?.webContents.emit('render-process-gone', {}, { reason: 'crashed' });
  expect({ reloads: window?.webContents.reloads, lines }).toEqual({ reloads: 1, lines: ["the page's process ended: crashed"] });
});
