import { contextBridge, ipcRenderer, webUtils } from 'electron';
import { portMessage, type DesktopBridge, type MenuCommand } from '../core/contract/desktop-bridge.ts';
import { bridgeChannels as channels } from './channels.ts';

/* Bundled to out/preload/index.cjs: a sandboxed preload is CommonJS and may require only `electron`. */

/** What main sends without being asked. */
type Announced = { menu: MenuCommand; coreDown: string };

const listen = <Name extends keyof Announced>(name: Name, listener: (value: Announced[Name]) => void): (() => void) => {
  const receive = (_event: unknown, value: Announced[Name]) => listener(value);
  ipcRenderer.on(channels[name], receive);
  return () => void ipcRenderer.off(channels[name], receive);
};

const bridge: DesktopBridge<File> = {
  host: 'desktop',
  requestPort: () => ipcRenderer.send(channels.requestPort),
  pathForFile: (file) => webUtils.getPathForFile(file),
  openFiles: (kind) => ipcRenderer.invoke(channels.openFiles, kind) as Promise<string[]>,
  onMenu: (listener) => listen('menu', listener),
  onCoreDown: (listener) => listen('coreDown', listener),
  setPreferences: (preferences) => ipcRenderer.send(channels.preferences, preferences),
};

contextBridge.exposeInMainWorld('redoubt', bridge);

// Ports cannot cross the context bridge as values; a window message to the page's own origin carries them.
ipcRenderer.on(portMessage, ({ ports }) => window.postMessage(portMessage, window.location.origin, [...ports]));
