import { join } from 'node:path';
import { Application } from '../core/supervision/application.ts';
import type { StartChild } from '../core/supervision/child.ts';
import { Appearance } from './appearance.ts';
import { bridgeChannels } from '../preload/channels.ts';
import { serveBridge } from './bridge-ipc.ts';
import type { ContentsPart, ElectronParts, WindowPart } from './electron-parts.ts';
import { answerKeychain } from './keychain.ts';
import { followPower, quitDrained } from './lifecycle.ts';
import { forbidNetwork, lockContents, lockSession } from './lockdown.ts';
import type { Log } from './log.ts';
import { pageSchemePrivileges } from './page-protocol.ts';
import { PortHandover } from './ports.ts';
import { trustedIpc } from './sender.ts';
import { openWindow, reloadAfterCrash } from './window.ts';
import { readWindowState, writeWindowState } from './window-state.ts';

export type DesktopSetup = {
  readonly electron: ElectronParts;
  /** Folder of the built page. */
  readonly pageRoot: string;
  readonly preload: string;
  readonly platform: NodeJS.Platform;
  readonly log: Log;
  readonly startChild: StartChild;
};

/**
 * The desktop application, top to bottom. Resolves when the window is open, or at once in a second instance, which
 * only brings the first one to the front.
 */
export async function runDesktop({ electron, pageRoot, preload, platform, log, startChild }: DesktopSetup): Promise<void> {
  const { app } = electron;
  if (!app.requestSingleInstanceLock()) return app.quit();

  forbidNetwork(app);
  electron.protocol.registerSchemesAsPrivileged([pageSchemePrivileges]);
  app.on('web-contents-created', (_event, contents) => lockContents(contents));

  const stateFile = join(app.getPath('userData'), 'window.json');
  let state = readWindowState(stateFile);
  const remember = (change: Partial<typeof state>) => {
    state = { ...state, ...change };
    try {
      writeWindowState(stateFile, state);
    } catch (error) {
      log.warn(`The place of the window could not be remembered: ${String(error)}`);
    }
  };

  let window: WindowPart | null = null;
  const toPage = (act: (contents: ContentsPart) => void) => {
    if (window && !window.isDestroyed()) act(window.webContents);
  };

  const application = new Application({
    start: startChild,
    createChannel: () => {
      const { port1, port2 } = electron.createChannel();
      const discard = () => {
        port1.close();
        port2.close();
      };
      return Promise.resolve({ ends: [port1, port2], discard });
    },
    // Clients of the desktop talk to core over their own port; core has nothing to send them through main.
    onClientMessage: () => undefined,
    onKeychain: (request) => answerKeychain(electron.safeStorage, join(app.getPath('userData'), 'keychain.json'), request),
    onCoreDown: (reason) => {
      log.warn(`core ended: ${reason}`);
      ports.forgetAll();
      toPage((contents) => contents.send(bridgeChannels.coreDown, reason));
    },
  });
  const ports = new PortHandover(electron.createChannel, application);
  quitDrained(app, () => application.stop(), log);

  await app.whenReady();
  const developerTools = !app.isPackaged;
  lockSession(electron.session(), pageRoot, developerTools);
  followPower(electron.powerMonitor(), platform, {
    lock: (reason) => application.lock(reason),
    quit: () => app.quit(),
    battery: (onBattery) => application.notePower(onBattery),
  });

  const appearance = new Appearance({
    electron,
    platform,
    systemLocale: app.getLocale(),
    initial: state,
    onChange: remember,
    onCommand: (command) => toPage((contents) => contents.send(bridgeChannels.menu, command)),
    onBackground: (color) => window?.setBackgroundColor(color),
  });
  serveBridge(
    trustedIpc(electron.ipcMain, (channel) => log.warn(`refused ${channel} from a page that is not ours`)),
    {
      dialog: electron.dialog,
      language: () => appearance.language,
      openPort: (contents) => ports.open(contents),
      setPreferences: (preferences) => appearance.set(preferences),
    },
  );

  const show = () => {
    if (window) {
      if (window.isMinimized()) window.restore();
      window.show();
      return window.focus();
    }
    const opened = openWindow(electron, { preload, developerTools }, state, remember);
    window = opened;
    ports.watch(opened.webContents);
    reloadAfterCrash(opened, log);
    opened.on('closed', () => (window = null));
  };
  app.on('second-instance', show);
  app.on('activate', show);
  app.on('window-all-closed', () => {
    if (platform !== 'darwin') app.quit();
  });
  application.start().catch((error: unknown) => log.error('core did not start', error));
  show();
}
