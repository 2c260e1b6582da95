import { join } from 'node:path';
import { parseArgs } from 'node:util';
import {
  app,
  BrowserWindow,
  dialog,
  ipcMain,
  Menu,
  MessageChannelMain,
  nativeTheme,
  powerMonitor,
  protocol,
  safeStorage,
  screen,
  session,
  utilityProcess,
} from 'electron';
import type { CoreOptions } from '../core/core-options.ts';
import { anchorFolder, defaultVaultFolder } from '../local/places.ts';
import { tokenModules } from '../local/token-modules.ts';
import { noCoreDump } from '../processes/no-core-dump.ts';
import { childEnvironment } from './child-environment.ts';
import { logChildLine } from './child-lines.ts';
import { runDesktop } from './desktop.ts';
import type { ElectronParts } from './electron-parts.ts';
import { keychainAvailable } from './keychain.ts';
import { openLog } from './log.ts';
import { startUtility } from './utility-adapter.ts';

/* Bundled to out/main/index.js; beside it lie out/preload, out/renderer and out/processes. */
const out = join(import.meta.dirname, '..');

const electron: ElectronParts = {
  app,
  protocol,
  ipcMain,
  nativeTheme,
  dialog,
  powerMonitor: () => powerMonitor,
  safeStorage,
  setMenu: (template) => Menu.setApplicationMenu(Menu.buildFromTemplate(template)),
  workAreas: () => screen.getAllDisplays().map(({ workArea }) => workArea),
  session: () => session.defaultSession,
  createWindow: (options) => new BrowserWindow(options),
  createChannel: () => new MessageChannelMain(),
  fork: (entry, args, options) => utilityProcess.fork(entry, args, options),
};

noCoreDump();

/** `--vault <folder>` opens another vault; everything else on the command line is Electron's own. */
const { values } = parseArgs({ args: process.argv, options: { vault: { type: 'string' } }, strict: false, allowPositionals: true });

const coreOptions: CoreOptions = {
  version: app.getVersion(),
  host: 'desktop',
  vaultFolder: typeof values.vault === 'string' ? values.vault : defaultVaultFolder(),
  ephemeral: false,
  anchorFolder: anchorFolder(),
  tokenModules: tokenModules(),
  resources: app.isPackaged ? join(process.resourcesPath, 'resources') : join(app.getAppPath(), 'resources'),
};

const log = openLog(join(app.getPath('userData'), 'logs', 'redoubt.log'), app.getAppPath());
process.on('uncaughtException', (error) => log.error('unexpected error in main', error));
process.on('unhandledRejection', (error) => log.error('unexpected rejection in main', error));

// Not awaited: Electron becomes ready only after this module has been evaluated.
runDesktop({
  electron,
  pageRoot: join(out, 'renderer'),
  preload: join(out, 'preload', 'index.cjs'),
  platform: process.platform,
  log,
  startChild: startUtility({
    app,
    fork: electron.fork,
    entry: (name) => join(out, 'processes', `${name}.js`),
    args: () => [],
    // Asked when a process starts: before the application is ready the system's keychain cannot be asked.
    env: (name) => childEnvironment(name, { ...coreOptions, keychain: keychainAvailable(safeStorage, process.platform) }),
    onLine: (name, stream, line) => logChildLine(log, name, stream, line),
  }),
}).catch((error: unknown) => {
  log.error('Redoubt could not start', error);
  dialog.showErrorBox('Redoubt', 'Redoubt could not start. Nothing was changed. The log file says why.');
  app.exit(1);
});
